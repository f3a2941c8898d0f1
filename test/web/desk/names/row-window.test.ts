import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowWindow } from '../../../../web/desk/names/row-window.ts';

const heights = fc.array(fc.integer({ min: 20, max: 300 }), { minLength: 1, maxLength: 200 });

test('whatever was measured, in whatever order: rows follow one another, and each is found at its own place', () => {
	fc.assert(
		fc.property(heights, fc.infiniteStream(fc.boolean()), (all, seen) => {
			const rows = new RowWindow();
			const keys = all.map((_, at) => `row ${at}`);
			rows.list(keys);
			const measured = all.map((height, at) => (seen.next().value === true ? { key: keys[at] ?? '', height } : null));
			for (const one of measured.toReversed()) if (one) rows.measured(one.key, one.height);
			for (const [at, one] of measured.entries()) {
				const own = rows.topOf(at + 1) - rows.topOf(at);
				expect(own).toBeGreaterThan(0);
				if (one) expect(own).toBeCloseTo(one.height, 6);
				expect(rows.rowAt(rows.topOf(at) + own / 2)).toBe(at);
			}
			expect(rows.topOf(0)).toBe(0);
			expect(rows.height).toBe(rows.topOf(all.length));
			expect(rows.rowAt(-5)).toBe(0);
			expect(rows.rowAt(rows.height + 5)).toBe(all.length - 1);
		}),
	);
});

test('a height stays with its row in another order, until the screen changes', () => {
	const rows = new RowWindow();
	rows.list(['a', 'b', 'c']);
	rows.measured('a', 100);
	rows.measured('b', 40);
	rows.list(['b', 'a']);
	expect([rows.topOf(1), rows.topOf(2)]).toEqual([40, 140]);
	rows.forgetHeights();
	expect(rows.topOf(1) * 2).toBe(rows.topOf(2));
});
