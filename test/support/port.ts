import { createServer } from 'node:net';

/** Each worker of a run has ports of its own: what one has looked at, no other takes before the server starts, or while it is down. All are below those that the system gives to connections on their way out. */
const COUNT = 2_500;
const FIRST = 10_000 + COUNT * (Number(process.env.VITEST_POOL_ID ?? 0) % 8);
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
