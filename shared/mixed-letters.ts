/** Letters of one alphabet that look like those of another, in one word: a slip of the keyboard, or somebody who passes for somebody else. */

const LATIN = /\p{Script=Latin}/u;
/** Alphabets with letters that look like Latin ones. */
const ALIKE = [
	{ script: 'Cyrillic', letters: /\p{Script=Cyrillic}/gu },
	{ script: 'Greek', letters: /\p{Script=Greek}/gu },
	{ script: 'Armenian', letters: /\p{Script=Armenian}/gu },
] as const;

/** `letters`: those of `script` in `word`, each once. */
export type MixedWord = { word: string; script: (typeof ALIKE)[number]['script']; letters: string[] };

/** Words that hold Latin letters beside letters of an alphabet that looks like it. A name of words in several alphabets is none. */
export function mixedWords(name: string): MixedWord[] {
	const words = name.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
	return words.flatMap((word) => {
		if (!LATIN.test(word)) return [];
		return ALIKE.flatMap(({ script, letters }) => {
			const found = [...new Set(word.match(letters))];
			return found.length === 0 ? [] : [{ word, script, letters: found }];
		});
	});
}
