import { expect, test } from 'vitest';
import { mixedWords } from '../../shared/mixed-letters.ts';

test('a Cyrillic letter in a Latin word is pointed out, with the letter', () => {
	expect(mixedWords('Am\u0430ra Okafor')).toEqual([{ word: 'Am\u0430ra', script: 'Cyrillic', letters: ['\u0430'] }]);
	expect(mixedWords('\u039fmar')).toEqual([{ word: '\u039fmar', script: 'Greek', letters: ['\u039f'] }]);
});

test.each([
	'Amara Okafor',
	'Владимир Путинцев',
	'Ελένη Παπά',
	'José Ñúñez',
	'田中 Hana',
	'نور الهدى',
	'Anna Белова',
	'O’Brien-Łoś',
	'',
])('nothing is pointed out in “%s”', (name) => expect(mixedWords(name)).toEqual([]));
