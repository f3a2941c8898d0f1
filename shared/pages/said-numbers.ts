/** Numbers with words around them. Apart from numbers.ts, which signers' browsers fetch too. */
import { languageNow } from './numbers.ts';
import { msg } from './words.ts';

/** Beside a number that is set apart from it. */
export const signaturesWord = (count: number): string => (count === 1 ? msg('signature') : msg('signatures'));

/** 1041 of 71000 → "1.5 %", not broken over lines; the empty string where there is no whole. */
export function spellShare(part: number, whole: number): string {
	if (whole <= 0) return '';
	const share = part / whole;
	if (share > 0 && share < 0.001) return msg('less than 0.1\u00a0%');
	const language = languageNow();
	const digits = { maximumFractionDigits: share < 0.1 ? 1 : 0 };
	if (!language.startsWith('en')) return share.toLocaleString(language, { style: 'percent', ...digits });
	return `${(share * 100).toLocaleString(language, digits)}\u00a0%`;
}
