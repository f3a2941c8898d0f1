import { coarse } from '../../shared/coarse.ts';
import type { Transaction } from '../database.ts';
import { rewriteInRandomOrder } from '../tick-store.ts';
import { countUsed, setUsedAtLeast } from './voucher-store.ts';

/**
 * This folder's part of a tick: its tables in random order; of each batch of vouchers coarsely how many were used.
 * @param letters whose counters move
 */
export async function tickProofs(trx: Transaction, letters: readonly string[]): Promise<void> {
	for (const table of ['confirmations', 'mailboxes', 'vouchers'] as const) await rewriteInRandomOrder(trx, table);
	for (const { batch, used, usedAtLeast } of await countUsed(trx, letters)) {
		if (coarse(used) !== usedAtLeast) await setUsedAtLeast(trx, batch, coarse(used));
	}
}
