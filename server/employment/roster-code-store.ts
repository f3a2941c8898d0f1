import type { Transaction } from '../database.ts';

/** A code as it is kept: bound to a mailbox, and ended by any proof of it (voucher.ts). */
export interface RosterCode {
	letter: string;
	group: string;
	hash: Uint8Array;
	tag: Uint8Array;
	mailing: string;
}

/** Whether a code went to this mailbox before, used or not. */
export async function hasRosterCode(trx: Transaction, letter: string, tag: Uint8Array): Promise<boolean> {
	const found = await trx
		.selectFrom('vouchers')
		.select('hash')
		.where('letter', '=', letter)
		.where('tag', '=', tag)
		.limit(1)
		.execute();
	return found.length > 0;
}

export async function insertRosterCode(trx: Transaction, code: RosterCode): Promise<void> {
	const { letter, group, hash, tag, mailing } = code;
	await trx
		.insertInto('vouchers')
		.values({ letter, group_id: group, hash, batch: mailing, tag, request: null })
		.execute();
}

/** Of a mail that the relay has certainly not taken: nobody has this code. */
export async function deleteRosterCode(trx: Transaction, letter: string, hash: Uint8Array): Promise<void> {
	await trx
		.deleteFrom('vouchers')
		.where('letter', '=', letter)
		.where('hash', '=', hash)
		.where('request', 'is', null)
		.execute();
}
