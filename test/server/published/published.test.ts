import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';

describe.each(databaseKinds)('a released letter (%s)', (database) => {
	const begin = async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		await server.due(MINUTE);
		return { server, review };
	};

	test('reads without JavaScript: text, names in several scripts, press contact, links to its files', async () => {
		const { server } = await begin();
		const answer = await server.fetch('/letters/a-letter/');
		const page = await answer.text();
		expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(answer.headers.get('set-cookie')).toBeNull();
		for (const part of ['Open letter', 'محمد الفارسي', '王小明', 'press@letters.example', '"release.json"']) {
			expect(page).toContain(part);
		}
	});

	test('is a folder: its address without the slash leads there, its name is that of the first page', async () => {
		const { server } = await begin();
		const { status, headers } = await server.fetch('/letters/a-letter?from=mail');
		expect([status, headers.get('location')]).toEqual([308, 'a-letter/?from=mail']);
		const page = await (await server.fetch('/letters/a-letter/')).text();
		expect(await (await server.fetch('/letters/a-letter/index.html')).text()).toBe(page);
		expect(await (await server.fetch('/letters/a-letter/recount.html')).text()).toContain('release.json');
		const [, style] = /<link rel="stylesheet" href="(assets\/[^"]+\.css)"/.exec(page) ?? [];
		const asset = await server.fetch(`/letters/a-letter/${style}`);
		expect([asset.status, asset.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
		expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
		await asset.arrayBuffer();
	});

	test('whoever has it asks again cheaply', async () => {
		const { server } = await begin();
		for (const path of ['', 'release.json', 'release.json.jws']) {
			const first = await server.fetch(`/letters/a-letter/${path}`);
			const etag = first.headers.get('etag') ?? '';
			expect(etag).toMatch(/^"[\w-]{32}"$/);
			expect(first.headers.get('cache-control')).toBe('public, max-age=60, must-revalidate');
			await first.arrayBuffer();
			for (const known of [etag, `"other", W/${etag}`, '*']) {
				const again = await server.fetch(`/letters/a-letter/${path}`, { headers: { 'if-none-match': known } });
				expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
			}
			const changed = await server.fetch(`/letters/a-letter/${path}`, { headers: { 'if-none-match': '"other"' } });
			expect(changed.status).toBe(200);
			await changed.arrayBuffer();
			const head = await server.fetch(`/letters/a-letter/${path}`, { method: 'HEAD' });
			expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
		}
	});

	test('comes in the coding that its reader wants, each with an ETag of its own', async () => {
		const { server } = await begin();
		const address = `${server.origin}/letters/a-letter/release.json`;
		const asIs = await raw(address, { 'accept-encoding': 'br;q=0' });
		expect(asIs.headers['content-encoding']).toBeUndefined();
		const br = await raw(address, { 'accept-encoding': 'gzip, deflate, br' });
		const gzip = await raw(address, { 'accept-encoding': 'br;q=0.5, gzip' });
		expect([br.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip']);
		expect(brotliDecompressSync(br.body).equals(asIs.body)).toBe(true);
		expect(gunzipSync(gzip.body).equals(asIs.body)).toBe(true);
		expect(new Set([br, gzip, asIs].map(({ headers }) => headers.etag)).size).toBe(3);
		for (const { headers, body } of [br, gzip, asIs]) {
			expect([headers.vary, headers['content-length']]).toEqual(['Accept-Encoding', String(body.length)]);
		}
	});

	test('gives a part of a file to whoever goes on where it broke off', async () => {
		const { server } = await begin();
		const address = `${server.origin}/letters/a-letter/release.json`;
		const { headers, body } = await raw(address, {});
		const { etag } = headers;
		const length = body.length;
		expect(headers['accept-ranges']).toBe('bytes');
		const part = async (range: string, others: Record<string, string> = {}) => {
			const answer = await raw(address, { range, ...others });
			return [answer.status, answer.headers['content-range'], answer.body.toString()];
		};
		const cut = (from: number, to: number) => [
			206,
			`bytes ${from}-${to - 1}/${length}`,
			body.subarray(from, to).toString(),
		];
		expect(await part('bytes=0-9')).toEqual(cut(0, 10));
		expect(await part('bytes=100-')).toEqual(cut(100, length));
		expect(await part('bytes=-7', { 'if-range': String(etag) })).toEqual(cut(length - 7, length));
		expect(await part(`bytes=${length}-`)).toEqual([416, `bytes */${length}`, '']);
		const whole = [200, undefined, body.toString()];
		for (const others of [{ 'if-range': '"other"' }, { 'if-range': 'Mon, 01 Mar 2027 09:00:00 GMT' }]) {
			expect(await part('bytes=0-9', others)).toEqual(whole);
		}
		expect(await part('bytes=0-1,5-6')).toEqual(whole);
		expect((await raw(address, { range: 'bytes=0-9', 'accept-encoding': 'br' })).status).toBe(200);
	});

	test('a large file comes whole, piece by piece, and so does a part across pieces', async () => {
		const { server } = await begin();
		const large = new Uint8Array(2 * 2 ** 20 + 17).map((_, at) => (at * 31 + (at >> 12)) % 251);
		await store(server, large, '"large"');
		const address = `${server.origin}/letters/a-letter/release.json`;
		const { headers, body } = await raw(address, {});
		expect(headers['content-length']).toBe(String(large.length));
		expect(body.equals(large)).toBe(true);
		const across = await raw(address, { range: `bytes=${2 ** 20 - 3}-${2 ** 21 + 2}` });
		expect(across.body.equals(large.subarray(2 ** 20 - 3, 2 ** 21 + 3))).toBe(true);
	});

	test('a file that a withdrawal replaces while it is sent breaks off, rather than being two halves', async () => {
		const { server } = await begin();
		await store(server, new Uint8Array(3 * 2 ** 20), '"before"');
		const answer = await createApp(server.deps).request('/letters/a-letter/release.json');
		const reader = answer.body?.getReader();
		await reader?.read();
		await store(server, new Uint8Array(3 * 2 ** 20), '"after"');
		const rest = async () => {
			while (!(await reader?.read())?.done);
		};
		await expect(rest()).rejects.toThrow();
	});

	test('an unknown letter, and one that is not released yet, are a friendly 404', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		for (const path of [
			'a-letter',
			'a-letter/',
			'unknown',
			'unknown/',
			'a-letter/release.json',
			'a-letter/recount.html',
		]) {
			const answer = await server.fetch(`/letters/${path}`, { headers: { accept: 'text/html' } });
			expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
			expect(await answer.text()).toContain('Nothing here');
		}
	});
});

/** Puts other bytes in place of the release file, as a later rendering does. */
async function store({ deps: { db } }: TestServer, body: Uint8Array, etag: string): Promise<void> {
	const files = db.deleteFrom('published').where('path', '=', 'release.json');
	const [{ letter } = { letter: '' }] = await files.returning('letter').execute();
	const file = { letter, path: 'release.json', coding: 'identity' as const, etag, length: body.length };
	const rows = Array.from({ length: Math.ceil(body.length / 2 ** 20) }, (_, slice) => ({
		...{ ...file, slice, media_type: 'application/json' },
		body: body.subarray(slice * 2 ** 20, (slice + 1) * 2 ** 20),
	}));
	for (const row of rows) await db.insertInto('published').values(row).execute();
}

interface Raw {
	status: number | undefined;
	headers: NodeJS.Dict<string | string[]>;
	body: Buffer;
}

/** Without fetch, which asks for codings of its own and undoes them. */
function raw(url: string, headers: Record<string, string>): Promise<Raw> {
	return new Promise((resolve, reject) => {
		const asked = request(url, { agent: false, headers }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('end', () =>
				resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
			);
		});
		asked.on('error', reject).end();
	});
}
