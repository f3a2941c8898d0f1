import type { Transaction } from '../database.ts';

/** A mailbox that proved. `request` is H(blinded request), which without the browser's inverse fits every signature alike. */
export interface MailboxRow {
	letter: string;
	group: string;
	tag: Uint8Array;
	proof: 'mailbox' | 'roster';
	request: Uint8Array;
}

/** @returns null for one that has not proved anything; the caller holds the letter's lock, or the mailbox's */
export async function findMailbox(trx: Transaction, letter: string, tag: Uint8Array): Promise<MailboxRow | null> {
	const row = await trx
		.selectFrom('mailboxes')
		.select(['letter', 'group_id as group', 'tag', 'proof', 'request'])
		.where('letter', '=', letter)
		.where('tag', '=', tag)
		.executeTakeFirst();
	return row ?? null;
}

/**
 * Once for each mailbox, and never changed after that: a row does not say when a signature went from anonymous to named, nor whether there is a
 * name at all. Proven by test/server/employment/proof.test.ts.
 */
export async function insertMailbox(trx: Transaction, row: MailboxRow): Promise<void> {
	await trx.insertInto('mailboxes').values(valuesOf(row)).execute();
}

/** The same, and in one statement the confirmation is spent by which it proved. */
export async function insertConfirmedMailbox(
	trx: Transaction,
	row: MailboxRow,
	{ id, spent }: { id: string; spent: Uint8Array },
): Promise<void> {
	await trx
		.with('spending', (both) => both.updateTable('confirmations').set({ spent }).where('id', '=', id))
		.insertInto('mailboxes')
		.values(valuesOf(row))
		.execute();
}

const valuesOf = ({ group: group_id, ...row }: MailboxRow) => ({ ...row, group_id });

export async function countMailboxes(trx: Transaction, letter: string) {
	return await trx
		.selectFrom('mailboxes')
		.select(['group_id as group', 'proof'])
		.select((select) => select.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.groupBy(['group_id', 'proof'])
		.execute();
}

export async function deleteMailboxes(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('mailboxes').where('letter', '=', letter).execute();
}
