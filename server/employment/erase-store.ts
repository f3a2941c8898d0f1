import type { Transaction } from '../database.ts';
import { askForTick } from '../tick-store.ts';

/** Everything about who proved what for a letter that is abandoned: release/erase.ts erases the rest. The next tick takes the dead rows off the disk. */
export async function eraseProofs(trx: Transaction, letter: string): Promise<void> {
	for (const table of ['mailboxes', 'vouchers', 'voucher_batches', 'confirmations', 'issued'] as const) {
		await trx.deleteFrom(table).where('letter', '=', letter).execute();
	}
	await askForTick(trx);
}
