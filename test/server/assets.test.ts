import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
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
