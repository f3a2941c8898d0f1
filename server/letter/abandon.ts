import { destroyKeys } from '../credential/keyring.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { eraseProofs } from '../employment/erase-store.ts';
import { eraseLetter } from '../release/erase.ts';
import { forEachLetter } from './each-letter.ts';
import { type LetterRow, lettersToExpire, lockLetter } from './letter-store.ts';
import { transition } from './transitions.ts';

/** Erases everything but a tombstone. The caller destroys the letter's keys after the commit. @throws Problem `wrong-state` once it is released */
export async function abandonLetter(trx: Transaction, letter: LetterRow): Promise<void> {
	await transition(trx, letter.id, letter.state, 'abandoned');
	await eraseProofs(trx, letter.id);
	await eraseLetter(trx, letter.id);
}

/** Due: letters that were not released by their expiry. */
export async function expireDueLetters(deps: Deps, now: Date): Promise<void> {
	await forEachLetter(await lettersToExpire(deps.db, now), async (id) => {
		const expired = await deps.db.transaction().execute(async (trx) => {
			const letter = await lockLetter(trx, id);
			const { state, expiresOn, releaseAt } = letter;
			const goesOut = state === 'scheduled' && releaseAt && expiresOn && releaseAt <= expiresOn;
			if (!['open', 'review', 'scheduled'].includes(state) || !expiresOn || expiresOn > now || goesOut) return false;
			await abandonLetter(trx, letter);
			return true;
		});
		if (expired) await destroyKeys(deps, id);
	});
}
