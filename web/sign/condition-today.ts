/** A condition in words, and whether it would hold by what is known today: counts are rounded, and of the last tick. Pure. */
import { msg, str } from '@lit/localize';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { atMost } from '../../shared/coarse.ts';
import { language } from './language.ts';

type AtLeast = { signatures: number; named: number };
type Shown = Appearance['shown'];
type Condition = NonNullable<Appearance['condition']>;

const spell = (count: number): string => count.toLocaleString(language());

/** What one asks for. Whoever signs anonymously is none of those who sign by name. */
export function conditionInWords(condition: Condition, shown: Shown): string {
	if ('signatures' in condition) {
		return msg(str`Your signature counts only if at least ${spell(condition.signatures)} people sign, you included.`);
	}
	return shown === 'named'
		? msg(str`Your signature counts only if at least ${spell(condition.named)} people sign by name, you included.`)
		: msg(
				str`Your signature counts only if at least ${spell(condition.named)} people sign by name. You are not one of them.`,
			);
}

/** @param atLeast what the letter's page says, 0 below its first step; it moves at most once an hour */
export function countToday({ signatures, named }: AtLeast): string {
	if (signatures === 0) return msg(str`By the last count, fewer than ${spell(10)} people have signed.`);
	if (named === 0) {
		return msg(
			str`By the last count, at least ${spell(signatures)} people have signed, fewer than ${spell(10)} of them by name.`,
		);
	}
	return msg(
		str`By the last count, at least ${spell(signatures)} people have signed, at least ${spell(named)} of them by name.`,
	);
}

export type Verdict = 'met' | 'unmet' | 'unknown';

/**
 * `met` and `unmet` are certain of the last count; what others do later, or ask for themselves, is not in it. Whoever reads this may be counted already, if they sign
 * once more, or not yet: neither is taken for granted.
 */
export function conditionMet(condition: Condition, shown: Shown, atLeast: AtLeast): Verdict {
	const [needed, known] =
		'named' in condition ? [condition.named, atLeast.named] : [condition.signatures, atLeast.signatures];
	const oneself = 'named' in condition && shown === 'anonymous' ? 0 : 1;
	if (known >= needed) return 'met';
	return atMost(known) + oneself < needed ? 'unmet' : 'unknown';
}

export function verdictInWords(verdict: Verdict): string {
	switch (verdict) {
		case 'met':
			return msg(
				'That meets your condition today. Some of them may still take their names off, or ask for more people themselves.',
			);
		case 'unmet':
			return msg('That does not meet your condition yet.');
		case 'unknown':
			return msg('Whether that meets your condition cannot be told: only rounded numbers are shown.');
	}
}
