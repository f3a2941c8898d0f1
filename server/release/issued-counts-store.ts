import type { Db } from '../database.ts';

/** Exact counts of what was issued, which employment/ wrote on leaving `open`: all that a release learns of proofs, and in a file of its own, since no query names signatures beside it. */
export interface IssuedRow {
	group: string;
	mailbox: number;
	roster: number;
	voucher: number;
}

export async function readIssuedCounts(db: Db, letter: string): Promise<IssuedRow[]> {
	return await db
		.selectFrom('issued')
		.select(['group_id as group', 'mailbox', 'roster', 'voucher'])
		.where('letter', '=', letter)
		.execute();
}
