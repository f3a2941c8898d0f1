import { destroyKeys } from '../credential/keyring.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { removeApprovals, removeUnapproved } from './charter-store.ts';

/**
 * Going back to writing ends a freeze, and so does whoever comes in or leaves: the charter, its approvals and its keys go. The keys go
 * before the commit, while the letter is still locked, so that a freeze that follows keeps its own; should the commit
 * then fail, a charter without its keys is left, which opening refuses. Proven by test/server/letter/freeze.test.ts.
 */
export async function endFreeze(deps: Deps, trx: Transaction, letter: string): Promise<void> {
	if (!(await removeUnapproved(trx, letter))) return;
	await removeApprovals(trx, letter, ['abandon']);
	await destroyKeys(deps, letter);
}
