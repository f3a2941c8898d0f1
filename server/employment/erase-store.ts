import type { Transaction } from '../database.ts';
import type { Database } from '../tables.ts';
import { askForTick } from '../tick-store.ts';

const proofTables = [
	...(['mailboxes', 'vouchers', 'voucher_batches', 'confirmations', 'issued'] as const),
	...(['proof_progress', 'refused_proofs', 'test_mails', 'roster_mailings', 'roster_mails'] as const),
] as const satisfies readonly (keyof Database)[];

/** Of these, what the tick does not write anew. */
export const proofsOffTheTick = [
	...(['voucher_batches', 'issued', 'proof_progress'] as const),
] as const satisfies readonly (keyof Database)[];

/** Everything about who proved what for a letter that is abandoned: release/erase.ts erases the rest. The next tick takes the dead rows off the disk. */
export async function eraseProofs(trx: Transaction, letter: string): Promise<void> {
	for (const table of proofTables) {
		await trx.deleteFrom(table).where('letter', '=', letter).execute();
	}
	await askForTick(trx);
}
