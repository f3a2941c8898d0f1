import type { Charter } from '../../shared/charter.ts';
import { type LetterKeys, loadKeys } from '../credential/keyring.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { getLetter, lockLetter } from '../letter/letter-store.ts';
import { readStandingLetter, rememberedLetter, type StandingLetter } from '../letter/standing-letter.ts';
import { requireSigning } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';

/** What proving needs of an open letter. */
export interface ProvingLetter {
	id: string;
	root: string;
	charter: Charter;
	keys: LetterKeys;
}

/** @throws Problem `not-found`, `signing-ended`; `wrong-state` of a draft */
export async function getProvingLetter(deps: Deps, letter: string): Promise<ProvingLetter> {
	requireSigning(await getLetter(deps.db, letter), deps.clock.now());
	return withKeys(deps, await readStandingLetter(deps.db, letter));
}

/**
 * As getProvingLetter, where this process has read the letter before without asking the database again. Whether it is still open has to be asked under its lock, and
 * nothing of its charter may be used that an amendment changes. @throws Problem likewise
 */
export async function getRememberedLetter(deps: Deps, letter: string): Promise<ProvingLetter> {
	const remembered = rememberedLetter(deps.db, letter);
	return remembered ? withKeys(deps, remembered) : getProvingLetter(deps, letter);
}

async function withKeys(deps: Deps, { id, root, charter }: StandingLetter): Promise<ProvingLetter> {
	const keys = await loadKeys(deps, id);
	if (!keys) throw new Problem('signing-ended');
	return { id, root, charter, keys };
}

/** Nothing is proved in the moment in which the letter closes. @throws Problem `signing-ended` */
export async function lockWhileOpen(trx: Transaction, letter: string, now: Date): Promise<void> {
	requireSigning(await lockLetter(trx, letter), now);
}
