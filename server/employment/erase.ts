import type { Transaction } from '../database.ts';
import { askForTick } from '../tick-store.ts';
import { deleteConfirmations } from './confirmation-store.ts';
import { deleteIssued } from './issued-store.ts';
import { deleteMailboxes } from './mailbox-store.ts';
import { deleteBatches, deleteVouchers } from './voucher-store.ts';

/** Of an abandoned letter not even the counts stay. The caller has locked it. */
export async function eraseProofs(trx: Transaction, letter: string): Promise<void> {
	await deleteConfirmations(trx, letter);
	await deleteVouchers(trx, letter);
	await deleteBatches(trx, letter);
	await deleteMailboxes(trx, letter);
	await deleteIssued(trx, letter);
	await askForTick(trx);
}
