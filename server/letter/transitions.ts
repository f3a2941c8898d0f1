import type { LetterState } from '../../shared/api/signing.ts';
import type { Transaction } from '../database.ts';
import { Problem } from '../platform/errors.ts';
import { moveLetter } from './letter-store.ts';

/** A letter's life: the one table of what may follow what. */
export const transitions: Readonly<Record<LetterState, readonly LetterState[]>> = {
	draft: ['open', 'abandoned'],
	open: ['review', 'abandoned'],
	review: ['scheduled', 'abandoned'],
	scheduled: ['review', 'released', 'abandoned'],
	released: [],
	abandoned: [],
};

/**
 * Moves a letter that the caller has locked.
 * @throws Problem `wrong-state` when the table knows no such step or the letter is not in `from`
 */
export async function transition(trx: Transaction, id: string, from: LetterState, to: LetterState): Promise<void> {
	const known = transitions[from].includes(to);
	if (!known || !(await moveLetter(trx, id, from, to))) throw new Problem('wrong-state');
}

/**
 * Signing ends at its time, also in the minute in which nobody has moved the letter on yet.
 * @throws Problem `signing-ended`; `wrong-state` of a draft
 */
export function requireSigning(letter: { state: LetterState; closesAt: Date | null }, now: Date): void {
	if (letter.state === 'draft') throw new Problem('wrong-state');
	if (letter.state !== 'open' || (letter.closesAt !== null && letter.closesAt <= now)) {
		throw new Problem('signing-ended');
	}
}

/** @throws Problem `wrong-state` */
export function requireState(letter: { state: LetterState }, ...states: LetterState[]): void {
	if (!states.includes(letter.state)) throw new Problem('wrong-state');
}
