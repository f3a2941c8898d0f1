import type { Charter } from '../../shared/charter.ts';
import { type LetterKeys, loadKeys } from '../credential/keyring.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { getLetter, lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
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
	const { root, charter } = await standingChain(deps.db, letter);
	const keys = await loadKeys(deps, letter);
	if (!keys) throw new Problem('signing-ended');
	return { id: letter, root, charter, keys };
}

/** Nothing is proved in the moment in which the letter closes. @throws Problem `signing-ended` */
export async function lockWhileOpen(trx: Transaction, letter: string, now: Date): Promise<void> {
	requireSigning(await lockLetter(trx, letter), now);
}
