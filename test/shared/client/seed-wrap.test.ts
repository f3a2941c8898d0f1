import { expect, test } from 'vitest';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { samePrf, unwrapSeed, wrapSeed } from '../../../shared/client/seed-wrap.ts';

test('a seed comes back under the same PRF output only, and only unchanged', async () => {
	const [prf, seed] = [randomBytes(32), randomBytes(32)];
	const wrapped = await wrapSeed(prf, seed);
	expect(wrapped).toHaveLength(60);
	expect(await unwrapSeed(prf, b64u(wrapped))).toEqual(seed);
	await expect(unwrapSeed(randomBytes(32), b64u(wrapped))).rejects.toThrow();
	for (const at of [0, 12, 59]) {
		const changed = wrapped.slice();
		changed[at] = (changed[at] ?? 0) ^ 1;
		await expect(unwrapSeed(prf, b64u(changed))).rejects.toThrow();
	}
	expect(samePrf(prf, prf.slice())).toBe(true);
	expect(samePrf(prf, randomBytes(32))).toBe(false);
});
