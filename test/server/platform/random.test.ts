import { expect, test } from 'vitest';
import { id } from '../../../server/platform/random.ts';

test('ids are 128 random bits', () => {
	const ids = new Set(Array.from({ length: 1000 }, id));
	expect(ids.size).toBe(1000);
	for (const one of ids) expect(one).toMatch(/^[A-Za-z0-9_-]{22}$/);
});
