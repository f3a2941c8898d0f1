/** How names are looked up: without regard to case, accents, points and ways of writing the same letter, in any script. */

/** Letters that Unicode does not take apart, and people do. */
const SAME: Record<string, string> = {
	...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ς: 'σ' },
	...{ ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ـ: '' },
};
const LETTERS = new RegExp(`[${Object.keys(SAME).join('')}]`, 'gu');
/** Combining marks that serve several scripts, joiners, and the points of Hebrew. Vowel signs of Indic scripts are none of them. */
const MARKS = /[\p{Script=Inherited}\u0591-\u05c7]+/gu;

/** "Żaneta Ł" → "zaneta l". */
export function fold(text: string): string {
	const bare = text.normalize('NFKD').replace(MARKS, '').toLowerCase();
	return bare.replace(LETTERS, (letter) => SAME[letter] ?? letter);
}
