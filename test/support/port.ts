import { createServer } from 'node:net';

/** Below those that the system gives to connections on their way out: between the look and the server's start nobody else takes one. */
const FIRST = 10_000;
const COUNT = 20_000;
let next = (process.pid * 101) % COUNT;

/** A port of loopback that nobody listens on. Each process begins elsewhere and goes on from there. */
export async function freePort(): Promise<number> {
	for (let tried = 0; tried < COUNT; tried++) {
		const port = FIRST + (next++ % COUNT);
		if (await isFree(port)) return port;
	}
	throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer().once('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});
}
