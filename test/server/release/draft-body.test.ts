import { expect, test } from 'vitest';
import { readDraftBody } from '../../../server/release/draft-body.ts';
import { LIMITS } from '../../../shared/limits.ts';

const MEBIBYTE = 2 ** 20;

/** A body that goes on and on. */
async function* endless(): AsyncGenerator<Uint8Array> {
	yield Buffer.from('{"box":"');
	const piece = Buffer.alloc(MEBIBYTE, 'A');
	for (;;) yield piece;
}

test('a sealed box that is longer than the largest release is refused as soon as it is, with nothing of it in memory but a slice', async () => {
	const { box } = await readDraftBody(endless());
	let read = 0;
	const reading = async () => {
		for await (const slice of box) {
			expect(slice).toHaveLength(MEBIBYTE);
			read += slice.length;
		}
	};
	await expect(reading()).rejects.toMatchObject({ code: 'invalid-input', field: 'box' });
	const most = Math.ceil((LIMITS.releaseFile * 4) / 3);
	expect(read).toBeGreaterThan(most - MEBIBYTE);
	expect(read).toBeLessThanOrEqual(most);
});
