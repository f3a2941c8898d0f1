import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';

/** What is answered for a path below the address; undefined is a 404. */
export type Folder = (path: string) => { type: string; body: Uint8Array | AsyncIterable<Uint8Array> } | undefined;

/** A web server that knows nothing of letters: a mirror, as anybody has one. Ends with its test. */
export async function serveFolder(folder: Folder): Promise<{ address: string; asked: string[] }> {
	const asked: string[] = [];
	const server = createServer(async (request, answer) => {
		const path = new URL(request.url ?? '/', 'http://mirror').pathname.slice(1);
		asked.push(path);
		const found = folder(path);
		if (found === undefined) return void answer.writeHead(404).end();
		answer.writeHead(200, { 'Content-Type': found.type });
		if (found.body instanceof Uint8Array) return void answer.end(found.body);
		// Whoever has enough hangs up.
		await pipeline(Readable.from(found.body), answer).catch(() => {});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
