import type { Db, Transaction } from '../database.ts';

export interface TestNameRow {
	organizer: string;
	/** Whose browser sealed it. */
	sealer: string;
	sealed: string;
	answer: Uint8Array;
	opened: boolean;
}

/** In the order of the organizers' ids. */
export async function listTestNames(db: Db, letter: string): Promise<TestNameRow[]> {
	return db
		.selectFrom('test_names')
		.select(['organizer', 'sealer', 'sealed', 'answer', 'opened'])
		.where('letter', '=', letter)
		.orderBy('organizer')
		.execute();
}

/** In place of the one before, unless that one was opened. */
export async function putTestName(
	trx: Transaction,
	letter: string,
	{ organizer, sealer, sealed, answer }: Omit<TestNameRow, 'opened'>,
): Promise<void> {
	await trx
		.insertInto('test_names')
		.values({ letter, organizer, sealer, sealed, answer })
		.onConflict((conflict) =>
			conflict.column('organizer').doUpdateSet({ sealer, sealed, answer }).where('test_names.opened', '=', false),
		)
		.execute();
}

export async function setOpened(trx: Transaction, organizer: string): Promise<void> {
	await trx.updateTable('test_names').set({ opened: true }).where('organizer', '=', organizer).execute();
}

export async function removeTestNameOf(trx: Transaction, organizer: string): Promise<void> {
	await trx.deleteFrom('test_names').where('organizer', '=', organizer).execute();
}

export async function removeTestNames(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('test_names').where('letter', '=', letter).execute();
}
