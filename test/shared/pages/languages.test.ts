/** Tags are of the form that a text document may name (docs/protocol.md, section 2), registered or not: none of them may keep a letter from being rendered. */
import { expect, test } from 'vitest';
import { collatorOf, directionOf, languageName, toWord } from '../../../shared/pages/languages.ts';

test.each([
	['es', 'Español', 'ltr'],
	['ar', 'العربية', 'rtl'],
	['en-u-nu-arab', 'English', 'ltr'],
	['de-DE-u-co-phonebk', 'Deutsch (Deutschland)', 'ltr'],
	['de-a-bcd', 'Deutsch', 'ltr'],
	['ar-x-home', 'العربية', 'rtl'],
	['en-t-de', 'English', 'ltr'],
	['xx-yy-zz', 'xx-yy-zz', 'ltr'],
	['i-klingon', 'i-klingon', 'ltr'],
	['x-mine', 'x-mine', 'ltr'],
])('%s is called %s and runs %s', (tag, name, direction) => {
	expect([languageName(tag), directionOf(tag)]).toEqual([name, direction]);
	expect(collatorOf(tag).compare('a', 'b')).toBe(-1);
});

test.each([
	['en', 'To '],
	['en-GB', 'To '],
	['es', ''],
	['enm', ''],
])('before the addressees of a letter in %s stands "%s"', (tag, word) => expect(toWord(tag)).toBe(word));

test('no tag of that form is an error', () => {
	const subtags = ['a', 'u', 'x', 't', 'co', 'search', '1996', '419', 'latn', 'phonebk', 'oed', '1', 'abcdefgh'];
	for (const first of ['en', 'aa', 'zh', 'sgn', 'abcd', 'abcdefgh', 'root', 'und'])
		for (const second of subtags)
			for (const third of subtags)
				for (const tag of [`${first}-${second}`, `${first}-${second}-${third}`])
					expect([
						tag,
						languageName(tag).length > 0,
						/^(ltr|rtl)$/.test(directionOf(tag)),
						collatorOf(tag).compare('b', 'a'),
					]).toEqual([tag, true, true, 1]);
});
