import fc from 'fast-check';
import { expect, test } from 'vitest';
import { id, shuffle } from '../../../server/platform/random.ts';

test('ids are 128 random bits', () => {
	const ids = new Set(Array.from({ length: 1000 }, id));
	expect(ids.size).toBe(1000);
	for (const one of ids) expect(one).toMatch(/^[A-Za-z0-9_-]{22}$/);
});

test('shuffling loses and adds nothing, and leaves the list itself alone', () => {
	fc.assert(
		fc.property(fc.array(fc.integer()), (list) => {
			const before = [...list];
			expect(shuffle(list).toSorted()).toEqual(before.toSorted());
			expect(list).toEqual(before);
		}),
	);
});

test('every order comes up about equally often', () => {
	const counts = new Map<string, number>();
	for (let round = 0; round < 6000; round++) {
		const order = shuffle([1, 2, 3]).join('');
		counts.set(order, (counts.get(order) ?? 0) + 1);
	}
	expect(counts.size).toBe(6);
	// 1000 expected, standard deviation 29: eight deviations away is no chance.
	for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(231);
});
