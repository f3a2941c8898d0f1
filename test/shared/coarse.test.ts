import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atMost, coarse } from '../../shared/coarse.ts';

test('numbers are shown in steps, and the steps are these', () => {
	const steps = [9, 10, 24, 25, 49, 50, 99, 100, 149, 999, 1_000, 1_099, 9_999, 10_000, 10_999, 123_456];
	expect(steps.map(coarse)).toEqual([
		...[0, 10, 10, 25, 25, 50, 50, 100, 100, 950, 1_000, 1_000, 9_900, 10_000, 10_000, 123_000],
	]);
});

test('"at least" and "at most" are always true, the first never goes down when one more signs, and a step stands for itself', () => {
	fc.assert(
		fc.property(fc.nat(200_000), (n) => {
			expect(coarse(n)).toBeLessThanOrEqual(n);
			expect(coarse(n + 1)).toBeGreaterThanOrEqual(coarse(n));
			expect(coarse(coarse(n))).toBe(coarse(n));
			expect(atMost(coarse(n))).toBeGreaterThanOrEqual(n);
			expect(coarse(atMost(coarse(n)) + 1)).toBeGreaterThan(coarse(n));
			expect(coarse(atMost(coarse(n)))).toBe(coarse(n));
		}),
	);
});
