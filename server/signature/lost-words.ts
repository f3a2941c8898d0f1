import type { LostWordsOnDesk, LostWordsRequest } from '../../shared/api/lost-words.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { checkLostWords } from '../../shared/lost-words.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { findLetterByRoot, getLetter, type LetterRow, lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { Problem } from '../platform/errors.ts';
import { requireOpening } from '../release/opening.ts';
import { countLostWords, findLostWords, insertLostWords, listLostWords } from './lost-words-store.ts';

/**
 * Keeps a request to be taken off, sealed, until the names are opened. Nothing of it says whose signature it is about, and who asks without a proof cannot
 * keep those out who have one. Proven by test/server/signature/lost-words.test.ts.
 * @throws Problem `not-found`, `wrong-state`, `lost-words-refused`, `lost-words-full`
 */
export async function askOff(deps: Deps, { root, ...asked }: LostWordsRequest): Promise<void> {
	const letter = await findLetterByRoot(deps.db, root);
	if (letter === null) throw new Problem('not-found');
	const { charter } = await standingChain(deps.db, letter);
	try {
		await checkLostWords(charter, root, asked);
	} catch (fault) {
		if (fault instanceof Fault) throw new Problem('lost-words-refused', { detail: fault.message });
		throw fault;
	}
	await deps.db.transaction().execute(async (trx) => {
		const row = await lockLetter(trx, letter);
		// Whoever lost the answer is not told that it came too late.
		if (await findLostWords(trx, letter, asked.key)) return;
		requireBeforeOpening(row, deps.clock.now());
		const { proven, unproven } = await countLostWords(trx, letter);
		const full = asked.attestation === null ? unproven >= LIMITS.lostWordsUnproven : proven >= LIMITS.lostWordsProven;
		if (full) throw new Problem('lost-words-full');
		await insertLostWords(trx, letter, asked);
	});
}

/** While open, and in last call: from then on lists are made of what was opened. */
function requireBeforeOpening({ state, lastCallUntil }: LetterRow, now: Date): void {
	if (state === 'open') return;
	if (state !== 'review' || lastCallUntil === null || lastCallUntil <= now) throw new Problem('wrong-state');
}

/** For organizers, when the names can be opened. @throws Problem `wrong-state`, `last-call-running` */
export async function readLostWords(db: Db, letter: string, now: Date): Promise<LostWordsOnDesk[]> {
	requireOpening(await getLetter(db, letter), now);
	return listLostWords(db, letter);
}
