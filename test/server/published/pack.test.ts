import { expect, test, vi } from 'vitest';
import { packedOnce } from '../../../server/published/pack.ts';

vi.mock(import('node:zlib'), async (original) => {
	const real = await original();
	return { ...real, brotliCompress: vi.fn(real.brotliCompress) as unknown as typeof real.brotliCompress };
});

test('what could not be packed once is packed the next time, and from then on kept', async () => {
	const file = { path: 'style.css', mediaType: 'text/css', body: new TextEncoder().encode('a {}\n'.repeat(100)) };
	const { brotliCompress } = await import('node:zlib');
	const full = new Error('no memory');
	vi.mocked(brotliCompress as (...all: unknown[]) => void).mockImplementationOnce((...all) =>
		(all.at(-1) as (failure: Error) => void)(full),
	);
	await expect(packedOnce(file, 'best')).rejects.toBe(full);
	const packed = packedOnce(file, 'best');
	expect((await packed).map(({ coding }) => coding)).toEqual(['identity', 'br', 'gzip']);
	expect(packedOnce(file, 'best')).toBe(packed);
});
