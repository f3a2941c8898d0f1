import { coarse } from '../../shared/coarse.ts';
import type { Transaction } from '../database.ts';
import type { Shuffled } from '../random-order-store.ts';
import { countIssued } from './issued.ts';
import { moveRefusedAtLeast, replaceProofProgress } from './proof-progress-store.ts';
import { countUsed, setUsedAtLeast } from './voucher-store.ts';

/** In random order after each tick. */
export const proofTables: readonly Shuffled[] = [
	...(['confirmations', 'mailboxes', 'vouchers'] as const),
	...(['refused_proofs', 'test_mails', 'roster_mailings', 'roster_mails'] as const),
];

/**
 * What this folder's counters show from a tick on: coarsely how many proved in which way, how many of each batch of vouchers
 * were used, and how often somebody tried a second time.
 * @param letters whose counters move
 */
export async function moveProofCounters(trx: Transaction, letters: readonly string[]): Promise<void> {
	for (const { batch, used, usedAtLeast } of await countUsed(trx, letters)) {
		if (coarse(used) !== usedAtLeast) await setUsedAtLeast(trx, batch, coarse(used));
	}
	for (const letter of letters) {
		await replaceProofProgress(trx, letter, await countIssued(trx, letter));
		await moveRefusedAtLeast(trx, letter);
	}
}
