/** The eight digits of the mail, as people bring them: pasted with blanks or dashes, with a line of the mail around them, typed on a keyboard with digits of its own. */

const DIGITS = 8;
/** Blanks, dashes of every kind, and characters that nobody sees. */
const PARTING = String.raw`[\s\p{Pd}\p{Cf}]`;
const ALONE = new RegExp(String.raw`^\p{Nd}{${DIGITS}}$`, 'u');
const WITHIN = new RegExp(
	String.raw`(?<!\p{Nd})\p{Nd}${PARTING}*(?:\p{Nd}${PARTING}*){${DIGITS - 2}}\p{Nd}(?!${PARTING}*\p{Nd})`,
	'gu',
);

/** @returns eight ASCII digits; null where there are none, fewer, more, or more than one such number */
export function readMailCode(typed: string): string | null {
	const parting = new RegExp(PARTING, 'gu');
	const text = typed.normalize('NFKC');
	const whole = text.replace(parting, '');
	if (ALONE.test(whole)) return asciiDigits(whole);
	const [code, another] = text.match(WITHIN) ?? [];
	return code !== undefined && another === undefined ? asciiDigits(code.replace(parting, '')) : null;
}

const asciiDigits = (digits: string): string => digits.replace(/\p{Nd}/gu, (digit) => String(worthOf(digit)));

/** Digits of a script stand in one run of ten, from nought to nine (The Unicode Standard, section 4.6); NFKC has left none where two runs touch. */
function worthOf(digit: string): number {
	const point = digit.codePointAt(0) ?? 0;
	let value = 0;
	while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
	return value;
}
