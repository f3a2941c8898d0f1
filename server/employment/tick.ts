import { coarse } from '../../shared/coarse.ts';
import type { Transaction } from '../database.ts';
import { rewriteInRandomOrder } from '../tick-store.ts';
import { countIssued } from './issued.ts';
import { moveRefusedAtLeast, replaceProofProgress } from './proof-progress-store.ts';
import { countUsed, setUsedAtLeast } from './voucher-store.ts';

const shuffled = [
	...(['confirmations', 'mailboxes', 'vouchers'] as const),
	...(['refused_proofs', 'test_mails', 'roster_mailings', 'roster_mails'] as const),
];

/**
 * This folder's part of a tick: its tables in random order; coarsely how many proved in which way, how many of each batch of vouchers
 * were used, and how often somebody tried a second time.
 * @param letters whose counters move
 */
export async function tickProofs(trx: Transaction, letters: readonly string[]): Promise<void> {
	for (const table of shuffled) await rewriteInRandomOrder(trx, table);
	for (const { batch, used, usedAtLeast } of await countUsed(trx, letters)) {
		if (coarse(used) !== usedAtLeast) await setUsedAtLeast(trx, batch, coarse(used));
	}
	for (const letter of letters) {
		await replaceProofProgress(trx, letter, await countIssued(trx, letter));
		await moveRefusedAtLeast(trx, letter);
	}
}
