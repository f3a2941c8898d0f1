import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

test('one who stalls leaves room for others, and beyond what can be served everybody is told at once; afterwards all is as before', async () => {
	const server = await startServer({ database: 'pglite', behindProxy: true });
	const one = await stalled(server, '203.0.113.1', 64);
	expect(await ask(server, '203.0.113.1')).toMatchObject({ status: 503, retryAfter: '2', code: 'overloaded' });
	expect((await ask(server, '203.0.113.2')).status).toBe(400);
	const others = [...(await stalled(server, '203.0.113.3', 32)), ...(await stalled(server, '203.0.113.4', 32))];
	expect(await ask(server, '203.0.113.2')).toMatchObject({ status: 503, retryAfter: '2', code: 'overloaded' });
	// Whoever watches the server, and whoever reads a page, is told the truth.
	expect((await server.fetch('/readyz')).status).toBe(200);
	const page = await server.fetch('/safety', { headers: { accept: 'text/html' } });
	expect([page.status, page.headers.get('cache-control')]).toEqual([503, 'no-store']);
	expect(await page.text()).toContain('Too many people are here at this moment.');
	for (const { finish } of [...one, ...others]) expect((await finish()).status).toBe(400);
	expect((await ask(server, '203.0.113.1')).status).toBe(400);
	expect((await server.fetch('/safety')).status).toBe(200);
});

/** One whole request that any server answers with 400. */
const ask = (server: TestServer, address: string) => begun(server, address).finish();

/** So many requests whose bodies are not whole yet, each known to have reached the program. */
async function stalled(server: TestServer, address: string, count: number) {
	const all = Array.from({ length: count }, () => begun(server, address));
	await Promise.all(all.map(({ reached }) => reached));
	return all;
}

function begun({ origin }: TestServer, address: string) {
	const headers = {
		...{ origin, 'content-type': 'application/json', 'content-length': 2, 'x-forwarded-for': address },
		expect: '100-continue',
	};
	const asking = request(`${origin}/api/signatures/own`, { method: 'POST', headers });
	onTestFinished(() => void asking.destroy());
	const answered = new Promise<{ status: number | undefined; retryAfter: string | undefined; code: unknown }>(
		(resolve, reject) => {
			asking.once('error', reject).once('response', (answer) => {
				const { statusCode: status, headers } = answer;
				json(answer).then(
					(body) => resolve({ status, retryAfter: headers['retry-after'], code: (body as { code: unknown }).code }),
					reject,
				);
			});
		},
	);
	// Said before the program is called, in the same turn.
	const reached = new Promise<void>((resolve) => asking.once('continue', resolve));
	asking.flushHeaders();
	return {
		reached,
		finish: () => {
			asking.end('{}');
			return answered;
		},
	};
}
