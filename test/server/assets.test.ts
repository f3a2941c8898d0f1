import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { loadAssets } from '../../server/assets.ts';
import { startServer } from '../support/server.ts';

test('built files come in the smallest coding that a browser takes, and are the same files', async () => {
	const { deps } = await startServer();
	const app = createApp(deps);
	const style = deps.assets.style('flow');
	const fetched = async (acceptEncoding: string) => {
		// Straight from the app: a fetch would unpack what it gets.
		const answer = await app.request(`${deps.config.origin}${style}`, {
			headers: { 'accept-encoding': acceptEncoding },
		});
		return { coding: answer.headers.get('content-encoding'), bytes: Buffer.from(await answer.arrayBuffer()), answer };
	};
	const plain = await fetched('');
	expect(plain.coding).toBeNull();
	const br = await fetched('gzip, deflate, br');
	expect(br.coding).toBe('br');
	expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
	const gzip = await fetched('gzip, br;q=0');
	expect(gzip.coding).toBe('gzip');
	expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
	expect(gzip.answer.headers.get('vary')).toContain('Accept-Encoding');
	expect(gzip.answer.headers.get('cache-control')).toContain('immutable');
	expect(br.bytes.length).toBeLessThan(plain.bytes.length / 2);
});

describe('what lies beside a released letter', () => {
	const { style, read, recount, files } = loadAssets(
		fileURLToPath(new URL('../../web/dist', import.meta.url)),
	).letter();
	const text = (path: string) => Buffer.from(files.find((file) => file.path === path)?.body ?? []).toString();

	test('is its style, its search and its recount, with all that these name', () => {
		const paths = files.map(({ path }) => path);
		expect(paths).toEqual(expect.arrayContaining([style, read, recount]));
		for (const path of paths) expect(path).toMatch(/^assets\/[\w.-]+-[\w-]{8}\.(css|js|woff2)$/);
		const fonts = [...text(style).matchAll(/url\(\.\/([^)]+\.woff2)\)/g)].map((match) => `assets/${match[1]}`);
		expect(fonts.length).toBeGreaterThan(0);
		expect(paths.filter((path) => path.endsWith('.woff2')).sort()).toEqual([...new Set(fonts)].sort());
		expect(
			files.every(({ mediaType }) => /^(text\/(css|javascript); charset=utf-8|font\/woff2)$/.test(mediaType)),
		).toBe(true);
		const workers = [...text(recount).matchAll(/[\w-]+-worker-[\w-]{8}\.js/g)].map((match) => `assets/${match[0]}`);
		expect(workers.length).toBeGreaterThan(0);
		expect(paths).toEqual(expect.arrayContaining(workers));
	});

	test('names nothing by an address of this server, or of anybody’s', () => {
		for (const { path } of files.filter((file) => file.mediaType.startsWith('text/'))) {
			const code = text(path);
			// Relative to the file that says so: a style sheet's own folder, a module's own address.
			for (const [, target] of code.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^(\.\/|#)/);
			for (const [, target] of code.matchAll(/(?:\bimport\(|\bfrom|\bimport)\s*["'`]([^"'`]*)["'`]/g))
				expect(target).toMatch(/^\.\//);
			for (const [, target] of code.matchAll(/new URL\([`"']([^`"']*)[`"'],\s*import\.meta\.url\)/g))
				expect(target).toMatch(/^[\w.-]+\.js$/);
			expect(code).not.toMatch(/["'`(]\/assets\//);
		}
	});
});
