/** How a name may be written in the local part of a mailbox: in pieces, folded, and in Latin letters where people commonly write it so. */
import { fold } from '../../../shared/fold.ts';

/** "José O’Neil-Łukasik" → jose, o, neil, lukasik. In any script. */
export function pieces(text: string): string[] {
	return splitLetters(fold(text));
}

/** Indic vowel signs and what else belongs to a letter stay with it. */
const splitLetters = (folded: string): string[] => folded.split(/[^\p{L}\p{M}]+/u).filter((piece) => piece !== '');

/** Letters that lose their marks, or are written as two. */
const AS_TWO: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/** Each piece in the ways in which Latin mailboxes write it: müller → muller, mueller. */
export function spellings(name: string): string[][] {
	const asTwo = name
		.normalize('NFC')
		.toLowerCase()
		.replace(/[äöüåø]/g, (letter) => AS_TWO[letter] ?? letter);
	const other = pieces(asTwo);
	return pieces(name).map((piece, i) => {
		const also = other[i];
		return also === undefined || also === piece ? [piece] : [piece, also];
	});
}

/** After `fold`, so without й, ё, ї and accents. */
const CYRILLIC: Record<string, string> = {
	...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', ђ: 'd', е: 'e', є: 'e', ж: 'z', з: 'z', и: 'i', і: 'i' },
	...{ ј: 'i', к: 'k', л: 'l', љ: 'l', м: 'm', н: 'n', њ: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'k' },
	...{
		у: 'u',
		ф: 'f',
		х: 'h',
		ц: 'ts',
		ч: 'k',
		џ: 'dz',
		ш: 's',
		щ: 's',
		ъ: '',
		ы: 'i',
		ь: '',
		э: 'e',
		ю: 'iu',
		я: 'ia',
	},
};
const GREEK: Record<string, string> = {
	...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 't', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n' },
	...{ ξ: 'ks', ο: 'o', π: 'p', ρ: 'r', σ: 's', τ: 't', υ: 'i', φ: 'f', χ: 'h', ψ: 'ps', ω: 'o' },
};
const LETTERS: Record<string, string> = { ...CYRILLIC, ...GREEK };

/** Whether it is written in letters that this file knows how to write in Latin. */
export const transliterates = (piece: string): boolean => Array.from(piece).every((letter) => letter in LETTERS);
export const isLatin = (piece: string): boolean => /^[a-z]+$/.test(piece);

/**
 * Consonants only, and those alike that one way of writing a Cyrillic or Greek name in Latin letters has for another: Хрістіна, Khristina and Hristina
 * have one skeleton. Coarse on purpose: it serves to say that a mailbox may fit, never that it does not.
 */
export function skeleton(piece: string): string {
	const written = Array.from(piece, (letter) => LETTERS[letter] ?? letter).join('');
	return written
		.replaceAll(/shch|sch|sh|sz/g, 's')
		.replaceAll(/zh/g, 'z')
		.replaceAll(/tch|ch|ck|[cq]/g, 'k')
		.replaceAll(/kh/g, 'h')
		.replaceAll(/ph/g, 'f')
		.replaceAll(/th/g, 't')
		.replaceAll(/x/g, 'ks')
		.replaceAll(/w/g, 'v')
		.replaceAll(/[aeiouyjh]/g, '')
		.replaceAll(/(.)\1+/g, '$1');
}
