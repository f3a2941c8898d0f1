import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { Admission } from '../../server/platform/admission.ts';
import { newId } from '../../shared/bytes.ts';
import { startServer, type TestServer } from '../support/server.ts';

test('one who asks too much leaves room for others, and beyond what can be served everybody is told at once; afterwards all is as before', async () => {
	const server = await startServer({ database: 'pglite', behindProxy: true });
	const wake = await holdUp(server);
	const one = await crowd(server, '203.0.113.1', 64);
	expect((await begun(server, '203.0.113.2').finish()).status).toBe(400);
	const others = await crowd(server, '203.0.113.3', 64);
	expect(await begun(server, '203.0.113.2').answered).toMatchObject({
		status: 503,
		retryAfter: '2',
		code: 'overloaded',
	});
	// Whoever watches the server, and whoever reads a page, is told the truth.
	expect((await server.fetch('/healthz')).status).toBe(200);
	const page = await server.fetch('/safety', { headers: { accept: 'text/html' } });
	const { headers } = page;
	expect([page.status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([503, '2', 'no-store']);
	expect(await page.text()).toContain('Too many people are here at this moment.');
	await wake();
	expect(await statuses([...one, ...others])).toEqual({ 404: 128, 503: 2 });
	expect((await begun(server, '203.0.113.1').finish()).status).toBe(400);
	expect((await server.fetch('/safety')).status).toBe(200);
});

test('who asks for released pages that are not there takes no more places than their own', async () => {
	const server = await startServer({ database: 'pglite', behindProxy: true });
	const wake = await holdUp(server);
	const one = await crowd(server, '203.0.113.1', 64, () => `/letters/${newSlug()}/`);
	expect((await begun(server, '203.0.113.2').finish()).status).toBe(400);
	const others = await crowd(server, '203.0.113.3', 64, () => `/letters/${newSlug()}/`);
	expect((await begun(server, '203.0.113.2').answered).status).toBe(503);
	await wake();
	expect(await statuses([...one, ...others])).toEqual({ 404: 128, 503: 2 });
});

test('bodies that come slowly, from however many addresses, keep nobody out, not even their own', async () => {
	const server = await startServer({ database: 'pglite', behindProxy: true });
	const slow = [...(await stalled(server, '203.0.113.1', 100)), ...(await stalled(server, '203.0.113.2', 100))];
	for (const address of ['203.0.113.3', '203.0.113.1']) {
		expect((await begun(server, address).finish()).status).toBe(400);
	}
	expect((await server.fetch('/safety')).status).toBe(200);
	// Each of them is answered once it is there; and what does not fit counts, too, so the last of an address have asked too often.
	const answers = await Promise.all(slow.map(({ finish }) => finish()));
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400, 429]));
});

test('who brings too many slow bodies makes room: the oldest are told so', async () => {
	const server = await startServer({ database: 'pglite', behindProxy: true });
	const [oldest] = await stalled(server, '203.0.113.1', 1);
	await stalled(server, '203.0.113.1', 128);
	expect(await oldest?.answered).toMatchObject({ status: 503, retryAfter: '2', code: 'overloaded' });
});

test('a small body that is not there in time is answered with 408, and its connection ends', async () => {
	const { deps } = await startServer({ database: 'pglite' });
	const app = createApp(deps, new Admission(50));
	const server = createServer(getRequestListener(app.fetch));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const at = { origin: deps.config.origin, port: (server.address() as AddressInfo).port };
	const { answered } = begun(at, '203.0.113.1');
	expect(await answered).toMatchObject({ status: 408, code: 'too-slow', connection: 'close' });
});

/** Every request that needs the database waits from now on. @returns lets them go on */
async function holdUp({ deps }: TestServer): Promise<() => Promise<void>> {
	let wake = () => {};
	let held: Promise<void> | undefined;
	await new Promise<void>((begun) => {
		held = deps.db.transaction().execute(async () => {
			begun();
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		});
	});
	return async () => {
		wake();
		await held;
	};
}

/** So many requests that the server is at work on, and one more, which is told so at once. */
async function crowd(server: TestServer, address: string, count: number, path = () => `/api/links/${newId()}`) {
	const asked = Array.from({ length: count + 1 }, () =>
		server.fetch(path(), { headers: { 'x-forwarded-for': address } }),
	);
	expect((await Promise.race(asked)).status).toBe(503);
	return asked;
}

const newSlug = () =>
	newId()
		.toLowerCase()
		.replaceAll(/[^a-z0-9]/g, '');

/** How many of each. */
async function statuses(asked: readonly Promise<Response>[]): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { status } of await Promise.all(asked)) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

/** So many requests whose bodies are not whole yet, each known to have reached the program. */
async function stalled(server: TestServer, address: string, count: number) {
	const all = Array.from({ length: count }, () => begun(server, address));
	await Promise.all(all.map(({ reached }) => reached));
	return all;
}

/** One that any server answers with 400, up to its body. */
function begun({ origin, port }: { origin: string; port?: number }, address: string) {
	const headers = {
		...{ origin, 'content-type': 'application/json', 'content-length': 2, 'x-forwarded-for': address },
		expect: '100-continue',
	};
	const to = new URL('/api/signatures/own', origin);
	if (port !== undefined) to.port = String(port);
	const asking = request(to, { method: 'POST', headers });
	onTestFinished(() => void asking.destroy());
	const answered = new Promise<Record<'status' | 'retryAfter' | 'code' | 'connection', unknown>>((resolve, reject) => {
		asking.once('error', reject).once('response', (answer) => {
			const { statusCode: status, headers } = answer;
			const { connection } = headers;
			json(answer).then((body) => {
				const { code } = body as { code: unknown };
				resolve({ status, retryAfter: headers['retry-after'], code, connection });
			}, reject);
		});
	});
	answered.catch(() => {});
	// Said before the program is called, in the same turn.
	const reached = new Promise<void>((resolve) => asking.once('continue', resolve));
	asking.flushHeaders();
	return {
		...{ reached, answered },
		finish: () => {
			asking.end('{}');
			return answered;
		},
	};
}
