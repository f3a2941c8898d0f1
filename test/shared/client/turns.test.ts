/** A turn stands in the release file, beside the name. Nobody can tell from it how often its signer pressed the button. */
import { describe, expect, test } from 'vitest';
import { lastTurn, nextTurn, withdrawalTurn } from '../../../shared/client/turns.ts';
import { LIMITS } from '../../../shared/limits.ts';

const many = (make: () => number, times = 2_000) => Array.from({ length: times }, make);
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

describe('turns', () => {
	test('the first lies anywhere between 1 and 2^30', () => {
		const first = many(() => nextTurn(0));
		expect(Math.min(...first)).toBeGreaterThanOrEqual(1);
		expect(Math.max(...first)).toBeLessThanOrEqual(2 ** 30);
		expect(mean(first) / 2 ** 30).toBeCloseTo(0.5, 1);
	});

	test('whoever signed again, and thought again, has one from among the same', () => {
		const fifth = many(() => nextTurn(nextTurn(withdrawalTurn(nextTurn(nextTurn(0))))));
		expect(mean(fifth) / 2 ** 30).toBeCloseTo(0.5, 1);
	});

	test('so has whoever signs again on a letter whose turns were numbered from 1', () => {
		const later = many(() => nextTurn(3));
		expect(Math.min(...later)).toBeGreaterThan(3);
		expect(mean(later) / 2 ** 30).toBeCloseTo(0.5, 1);
	});

	test('each is higher than the last, and there is always room for a withdrawal', () => {
		for (const start of [0, 1, 2 ** 16 - 1, 2 ** 16, 2 ** 30]) {
			let last = start;
			for (let n = 0; n < 2_000; n++) {
				const next = n % 2 === 0 ? nextTurn(last) : withdrawalTurn(last);
				expect(next).toBeGreaterThan(last);
				last = next;
			}
			expect(withdrawalTurn(last)).toBeLessThan(LIMITS.turn);
		}
	});

	test('a withdrawal is above whatever another device may have composed after the same turn', () => {
		for (const last of [1, 7, 2 ** 16 - 1, 2 ** 16, 2 ** 29, 2 ** 30]) {
			expect(Math.min(...many(() => withdrawalTurn(last)))).toBeGreaterThan(Math.max(...many(() => nextTurn(last))));
		}
	});

	test('who takes off what was numbered from 1, and signs again, can be told by it: no lower turn would be safe', () => {
		const again = many(() => nextTurn(withdrawalTurn(3)));
		expect(Math.min(...again)).toBeGreaterThan(2 ** 30 + 2 ** 16);
	});

	test('what is on its way counts as used', () => {
		expect(lastTurn({ turn: 0, pending: null })).toBe(0);
		const pending = { turn: 9, appear: null, shown: 'anonymous' as const, text: '' };
		expect(lastTurn({ turn: 4, pending: { ...pending, request: {} as never } })).toBe(9);
	});
});
