import type { Db, Transaction } from '../database.ts';

/** A mailbox to which a code and a link went. Nothing finer than the hour in which it ends is kept. */
export interface ConfirmationRow {
	id: string;
	letter: string;
	group: string;
	tag: Uint8Array;
	code: Uint8Array;
	link: Uint8Array;
	/** Wrong codes so far. */
	tries: number;
	spent: Uint8Array | null;
	expiresHour: Date;
}

export type NewConfirmation = Omit<ConfirmationRow, 'tries' | 'spent'>;

const select = (db: Db) =>
	db
		.selectFrom('confirmations')
		.select([
			...(['id', 'letter', 'group_id as group', 'tag', 'code', 'link', 'tries', 'spent'] as const),
			'expires_hour as expiresHour',
		]);

export async function findConfirmation(db: Db, id: string): Promise<ConfirmationRow | null> {
	return (await select(db).where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function findConfirmationByLink(db: Db, link: Uint8Array): Promise<ConfirmationRow | null> {
	return (await select(db).where('link', '=', link).executeTakeFirst()) ?? null;
}

/** Guesses that come at the same time are counted one after the other. */
export async function lockConfirmation(trx: Transaction, id: string): Promise<ConfirmationRow | null> {
	return (await select(trx).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
}

/** How many of a mailbox are still good; confirmations of one letter come one after the other under the letter's lock. */
export async function countLive(trx: Transaction, letter: string, tag: Uint8Array, now: Date): Promise<number> {
	const { count } = await trx
		.selectFrom('confirmations')
		.select((select) => select.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.where('tag', '=', tag)
		.where('expires_hour', '>', now)
		.executeTakeFirstOrThrow();
	return count;
}

export async function insertConfirmation(trx: Transaction, row: NewConfirmation): Promise<void> {
	const { id, letter, group, tag, code, link, expiresHour } = row;
	await trx
		.insertInto('confirmations')
		.values({ id, letter, group_id: group, tag, code, link, expires_hour: expiresHour })
		.execute();
}

export async function setTries(trx: Transaction, id: string, tries: number): Promise<void> {
	await trx.updateTable('confirmations').set({ tries }).where('id', '=', id).execute();
}

export async function setSpent(trx: Transaction, id: string, spent: Uint8Array): Promise<void> {
	await trx.updateTable('confirmations').set({ spent }).where('id', '=', id).execute();
}

export async function deleteExpired(db: Db, now: Date): Promise<void> {
	await db.deleteFrom('confirmations').where('expires_hour', '<=', now).execute();
}

export async function deleteConfirmations(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('confirmations').where('letter', '=', letter).execute();
}
