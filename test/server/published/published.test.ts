import { request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { publishedApi } from '../../../server/published/published-api.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';

describe.each(databaseKinds)('a released letter (%s)', (database) => {
	const begin = async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		await server.due(MINUTE);
		return { server };
	};

	test('reads without JavaScript: text, names in several scripts, numbers, press contact, links to its files', async () => {
		const { server } = await begin();
		const answer = await server.fetch('/letters/a-letter');
		const page = await answer.text();
		expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(answer.headers.get('set-cookie')).toBeNull();
		for (const part of [
			'Open letter',
			'محمد الفارسي',
			'王小明',
			'press@letters.example',
			'/letters/a-letter/release.json',
		]) {
			expect(page).toContain(part);
		}
		expect(page).not.toContain('<script');
	});

	test('has a page that recounts it, and a style sheet whose address outlives builds', async () => {
		const { server } = await begin();
		const recount = await server.fetch('/letters/a-letter/recount');
		expect(recount.status).toBe(200);
		expect(await recount.text()).toContain('release="/letters/a-letter/release.json"');
		const style = await server.fetch('/letters/style.css');
		expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
		await style.arrayBuffer();
	});

	test('whoever has it asks again cheaply, and anybody’s page may fetch the files', async () => {
		const { server } = await begin();
		for (const path of ['', '/release.json', '/release.json.jws']) {
			const first = await server.fetch(`/letters/a-letter${path}`);
			const etag = first.headers.get('etag') ?? '';
			expect(etag).toMatch(/^"[\w-]{32}"$/);
			expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
			expect(first.headers.get('access-control-allow-origin')).toBe(path === '' ? null : '*');
			await first.arrayBuffer();
			for (const known of [etag, `"other", W/${etag}`, '*']) {
				const again = await server.fetch(`/letters/a-letter${path}`, { headers: { 'if-none-match': known } });
				expect([again.status, await again.text()]).toEqual([304, '']);
			}
			const changed = await server.fetch(`/letters/a-letter${path}`, { headers: { 'if-none-match': '"other"' } });
			expect(changed.status).toBe(200);
			await changed.arrayBuffer();
			const head = await server.fetch(`/letters/a-letter${path}`, { method: 'HEAD' });
			expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
		}
	});

	test('comes compressed to whoever takes brotli, with an ETag of its own', async () => {
		const { server } = await begin();
		const plain = await server.fetch('/letters/a-letter/release.json', { headers: { 'accept-encoding': 'br;q=0' } });
		const text = await plain.text();
		expect(plain.headers.get('content-encoding')).toBeNull();
		const { headers, body } = await raw(`${server.origin}/letters/a-letter/release.json`, 'gzip, br');
		expect(headers['content-encoding']).toBe('br');
		expect(headers.etag).not.toBe(plain.headers.get('etag'));
		expect(brotliDecompressSync(body).toString()).toBe(text);
	});

	test('a large file comes whole, slice by slice', async () => {
		const { server } = await begin();
		const large = new Uint8Array(2 * 2 ** 20 + 17).map((_, at) => (at * 31 + (at >> 12)) % 251);
		const { db } = server.deps;
		await db
			.updateTable('published')
			.set({ body: large, etag: '"large"' })
			.where('path', '=', 'release.json')
			.execute();
		const { headers, body } = await raw(`${server.origin}/letters/a-letter/release.json`, 'identity');
		expect(headers['content-length']).toBe(String(large.length));
		expect(body.equals(large)).toBe(true);
	});

	test('a file that a withdrawal replaces while it is sent breaks off, rather than being two halves', async () => {
		const { server } = await begin();
		const { db } = server.deps;
		const row = db.updateTable('published').where('path', '=', 'release.json');
		await row.set({ body: new Uint8Array(3 * 2 ** 20), etag: '"before"' }).execute();
		const app = publishedApi(server.deps);
		const answer = await app.request('/letters/a-letter/release.json');
		const reader = answer.body?.getReader();
		await reader?.read();
		await row.set({ body: new Uint8Array(3 * 2 ** 20), etag: '"after"' }).execute();
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
			'/letters/a-letter',
			'/letters/unknown',
			'/letters/a-letter/release.json',
			'/letters/a-letter/recount',
		]) {
			const answer = await server.fetch(path, { headers: { accept: 'text/html' } });
			expect(answer.status).toBe(404);
			expect(await answer.text()).toContain('Nothing here');
		}
	});
});

/** Without fetch, which undoes the compression. */
function raw(url: string, encodings: string): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
	return new Promise((resolve, reject) => {
		const asked = request(url, { agent: false, headers: { 'accept-encoding': encodings } }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts) }));
		});
		asked.on('error', reject).end();
	});
}
