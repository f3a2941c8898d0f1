import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionHolds, type Settleable, settle, shownLabels } from '../../shared/settle.ts';

const signature: fc.Arbitrary<Settleable> = fc.record({
	shown: fc.constantFrom('named' as const, 'anonymous' as const),
	group: fc.constantFrom('a', 'b'),
	condition: fc.oneof(
		fc.constant(null),
		fc.record({ signatures: fc.integer({ min: 1, max: 10 }) }),
		fc.record({ named: fc.integer({ min: 1, max: 6 }) }),
	),
});

function consistent(set: Settleable[], smallestCell: number): boolean {
	const named = set.filter((one) => one.shown === 'named').length;
	const cells = ['a', 'b'].map((group) => set.filter((one) => one.shown === 'anonymous' && one.group === group).length);
	return (
		cells.every((cell) => cell === 0 || cell >= smallestCell) &&
		set.every((one) => conditionHolds(one.condition, { signatures: set.length, named }))
	);
}

describe('settling', () => {
	test('keeps the largest consistent set, against brute force over all subsets', () => {
		fc.assert(
			fc.property(fc.array(signature, { maxLength: 9 }), fc.integer({ min: 2, max: 4 }), (all, smallestCell) => {
				const { kept, lapsed } = settle(all, smallestCell);
				expect(kept.length + lapsed.length).toBe(all.length);
				expect(consistent(kept, smallestCell)).toBe(true);
				let largest = 0;
				for (let bits = 0; bits < 1 << all.length; bits++) {
					const set = all.filter((_, i) => (bits >> i) & 1);
					if (!consistent(set, smallestCell)) continue;
					largest = Math.max(largest, set.length);
					// Unique: every consistent set is a part of it.
					expect(set.every((one) => kept.includes(one))).toBe(true);
				}
				expect(kept.length).toBe(largest);
			}),
			{ numRuns: 200 },
		);
	});

	test('does not depend on the order of the signatures', () => {
		fc.assert(
			fc.property(fc.array(signature, { maxLength: 30 }), fc.integer({ min: 2, max: 5 }), (all, smallestCell) => {
				const forwards = new Set(settle(all, smallestCell).kept);
				const backwards = settle([...all].reverse(), smallestCell).kept;
				expect(new Set(backwards)).toEqual(forwards);
			}),
		);
	});

	test('a chain in which each drop causes the next is settled soon', () => {
		const all: Settleable[] = Array.from({ length: 100_000 }, (_, i) => ({
			shown: 'named',
			group: 'a',
			condition: { signatures: i + 2 },
		}));
		expect(settle(all, 2).kept).toEqual([]);
		all.push({ shown: 'named', group: 'a', condition: null });
		expect(settle(all, 2).kept).toHaveLength(all.length);
	});

	test('conditions and small groups cause each other', () => {
		const anonymous: Settleable = { shown: 'anonymous', group: 'a', condition: { named: 2 } };
		const all: Settleable[] = [
			{ shown: 'named', group: 'a', condition: { signatures: 3 } },
			anonymous,
			{ shown: 'anonymous', group: 'a', condition: null },
		];
		expect(settle(all, 2).kept).toEqual([]);
	});
});

describe('labels shown', () => {
	const labels = ['x', 'y', 'z'];

	test('leaves no small cell, and no small rest without a label', () => {
		fc.assert(
			fc.property(
				fc.array(fc.option(fc.constantFrom('x', 'y', 'z', 'not the charter’s')), { maxLength: 30 }),
				fc.integer({ min: 2, max: 5 }),
				(borne, smallestCell) => {
					const shown = shownLabels(borne, smallestCell, labels);
					for (const label of shown) {
						expect(labels).toContain(label);
						expect(borne.filter((one) => one === label).length).toBeGreaterThanOrEqual(smallestCell);
					}
					const without = borne.filter((one) => one === null || !shown.has(one)).length;
					if (shown.size > 0) expect(without === 0 || without >= smallestCell).toBe(true);
				},
			),
		);
	});

	test.each([
		[['x', 'x', 'x', 'y', 'y', null, null], 2, ['x', 'y']],
		[['x', 'x', 'x', 'y', 'y', null], 2, ['x']],
		[['x', 'x', 'y', 'y', null], 2, ['x']],
		[['x', 'x', 'y'], 2, []],
		[['x', 'x', 'y', 'y'], 2, ['x', 'y']],
		[['x', 'x'], 3, []],
	])('%j, at least %i: %j', (borne, smallestCell, expected) => {
		expect([...shownLabels(borne, smallestCell, labels)]).toEqual(expected);
	});
});
