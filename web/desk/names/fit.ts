/** Whether a mailbox could belong to whoever bears a name. A hint for people who check names, not a verdict. */
import { isLatin, skeleton, spellings, transliterates } from './spelling.ts';

/**
 * `unlike`: no piece of the name, and no initials of it, are in the mailbox. `perhaps not`: the same of a name that is written in Cyrillic or Greek letters,
 * which mailboxes spell in many ways. `unknown`: they cannot be compared, since the mailbox is a number, or the name is in a script that no two people spell
 * alike in Latin letters.
 */
export type Fit = 'fits' | 'unlike' | 'perhaps not' | 'unknown';

/** @param mailbox in its normal form: lower case */
export function mailboxFit(name: string, mailbox: string): Fit {
	const local = mailbox.slice(0, mailbox.lastIndexOf('@'));
	const parts = local.split(/[^a-z]+/).filter((part) => part !== '');
	const letters = parts.join('');
	const own = spellings(name);
	if (own.length === 0 || isNumber(local, letters)) return 'unknown';
	if (own.every((piece) => piece.every(isLatin))) return latinFits(own, parts, letters) ? 'fits' : 'unlike';
	const bare = own.flat();
	if (bare.some((piece) => isLatin(piece) && piece.length > 2 && letters.includes(piece))) return 'fits';
	if (!bare.every((piece) => isLatin(piece) || transliterates(piece))) return 'unknown';
	return skeletonFits(bare, letters) ? 'fits' : 'perhaps not';
}

/** Such as e104233: many companies give people a number. */
function isNumber(local: string, letters: string): boolean {
	const digits = local.replace(/\D/g, '').length;
	return letters.length < 2 || (letters.length <= 3 && digits >= 3);
}

function latinFits(own: readonly string[][], parts: readonly string[], letters: string): boolean {
	const all = own.flat();
	if (all.some((piece) => holds(piece, parts, letters))) return true;
	if (all.some((piece) => piece.length > 2 && parts.some((part) => part.length > 2 && begins(piece, part))))
		return true;
	// An initial before another piece, or before its beginning: dlong, jdoe, bng.
	if (own.some((one, i) => own.some((other, j) => i !== j && other.some((last) => short(letters, one[0] ?? '', last)))))
		return true;
	const initials = own.map(([piece = '']) => piece.charAt(0)).join('');
	return initials.length > 1 && letters.startsWith(initials) && letters.length <= initials.length + 1;
}

/** Short pieces (Li, de, Ana) are in many words by chance: they have to stand at an end of a part, those of two letters as a whole part. */
function holds(piece: string, parts: readonly string[], letters: string): boolean {
	if (piece.length > 3) return letters.includes(piece);
	if (piece.length === 3) return parts.some((part) => part.startsWith(piece) || part.endsWith(piece));
	return piece.length === 2 && parts.includes(piece);
}

const begins = (piece: string, part: string): boolean => piece.startsWith(part) || part.startsWith(piece.slice(0, 5));

function short(letters: string, first: string, last: string): boolean {
	const rest = letters.slice(1);
	if (letters[0] !== first[0] || rest.length < 2) return false;
	return rest === last || (rest.length > 2 && last.startsWith(rest)) || (last.length > 2 && rest.startsWith(last));
}

function skeletonFits(own: readonly string[], letters: string): boolean {
	const local = skeleton(letters);
	return own.some((piece) => {
		const bones = skeleton(piece);
		return bones.length > 1 && (local.includes(bones) || (local.length > 2 && bones.startsWith(local.slice(1))));
	});
}
