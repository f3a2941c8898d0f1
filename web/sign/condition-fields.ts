/** "Only if others do too", folded away under the choice: what one asks for, whether today's numbers would meet it, what happens if not. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { LIMITS } from '../../shared/limits.ts';
import { conditionInWords, conditionMet, countToday, verdictInWords } from './condition-today.ts';
import { field } from './fields.ts';

/** As typed: `least` may be anything. */
export type AskedFor = { least: string; ofWhom: 'signatures' | 'named' };

export const askedFor = (condition: Appearance['condition']): AskedFor => {
	if (condition === null) return { least: '', ofWhom: 'signatures' };
	return 'named' in condition
		? { least: String(condition.named), ofWhom: 'named' }
		: { least: String(condition.signatures), ofWhom: 'signatures' };
};

/** Null where nothing is asked for, or nothing that is a number of others. Digits of any script that a phone types. */
export function readCondition({ least, ofWhom }: AskedFor): Appearance['condition'] {
	const typed = plainDigits(least).replace(/[\s.,’'٬]/g, '');
	const whole = /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
	if (whole < 2 || whole > LIMITS.condition) return null;
	return ofWhom === 'named' ? { named: whole } : { signatures: whole };
}

/** Arabic-Indic, Persian, Devanagari and Bengali digits: those of phones' number keys. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6];
const plainDigits = (typed: string): string =>
	typed.replace(/\p{Nd}/gu, (digit) => {
		const point = digit.codePointAt(0) ?? 0;
		const zero = ZEROS.find((first) => point >= first && point < first + 10);
		return zero === undefined ? digit : String(point - zero);
	});

export interface ConditionView {
	asked: AskedFor;
	shown: Appearance['shown'];
	atLeast: { signatures: number; named: number };
	wrong: string | null;
	change: (part: Partial<AskedFor>) => void;
}

export function conditionFields({ asked, shown, atLeast, wrong, change }: ConditionView): TemplateResult {
	const condition = readCondition(asked);
	const typed = (event: Event) => (event.target instanceof HTMLInputElement ? event.target.value : '');
	const chosen = (event: Event) =>
		event.target instanceof HTMLSelectElement && event.target.value === 'named' ? 'named' : 'signatures';
	const named =
		shown === 'named' ? msg('Those who sign by name, you included') : msg('Those who sign by name, you not included');
	return html`<p>${msg('Your signature then counts only if enough others sign. If they do not, it lapses when signing ends: what you sealed is erased before any name is opened, and nothing of you is shown. Leave it empty to sign in any case.')}</p>
${field(
	{ id: 'least', label: msg('At least this many'), wrong },
	(by, invalid) =>
		html`<input id="least" class="short" type="text" inputmode="numeric" autocomplete="off" dir="ltr" @input=${(event: Event) => change({ least: typed(event) })} aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${asked.least}>`,
)}
${field(
	{ id: 'of-whom', label: msg('Who is counted'), wrong: null },
	() =>
		html`<select id="of-whom" @change=${(event: Event) => change({ ofWhom: chosen(event) })}><option value="signatures" ?selected=${asked.ofWhom === 'signatures'}>${msg('Everybody who signs, you included')}</option><option value="named" ?selected=${asked.ofWhom === 'named'}>${named}</option></select>`,
)}
<div role="status">${condition === null ? nothing : html`<p><b>${conditionInWords(condition, shown)}</b></p>`}
<p class="small">${countToday(atLeast)} ${condition === null ? nothing : verdictInWords(conditionMet(condition, shown, atLeast))}</p></div>
<p class="hint">${
		shown === 'named'
			? msg(
					'It is counted when signing ends, and once more when the organizers approve the list. If it fails only then, they have seen your name, and it is not published. Names that are taken off later change nothing.',
				)
			: msg(
					'It is counted when signing ends, and once more when the organizers approve the list. If it fails only then, your signature is not published. Names that are taken off later change nothing.',
				)
	}</p>
<p class="hint">${
		shown === 'named'
			? msg(
					'If you are listed, your condition stands beside your name in the release file, where everybody can read it.',
				)
			: msg(
					'If you are listed, your condition stands with your signature in the release file, where everybody can read it. Take a usual number: an odd one can be recognized.',
				)
	}</p>`;
}
