import { describe, expect, test } from 'vitest';
import { interleaved, isKept, median, row, shown, table, timed } from './figures.ts';

describe('the arithmetic of figures', () => {
	test('the median is the middle one, or between the two in the middle; of nothing there is none', () => {
		expect(median([9, 1, 5])).toBe(5);
		expect(median([10, 2, 4, 100])).toBe(7);
		expect(median([3])).toBe(3);
		expect(() => median([])).toThrow(RangeError);
	});

	test('measures take turns, and each keeps the median of its own', async () => {
		const turns: string[] = [];
		const measure = (name: string, values: number[]) => async () => {
			turns.push(name);
			return values.shift() ?? 0;
		};
		const found = await interleaved(3, [measure('a', [5, 1, 3]), measure('b', [20, 90, 10])]);
		expect(turns).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
		expect(found).toEqual([3, 20]);
	});

	test('a time is that of the work, in milliseconds', async () => {
		let done = false;
		const took = await timed(async () => {
			const until = performance.now() + 20;
			while (performance.now() < until) await Promise.resolve();
			done = true;
		});
		expect(done).toBe(true);
		expect(took).toBeGreaterThanOrEqual(20);
	});

	test('the ratio is the value by its reference, and a promise is of one of the two, or of both', () => {
		const figures = { value: 30, reference: 20, against: 'less' };
		expect(row('a', 's', figures)).toEqual({
			...{ name: 'a', unit: 's', value: 30, reference: 20, ratio: 1.5, against: 'less', promise: null },
		});
		const kept = (promise: NonNullable<Parameters<typeof row>[2]['promise']>) =>
			isKept(row('a', 's', { ...figures, promise }));
		expect(isKept(row('a', 's', figures))).toBe(true);
		expect(kept({ value: { most: 30 } })).toBe(true);
		expect(kept({ value: { most: 29 } })).toBe(false);
		expect(kept({ ratio: { least: 0.8, most: 1.2 } })).toBe(false);
		expect(kept({ ratio: { least: 0.8, most: 1.6 } })).toBe(true);
		expect(kept({ ratio: { least: 1.6 } })).toBe(false);
		expect(kept({ value: { most: 30 }, ratio: { most: 1.4 } })).toBe(false);
		expect(kept({ value: { most: 30 }, ratio: { most: 1.5 } })).toBe(true);
	});

	test('figures are shown with three digits, in a table of equal columns', () => {
		expect([0.123456, 1.005, 12.345, 999.6, 123456].map(shown)).toEqual(['0.123', '1', '12.3', '1,000', '123,456']);
		const lines = table([
			row('a page', 'requests/s', { value: 4321.5, reference: 5000, against: 'node:http' }),
			row('b', 's', { value: 1, reference: 4, against: 'less' }),
		]).split('\n');
		expect(lines).toHaveLength(4);
		expect(new Set(lines.map((line) => line.length)).size).toBe(1);
		expect(lines[2]).toMatch(/^\| a page +\| 4,322 requests\/s +\| 5,000 requests\/s: node:http +\| 0\.864 +\|$/);
	});
});
