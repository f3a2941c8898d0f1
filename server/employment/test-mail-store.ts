import type { Db, Transaction } from '../database.ts';

/** A code that an organizer sent to a work inbox, to see whether it arrives. */
export interface TestMailRow {
	id: string;
	letter: string;
	organizer: string;
	domain: string;
	/** Keyed hash of the address. */
	mailbox: Uint8Array;
	/** Keyed hash. */
	code: Uint8Array;
	/** Wrong codes so far. */
	tries: number;
	reached: boolean;
	expiresHour: Date;
}

const select = (db: Db) =>
	db
		.selectFrom('test_mails')
		.select([
			...(['id', 'letter', 'organizer', 'domain', 'mailbox', 'code', 'tries', 'reached'] as const),
			'expires_hour as expiresHour',
		]);

export async function listTestMails(db: Db, letter: string): Promise<TestMailRow[]> {
	return select(db).where('letter', '=', letter).execute();
}

/** One's own alone. */
export async function findTestMail(trx: Transaction, organizer: string, id: string): Promise<TestMailRow | null> {
	return (await select(trx).where('id', '=', id).where('organizer', '=', organizer).executeTakeFirst()) ?? null;
}

export async function insertTestMail(trx: Transaction, row: Omit<TestMailRow, 'tries' | 'reached'>): Promise<void> {
	const { expiresHour, ...values } = row;
	await trx
		.insertInto('test_mails')
		.values({ ...values, expires_hour: expiresHour })
		.execute();
}

export async function setTestTries(trx: Transaction, id: string, tries: number): Promise<void> {
	await trx.updateTable('test_mails').set({ tries }).where('id', '=', id).execute();
}

export async function setReached(trx: Transaction, id: string): Promise<void> {
	await trx.updateTable('test_mails').set({ reached: true }).where('id', '=', id).execute();
}

/** Those that reached nobody; the others stay until the letter opens. */
export async function deleteExpiredTests(db: Db, now: Date): Promise<void> {
	await db.deleteFrom('test_mails').where('reached', '=', false).where('expires_hour', '<=', now).execute();
}

export async function deleteTestMails(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('test_mails').where('letter', '=', letter).execute();
}
