import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Needles } from '../support/needles.ts';

/** Few different bytes, so that much begins alike. */
const bytes = (minLength: number, maxLength: number) =>
	fc.array(fc.integer({ min: 0, max: 2 }), { minLength, maxLength }).map((all) => Buffer.from(all));

test('one walk for many needles finds what looking for each of them finds', () => {
	fc.assert(
		fc.property(bytes(0, 200), fc.array(bytes(4, 9), { maxLength: 20 }), (hay, needles) => {
			const found = new Set(new Needles(needles).in(hay));
			expect(needles.filter((needle) => found.has(needle))).toEqual(needles.filter((needle) => hay.includes(needle)));
		}),
	);
});

test('at either end, and not beyond it', () => {
	const [first, last, longer] = ['abcd', 'efgh', 'efghi'].map((text) => Buffer.from(text));
	if (!first || !last || !longer) throw new Error('There are three.');
	expect(new Needles([longer, last, first]).in(Buffer.from('abcd  efgh'))).toEqual([first, last]);
	expect(() => new Needles([Buffer.from('abc')])).toThrow(RangeError);
});
