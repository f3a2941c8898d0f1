/**
 * Signatories by letter. Which letter a name stands under depends on the name alone, and how finely letters are divided on how many signed by
 * name when the list was approved: so nobody's withdrawal moves another name to another page.
 */
import { fold } from '../fold.ts';
import { collatorOf } from './languages.ts';

/** The fields of a signatory that this needs. */
type Named = { name: string; number: number };

export interface NameSection<T extends Named = Named> {
	/** In addresses: `a`, `ma`, `u0645`, `script-han`, `other`. */
	key: string;
	/** What people read: "A", "Ma", "م", "Han". */
	label: string;
	/** The first letter, by which pages are looked up: several sections share it in a large letter. */
	letter: string;
	names: T[];
}

/** So many stand on the letter's first page. */
export const FIRST_PAGE = 120;

/** How many letters of a name decide on its page: a page is read in one go, whatever the size of the letter. */
export function lettersOfSection(namedApproved: number): number {
	if (namedApproved <= 10_000) return 1;
	return namedApproved <= 200_000 ? 2 : 3;
}

/** In the order in which readers of the language look names up; names in no letter at all last. */
export function nameSections<T extends Named>(
	named: readonly T[],
	language: string,
	letters: number,
): NameSection<T>[] {
	const collator = collatorOf(language);
	const sections = new Map<string, NameSection<T> & { place: string }>();
	for (const one of named) {
		const place = placeOf(one.name, letters);
		const section = sections.get(place.key) ?? { ...place, names: [] };
		sections.set(place.key, section);
		section.names.push(one);
	}
	const compare = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : Number(a > b));
	return [...sections.values()]
		.sort((a, b) => Number(a.place === '') - Number(b.place === '') || compare(a.place, b.place))
		.map(({ key, label, letter, names }) => ({
			...{ key, label, letter },
			names: names.sort((a, b) => collator.compare(a.name, b.name) || a.number - b.number),
		}));
}

/** Scripts of very many letters are one place, or one for each first character. */
const SCRIPTS = [
	{ letter: 'Han', key: 'script-han', place: '一', has: /^\p{Script=Han}/u },
	{ letter: 'Kana', key: 'script-kana', place: 'あ', has: /^[\p{Script=Hiragana}\p{Script=Katakana}]/u },
];

/** Korean syllables come apart into letters that are drawn as parts of one: these are the same, as they stand alone. */
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';

/** `place` is what sections are sorted by. */
function placeOf(name: string, letters: number): { key: string; label: string; letter: string; place: string } {
	const written = fold(name).match(/\p{L}/gu) ?? [];
	const [first] = written;
	if (first === undefined) return { key: 'other', label: '#', letter: '#', place: '' };
	const script = SCRIPTS.find(({ has }) => has.test(first));
	if (script && letters === 1)
		return { key: script.key, label: script.letter, letter: script.letter, place: script.place };
	if (script) return { key: keyOf([first]), label: first, letter: script.letter, place: first };
	const place = written.slice(0, letters);
	const [head = '', ...tail] = place;
	const letter = INITIALS[head.charCodeAt(0) - 0x1100] ?? head.toUpperCase();
	return { key: keyOf(place), label: letter + tail.join(''), letter, place: place.join('') };
}

/** Letters of ASCII as they are, others by their number: safe in an address and on any disk. */
function keyOf(letters: readonly string[]): string {
	return letters
		.map((one) => (/^[a-z]$/.test(one) ? one : `u${one.codePointAt(0)?.toString(16).padStart(4, '0')}`))
		.join('');
}
