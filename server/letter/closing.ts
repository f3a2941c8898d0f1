/** Leaving `open`, by date or early: signing is over for good. Proven by test/server/letter/closing.test.ts. */
import { destroyKeys, forgetDestroyedKeys, lettersWithKeys } from '../credential/keyring.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { reduceToCounts } from '../employment/reduce.ts';
import { settleOnClosing } from '../signature/settle-on-closing.ts';
import { countKeys } from '../signature/signature-store.ts';
import { removeUnapproved } from './charter-store.ts';
import { forEachLetter } from './each-letter.ts';
import { findLetter, type LetterRow, lettersToClose, lockLetter, setLetter } from './letter-store.ts';
import { standingChain } from './standing-chain.ts';
import { transition } from './transitions.ts';

/**
 * One transaction: proofs become counts, conditions are settled, last call begins now. The caller destroys the letter's
 * keys after the commit. Proof and signatures are told of it one after the other; nothing goes from the one to the other
 * but how many keys of each group signed, those that withdrew among them.
 */
export async function closeLetter(deps: Pick<Deps, 'clock'>, trx: Transaction, letter: LetterRow): Promise<void> {
	const { charter } = await standingChain(trx, letter.id);
	await transition(trx, letter.id, 'open', 'review');
	const seconds = Math.floor(deps.clock.now().getTime() / 1_000);
	await setLetter(trx, letter.id, { last_call_until: new Date((seconds + charter.lastCallHours * 3_600) * 1_000) });
	await removeUnapproved(trx, letter.id);
	await reduceToCounts(trx, letter.id, await countKeys(trx, letter.id));
	await settleOnClosing(trx, letter.id, charter);
}

/** Due: letters whose time to sign is over. */
export async function closeDueLetters(deps: Deps, now: Date): Promise<void> {
	await forEachLetter(await lettersToClose(deps.db, now), async (id) => {
		const closed = await deps.db.transaction().execute(async (trx) => {
			const letter = await lockLetter(trx, id);
			// Another node, the organizers, or an amendment that keeps it open for longer were quicker.
			if (letter.state !== 'open' || !letter.closesAt || letter.closesAt > now) return false;
			await closeLetter(deps, trx, letter);
			return true;
		});
		// Not of a letter that stays open: it goes on issuing.
		if (closed) await destroyKeys(deps, id);
	});
}

/** Due: keys that a crash between commit and destruction left behind, and those in memory that another node destroyed. Letters of another database are let be. */
export async function destroyLeftoverKeys(deps: Deps): Promise<void> {
	for (const id of await lettersWithKeys(deps)) {
		const letter = await findLetter(deps.db, id);
		if (letter && letter.state !== 'draft' && letter.state !== 'open') await destroyKeys(deps, id);
	}
	await forgetDestroyedKeys(deps);
}
