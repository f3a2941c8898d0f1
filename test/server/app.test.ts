import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../support/databases.ts';
import { startServer } from '../support/server.ts';

describe.each(databaseKinds)('a server on %s', (database) => {
	test('says that it is up and ready', async () => {
		const server = await startServer({ database });
		expect((await server.fetch('/healthz')).status).toBe(200);
		expect(await (await server.fetch('/readyz')).text()).toBe('ready');
	});

	test('is not ready once its database is gone', async () => {
		const server = await startServer({ database });
		await server.deps.db.destroy();
		expect((await server.fetch('/readyz')).status).toBe(503);
	});
});

/** As no browser can ask. @returns the status */
const traced = (origin: string, path: string) =>
	new Promise<number | undefined>((resolve, reject) => {
		const headers = { origin, 'content-length': 300_000 };
		const asking = request(new URL(path, origin), { method: 'TRACE', headers }, (answer) => {
			resolve(answer.statusCode);
			asking.destroy();
		});
		asking.on('error', reject).flushHeaders();
	});

describe('every answer', () => {
	test('to TRACE is that there is nothing, whatever it brings', async () => {
		const server = await startServer();
		expect(await traced(server.origin, '/api/desk/draft')).toBe(404);
	});

	test('forbids anything inline and anything from elsewhere, and is not kept', async () => {
		const server = await startServer();
		for (const path of ['/healthz', '/api/nothing', '/nothing']) {
			const { headers } = await server.fetch(path);
			expect(headers.get('content-security-policy')).toContain(
				"default-src 'none'; script-src 'self'; style-src 'self'",
			);
			expect(headers.get('content-security-policy')).not.toContain('unsafe');
			expect(headers.get('referrer-policy')).toBe('no-referrer');
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('cache-control')).toBe('no-store');
			expect(headers.get('set-cookie')).toBeNull();
		}
	});

	test('that is an error is problem JSON for programs and a page for people', async () => {
		const server = await startServer();
		const problem = await server.fetch('/api/nothing');
		expect(problem.status).toBe(404);
		expect(problem.headers.get('content-type')).toBe('application/problem+json');
		expect(await problem.json()).toMatchObject({ status: 404, code: 'not-found' });
		const page = await server.fetch('/nothing', { headers: { accept: 'text/html' } });
		expect(page.status).toBe(404);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(await page.text()).toContain('Nothing here');
	});
});

describe('a state change', () => {
	test.each(['POST', 'PUT', 'DELETE'])('by %s is refused from another origin and without one', async (method) => {
		const server = await startServer();
		const foreign = await server.fetch('/api/nothing', { method, headers: { origin: 'https://elsewhere.example' } });
		expect(await foreign.json()).toMatchObject({ status: 403, code: 'wrong-origin' });
		const none = await fetch(`${server.origin}/api/nothing`, { method });
		expect(await none.json()).toMatchObject({ code: 'wrong-origin' });
		expect((await server.fetch('/api/nothing', { method })).status).toBe(404);
	});

	test('with a body past the limit is refused', async () => {
		const server = await startServer();
		const response = await server.send('/api/nothing', { filler: 'x'.repeat(300 * 1024) });
		expect(await response.json()).toMatchObject({ status: 413, code: 'too-large' });
	});
});

test('outside of development mode there is no mailbox and no clock to set, even over loopback', async () => {
	const server = await startServer();
	for (const path of ['/dev/mail', '/dev/mail.json']) expect((await server.fetch(path)).status).toBe(404);
	expect((await server.send('/dev/tick', {})).status).toBe(404);
	expect((await server.send('/dev/clock', { advanceMinutes: 60 })).status).toBe(404);
});
