import type { Db, Transaction } from '../database.ts';

/** How many credentials a group got, by how they were proved. Exact; where proofs were lost with a restore from a dump, at least so many. */
export interface Issued {
	group: string;
	mailbox: number;
	roster: number;
	voucher: number;
}

/** Empty while the letter is open. In the order of the groups' ids. */
export async function readIssued(db: Db, letter: string): Promise<Issued[]> {
	return await db
		.selectFrom('issued')
		.select(['group_id as group', 'mailbox', 'roster', 'voucher'])
		.where('letter', '=', letter)
		.orderBy('group_id')
		.execute();
}

export async function insertIssued(trx: Transaction, letter: string, counts: readonly Issued[]): Promise<void> {
	await trx
		.insertInto('issued')
		.values(counts.map(({ group, ...count }) => ({ letter, group_id: group, ...count })))
		.execute();
}
