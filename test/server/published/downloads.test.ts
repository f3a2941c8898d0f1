import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { Downloads } from '../../../server/platform/downloads.ts';
import { SLICE } from '../../../server/published/published-store.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';

/** More than the system's buffers between two programs of one machine take. */
const SLICES = 48;
const PATH = '/letters/a-letter/release-of-many.json';

/** A released letter with a file that is as large as the release of a hundred thousand. */
async function withLargeFile(): Promise<TestServer> {
	const server = await startServer({ database: 'postgres', behindProxy: true, now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	await server.due(MINUTE);
	const file = {
		...({ letter: review.id, path: 'release-of-many.json', coding: 'identity', length: SLICES * SLICE } as const),
		...{ media_type: 'application/json', etag: '"many"', body: new Uint8Array(SLICE) },
	};
	for (let slice = 0; slice < SLICES; slice++)
		await server.deps.db
			.insertInto('published')
			.values({ ...file, slice })
			.execute();
	return server;
}

/** Asks, and takes no more than the beginning. */
async function stalled(port: number, host: string, address: string): Promise<{ status: string; socket: Socket }> {
	const socket = connect(port, '127.0.0.1');
	onTestFinished(() => void socket.destroy());
	socket.on('error', () => {});
	socket.write(`GET ${PATH} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: ${address}\r\n\r\n`);
	const [head] = (await once(socket, 'data')) as [Buffer];
	socket.pause();
	return { status: head.toString('latin1').slice(9, 12), socket };
}

test('who takes nothing of large files, however often, keeps nobody from them, and has no more than their places in memory', async () => {
	const server = await withLargeFile();
	const { host, port } = new URL(server.origin);
	const ask = (address: string) => stalled(Number(port), host, address);
	const all = await Promise.all(Array.from({ length: 32 }, () => ask('203.0.113.1')));
	expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['200']));
	expect((await ask('203.0.113.1')).status).toBe('503');
	const refused = await server.fetch(PATH, { headers: { 'x-forwarded-for': '203.0.113.1' } });
	const { headers } = refused;
	expect([refused.status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([503, '2', 'no-store']);
	expect(headers.get('etag')).toBeNull();
	// Small files, their heads, and everybody else's large ones come.
	const small = await server.fetch('/letters/a-letter/release.json', { headers: { 'x-forwarded-for': '203.0.113.1' } });
	expect(small.status).toBe(200);
	await small.arrayBuffer();
	const whole = await server.fetch(PATH, { headers: { 'x-forwarded-for': '203.0.113.2' } });
	expect((await whole.arrayBuffer()).byteLength).toBe(SLICES * SLICE);
	all[0]?.socket.destroy();
	await expect.poll(async () => (await ask('203.0.113.1')).status).toBe('200');
});

test('who takes nothing of a large file for long is cut off, and what stood in the memory for them goes', async () => {
	const server = await withLargeFile();
	const app = createApp(server.deps, undefined, new Downloads(300));
	const impatient = createServer(getRequestListener(app.fetch));
	await once(impatient.listen(0, '127.0.0.1'), 'listening');
	onTestFinished(() => void impatient.close());
	const { port } = impatient.address() as AddressInfo;
	const { host } = new URL(server.origin);
	for (const again of [false, true]) {
		const all = await Promise.all(Array.from({ length: 32 }, () => stalled(port, host, '203.0.113.1')));
		expect([again, new Set(all.map(({ status }) => status))]).toEqual([again, new Set(['200'])]);
		// They take nothing, and so do not hear of it.
		await expect.poll(() => connections(impatient), { timeout: 30_000 }).toBe(0);
	}
});

/** The system takes what is as small as this for its reader, on one machine: so nothing is written here before the test says so. */
test('what waits for its reader in this process has a place from 64 kB on, until it was taken or the reader is gone', async () => {
	const downloads = new Downloads();
	const client = { key: 'one', local: false };
	const waiting: ServerResponse[] = [];
	const server = createServer((request, response) => {
		try {
			downloads.begin(client, response, Number(request.url?.slice(1)));
			waiting.push(response.writeHead(200));
			response.flushHeaders();
		} catch {
			response.writeHead(503).end();
		}
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	onTestFinished(() => server.closeAllConnections());
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	const ask = (bytes: number) => fetch(`http://127.0.0.1:${port}/${bytes}`);
	const large = 64 * 1024 + 1;
	for (let n = 0; n < 40; n++) expect((await ask(large - 1)).status).toBe(200);
	const all = await Promise.all(Array.from({ length: 32 }, () => ask(large)));
	expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
	expect((await ask(large)).status).toBe(503);
	waiting.at(-1)?.end();
	await expect.poll(async () => (await ask(large)).status).toBe(200);
	expect((await ask(large)).status).toBe(503);
	await all[0]?.body?.cancel();
	await expect.poll(async () => (await ask(large)).status).toBe(200);
});

test('who is gone before their answer is there takes no place with them', async () => {
	const downloads = new Downloads();
	const client = { key: 'one', local: false };
	const large = 64 * 1024 + 1;
	let early = 0;
	const server = createServer(async (request, response) => {
		if (request.url === '/early') {
			await once(response, 'close');
			early++;
		}
		downloads.begin(client, response, large);
		response.end();
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	for (let n = 0; n < 40; n++) {
		const socket = connect(port, '127.0.0.1');
		socket.write('GET /early HTTP/1.1\r\nHost: localhost\r\n\r\n', () => socket.destroy());
	}
	await expect.poll(() => early).toBe(40);
	expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

const connections = (server: ReturnType<typeof createServer>) =>
	new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
