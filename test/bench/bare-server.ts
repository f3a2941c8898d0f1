/** What a page costs at least: a server of node:http alone, in a process of its own, that answers everything with the bytes and the headers of one answer. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [, , file = '', headers = '[]'] = process.argv;
const body = readFileSync(file);
const lines: string[] = JSON.parse(headers);
// So that it says the same of keeping connections, too (server/serve.ts).
const server = createServer({ keepAliveTimeout: 75_000 }, (_, answer) => answer.writeHead(200, lines).end(body));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
	const { user, system } = process.cpuUsage();
	process.send?.((user + system) / 1000);
});
