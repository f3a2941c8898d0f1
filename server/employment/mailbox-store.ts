import type { Transaction } from '../database.ts';

/** A mailbox that proved. `request` and `attested` are hashes. */
export interface MailboxRow {
	letter: string;
	group: string;
	tag: Uint8Array;
	proof: 'mailbox' | 'roster';
	request: Uint8Array | null;
	attested: Uint8Array | null;
}

/** @returns null for one that has not proved anything; proofs of one letter come one after the other under the letter's lock */
export async function findMailbox(trx: Transaction, letter: string, tag: Uint8Array): Promise<MailboxRow | null> {
	const row = await trx
		.selectFrom('mailboxes')
		.select(['letter', 'group_id as group', 'tag', 'proof', 'request', 'attested'])
		.where('letter', '=', letter)
		.where('tag', '=', tag)
		.executeTakeFirst();
	return row ?? null;
}

export async function saveMailbox(trx: Transaction, row: MailboxRow): Promise<void> {
	const { letter, group, tag, proof, request, attested } = row;
	await trx
		.insertInto('mailboxes')
		.values({ letter, group_id: group, tag, proof, request, attested })
		.onConflict((conflict) => conflict.columns(['letter', 'tag']).doUpdateSet({ request, attested }))
		.execute();
}

export async function countMailboxes(trx: Transaction, letter: string) {
	return await trx
		.selectFrom('mailboxes')
		.select(['group_id as group', 'proof'])
		.select((select) => select.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.where('request', 'is not', null)
		.groupBy(['group_id', 'proof'])
		.execute();
}

export async function deleteMailboxes(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('mailboxes').where('letter', '=', letter).execute();
}
