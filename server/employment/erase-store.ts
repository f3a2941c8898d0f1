import type { Transaction } from '../database.ts';

/** Everything about who proved what for a letter that is abandoned: release/erase.ts erases the rest. */
export async function eraseProofs(trx: Transaction, letter: string): Promise<void> {
	for (const table of ['mailboxes', 'vouchers', 'voucher_batches', 'confirmations', 'issued'] as const) {
		await trx.deleteFrom(table).where('letter', '=', letter).execute();
	}
}
