import type { Db, Transaction } from '../database.ts';
import type { LetterRow } from '../letter/letter-store.ts';

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

/** A letter as the lock to sign it found it, with what a mailbox has there. */
type Letter = Pick<LetterRow, 'state' | 'closesAt'>;

/** How many of a mailbox are still good; those of one mailbox come one after the other under its lock. @returns null without such a letter */
export async function countLive(
	trx: Transaction,
	letter: string,
	tag: Uint8Array,
	now: Date,
): Promise<(Letter & { live: number }) | null> {
	const row = await trx
		.selectFrom('letters')
		.select(['state', 'closes_at as closesAt'])
		.select((select) =>
			select
				.selectFrom('confirmations')
				.select((select) => select.fn.countAll<number>().as('count'))
				.where('letter', '=', letter)
				.where('tag', '=', tag)
				.where('expires_hour', '>', now)
				.$asScalar()
				.$notNull()
				.as('live'),
		)
		.where('id', '=', letter)
		.executeTakeFirst();
	return row ?? null;
}

/** What a confirmation is checked against. `proved`: H(request) of the mailbox that proved, null before. */
export interface ConfirmationFound {
	letter: Letter;
	/** Null once it was purged. */
	confirmation: ConfirmationRow | null;
	proved: Uint8Array | null;
}

/** Under the mailbox's lock: guesses that come at the same time are counted one after the other. @returns null without such a letter */
export async function findLocked(trx: Transaction, letter: string, id: string): Promise<ConfirmationFound | null> {
	const row = await trx
		.selectFrom('letters')
		.leftJoin('confirmations as c', (join) => join.onRef('c.letter', '=', 'letters.id').on('c.id', '=', id))
		.leftJoin('mailboxes as m', (join) => join.onRef('m.letter', '=', 'c.letter').onRef('m.tag', '=', 'c.tag'))
		.select(['letters.state', 'letters.closes_at as closesAt', 'm.request as proved'])
		.select(['c.id', 'c.letter', 'c.group_id as group', 'c.tag', 'c.code', 'c.link', 'c.tries', 'c.spent'])
		.select('c.expires_hour as expiresHour')
		.where('letters.id', '=', letter)
		.executeTakeFirst();
	if (!row) return null;
	const { state, closesAt, proved, ...confirmation } = row;
	return { letter: { state, closesAt }, confirmation: isWhole(confirmation) ? confirmation : null, proved };
}

const isWhole = (row: { [Key in keyof ConfirmationRow]: ConfirmationRow[Key] | null }): row is ConfirmationRow =>
	row.id !== null;

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
