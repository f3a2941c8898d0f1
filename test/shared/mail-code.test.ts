import { expect, test } from 'vitest';
import { readMailCode } from '../../shared/mail-code.ts';

test.each([
	['as it stands in the mail', '12345678'],
	['in two groups', '1234 5678'],
	['each digit by itself, with blanks around', ' 1 2 3 4 5 6 7 8\n'],
	['with hyphens', '1234-5678'],
	['with a dash that a keyboard put in', '1234–5678'],
	['with no-break and narrow blanks', '1234\u00a0\u202f5678'],
	['with characters that nobody sees', '\u200b1234\u2060\u00ad5678\u200e'],
	['in full width', '１２３４　５６７８'],
	['in Arabic digits', '١٢٣٤ ٥٦٧٨'],
	['in Persian digits', '۱۲۳۴۵۶۷۸'],
	['in Devanagari digits', '१२३४५६७८'],
	['with a line of the mail', '12345678 Somebody asked for this code for this address.'],
	['within a sentence', 'Your code: 1234 5678.'],
])('%s', (_how, typed) => {
	expect(readMailCode(typed)).toBe('12345678');
});

test.each([
	['nothing', ''],
	['seven digits', '1234567'],
	['nine digits', '123456789'],
	['nine digits in groups', '1234 5678 9'],
	['two codes', '12345678, 87654321'],
	['letters for digits', 'I2345678'],
	['digits that count nothing by themselves', '①②③④⑤⑥⑦'],
	['a link from the mail', 'https://letters.example/v#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'],
])('%s is no code', (_what, typed) => {
	expect(readMailCode(typed)).toBeNull();
});

test('every digit of every script counts what it says', () => {
	for (const zero of ['0', '٠', '۰', '߀', '०', '০', '๐', '０', '𑁦', '𝟎', '𝟘', '🯰']) {
		const at = zero.codePointAt(0) ?? 0;
		const typed = Array.from({ length: 8 }, (_, i) => String.fromCodePoint(at + i + 2)).join('');
		expect(readMailCode(typed), zero).toBe('23456789');
	}
});
