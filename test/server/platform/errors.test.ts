import { expect, test } from 'vitest';
import { Problem, toProblemJson } from '../../../server/platform/errors.ts';
import { inLanguage } from '../../../server/platform/languages.ts';
import { type ErrorCode, errorCodes } from '../../../shared/error-codes.ts';
import { PSEUDO } from '../../../shared/locales/spoken.ts';
import { turned } from '../../support/words.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];
const titles = () => codes.map((code) => toProblemJson(new Problem(code)).title);

test('every problem says what to do in the language of whoever asked, and in English to everybody else', async () => {
	const english = titles();
	const other = inLanguage(PSEUDO, titles);
	expect(other).toEqual(english.map(turned));
	expect(new Set(other).size).toBe(codes.length);
	await inLanguage(PSEUDO, async () => {
		await Promise.resolve();
		expect(titles()).toEqual(other);
	});
	expect(titles()).toEqual(english);
});
