import { createServer, request } from 'node:http';

/** A reverse proxy on loopback: each request goes to the next node, with the address that it came from (as X-Peer says, for tests) after what X-Forwarded-For held. */
export interface Proxy {
	stop(): Promise<void>;
}

export async function startProxy(port: number, nodes: readonly number[]): Promise<Proxy> {
	let next = 0;
	const server = createServer((incoming, answer) => {
		const { 'x-peer': peer, 'x-forwarded-for': before, ...headers } = incoming.headers;
		const forwarded = [before, peer ?? incoming.socket.remoteAddress].filter(Boolean).join(', ');
		const on = request({
			...{ host: '127.0.0.1', port: nodes[next++ % nodes.length], method: incoming.method, path: incoming.url },
			headers: { ...headers, 'x-forwarded-for': forwarded },
		});
		on.on('response', (given) => {
			answer.writeHead(given.statusCode ?? 502, given.headers);
			given.pipe(answer);
		});
		on.on('error', () => answer.destroy());
		incoming.pipe(on);
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
