/** Which step comes next. Pure. */

import { msg, str } from '@lit/localize';
import type { SignerRecord } from '../../shared/client/signer-record.ts';
import { spell } from '../../shared/pages/numbers.ts';

export const STEPS = [
	'reading',
	'appear',
	'address',
	'voucher',
	'code',
	'confirm',
	'done',
	'own',
	'mine',
	'words',
	'lost',
	'stop',
] as const;
export type Step = (typeof STEPS)[number];

export const isStep = (value: unknown): value is Step => STEPS.some((step) => step === value);

/** `mailbox`: the letter has groups that prove by mail. `mailLink`, `voucher`: what the link that led here brings. */
export type Ways = { mailbox: boolean; mailLink: boolean; voucher: boolean };

/** After how one appears was chosen. */
export function afterAppearing(needsProof: boolean, { mailbox, mailLink, voucher }: Ways): Step {
	if (!needsProof || mailLink) return 'confirm';
	return mailbox && !voucher ? 'address' : 'voucher';
}

/** Where somebody left off. The code may still be in the mail. */
export function whereLeft(record: SignerRecord, needsProof: boolean): Step {
	const { signed, appear } = record;
	if (signed && record.unseen) return 'done';
	if (appear === null) return 'appear';
	if (!needsProof) return signed?.shown === appear.shown ? 'own' : 'confirm';
	return record.asked && record.address ? 'code' : 'appear';
}

/** Steps that lead from how one appears to a signature. */
export const isProving = (step: Step): boolean => ['address', 'voucher', 'code', 'confirm'].includes(step);

const NUMBERS: Partial<Record<Step, number>> = {
	reading: 1,
	appear: 2,
	address: 3,
	voucher: 3,
	code: 4,
	confirm: 4,
	done: 5,
};

/** Stands in the tab and the history, and so says nothing of what is done here. */
export function titleOf(step: Step): string {
	const number = NUMBERS[step];
	return number === undefined ? msg('Where it stands') : msg(str`Step ${spell(number)} of ${spell(5)}`);
}

export const countOf = (step: Step): string => (NUMBERS[step] === undefined ? '' : titleOf(step));
