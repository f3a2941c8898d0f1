import { render } from 'lit';
import { describe, expect, test } from 'vitest';
import { readCondition } from '../../../web/sign/condition-fields.ts';
import { conditionInWords, conditionMet } from '../../../web/sign/condition-today.ts';
import { printedLine } from '../../../web/sign/fields.ts';
import { UNKNOWN_GROUP } from '../../../web/sign/proving-ways.ts';

describe('whether today’s rounded numbers meet a condition', () => {
	test.each([
		// At least 50, at most 99, and whoever asks is one more, or is among them already.
		[{ signatures: 50 }, 'named', 'met'],
		[{ signatures: 51 }, 'named', 'unknown'],
		[{ signatures: 100 }, 'anonymous', 'unknown'],
		[{ signatures: 101 }, 'anonymous', 'unmet'],
		// Fewer than 10 by name: an anonymous signer adds none.
		[{ named: 2 }, 'anonymous', 'unknown'],
		[{ named: 10 }, 'named', 'unknown'],
		[{ named: 10 }, 'anonymous', 'unmet'],
		[{ named: 11 }, 'named', 'unmet'],
	] as const)('%o of somebody %s: %s', (condition, shown, verdict) => {
		expect(conditionMet(condition, shown, { signatures: 50, named: 0 })).toBe(verdict);
	});

	test('stands beside the line wherever one signs, since the signature depends on it', () => {
		const page = document.createElement('main');
		render(
			printedLine('You sign as', { shown: 'anonymous', label: null, condition: { signatures: 50 } }, UNKNOWN_GROUP),
			page,
		);
		expect(page.textContent).toContain('only if at least 50 people sign, you included.');
		render(printedLine('You sign as', { shown: 'anonymous', label: null, condition: null }, UNKNOWN_GROUP), page);
		expect(page.textContent).not.toContain('only if');
	});

	test('says who is counted', () => {
		expect(conditionInWords({ named: 1_500 }, 'named')).toContain('1,500 people sign by name, you included');
		expect(conditionInWords({ named: 50 }, 'anonymous')).toContain('You are not one of them.');
	});
});

test.each([
	['', null],
	['1', null],
	['2', { signatures: 2 }],
	[' 1,500 ', { signatures: 1_500 }],
	['۵۰', { signatures: 50 }],
	['५०', { signatures: 50 }],
	['1000000', { signatures: 1_000_000 }],
	['1000001', null],
	['-5', null],
	['5e3', null],
	['fifty', null],
])('the number “%s” is read as %o', (least, condition) => {
	expect(readCondition({ least, ofWhom: 'signatures' })).toEqual(condition);
});
