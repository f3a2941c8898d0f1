import { sql } from 'kysely';
import type { MailingState } from '../../shared/api/roster.ts';
import type { Db, Transaction } from '../database.ts';

export interface MailingRow {
	id: string;
	letter: string;
	/** Of shared/mailing.ts. */
	document: string;
	/** Of the list's hash, under the host secret. */
	salt: Uint8Array;
	proposer: string;
	state: MailingState;
	/** Fingerprint of the charter under which it began. */
	over: string | null;
	turnedBy: string | null;
	sent: number;
	refused: number;
	unknown: number;
	repeated: number;
	/** In which its last part was handed to the job queue. */
	minute: Date | null;
}

export type Outcome = 'sent' | 'refused' | 'unknown' | 'repeated';

const select = (db: Db) =>
	db
		.selectFrom('roster_mailings')
		.select([
			...(['id', 'letter', 'document', 'salt', 'proposer', 'state', 'over', 'turned_by as turnedBy'] as const),
			...(['sent', 'refused', 'unknown', 'repeated', 'minute'] as const),
		]);

/** In the order of their ids, which says nothing of when. */
export async function listMailings(db: Db, letter: string): Promise<MailingRow[]> {
	return await select(db).where('letter', '=', letter).orderBy('id').execute();
}

export async function findMailing(db: Db, id: string): Promise<MailingRow | null> {
	return (await select(db).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Those that go out, or of which a mail may still be on its way. */
export async function mailingsUnderWay(db: Db): Promise<{ id: string; letter: string }[]> {
	return await db
		.selectFrom('roster_mailings')
		.select(['id', 'letter'])
		.where((where) =>
			where.or([
				where('state', '=', 'sending'),
				where('id', 'in', db.selectFrom('roster_mails').select('mailing').where('box', 'is', null)),
			]),
		)
		.execute();
}

export type NewMailing = Pick<MailingRow, 'id' | 'letter' | 'document' | 'salt' | 'proposer'>;

export async function insertMailing(trx: Transaction, mailing: NewMailing): Promise<void> {
	await trx
		.insertInto('roster_mailings')
		.values({ ...mailing, state: 'proposed' })
		.execute();
}

export interface NewMail {
	id: string;
	box: Uint8Array;
}

/** As many at a time as a statement has room for. */
const slice = 1_000;

/** In the order given: it is to be a random one. */
export async function insertMails(
	trx: Transaction,
	of: { letter: string; mailing: string },
	mails: readonly NewMail[],
): Promise<void> {
	for (let from = 0; from < mails.length; from += slice) {
		const values = mails.slice(from, from + slice).map((mail) => ({ ...of, ...mail }));
		await trx.insertInto('roster_mails').values(values).execute();
	}
}

export type MailingChange = Partial<Pick<MailingRow, 'state' | 'over' | 'turnedBy' | 'minute'>>;

export async function setMailing(trx: Transaction, id: string, { turnedBy, ...change }: MailingChange): Promise<void> {
	const values = turnedBy === undefined ? change : { ...change, turned_by: turnedBy };
	await trx.updateTable('roster_mailings').set(values).where('id', '=', id).execute();
}

export async function countOutcome(trx: Transaction, id: string, outcome: Outcome, by = 1): Promise<void> {
	await trx
		.updateTable('roster_mailings')
		.set((of) => ({ [outcome]: of(outcome, '+', by) }))
		.where('id', '=', id)
		.execute();
}

/** At random: those that have to wait, or are refused again and again, keep no others waiting. */
export async function pickMails(trx: Transaction, mailing: string, now: Date, most: number): Promise<string[]> {
	const found = await trx
		.selectFrom('roster_mails')
		.select('id')
		.where('mailing', '=', mailing)
		.where('box', 'is not', null)
		.where((where) => where.or([where('after', 'is', null), where('after', '<=', now)]))
		.orderBy(sql`gen_random_uuid()`)
		.limit(most)
		.execute();
	return found.map(({ id }) => id);
}

export interface TakenMail {
	box: Uint8Array;
	/** How often the relay said "later". */
	tries: number;
}

/** From here on nothing that is kept says whom it is for. @returns null for one that was taken before */
export async function takeMail(trx: Transaction, id: string, now: Date): Promise<TakenMail | null> {
	const row = await trx
		.selectFrom('roster_mails')
		.select(['box', 'tries'])
		.where('id', '=', id)
		.where('box', 'is not', null)
		.forUpdate()
		.executeTakeFirst();
	if (!row?.box) return null;
	await trx.updateTable('roster_mails').set({ box: null, taken_at: now }).where('id', '=', id).execute();
	return { box: row.box, tries: row.tries };
}

/** The relay has certainly not taken it: it waits again. */
export async function putBack(
	trx: Transaction,
	id: string,
	{ box, tries, after }: TakenMail & { after: Date | null },
): Promise<void> {
	await trx
		.updateTable('roster_mails')
		.set({ box, tries, after, taken_at: null })
		.where('id', '=', id)
		.where('box', 'is', null)
		.execute();
}

/** @returns whether it was still there: with the letter closed, or given up as lost meanwhile, it is not */
export async function deleteMail(trx: Transaction, id: string): Promise<boolean> {
	const { numDeletedRows } = await trx.deleteFrom('roster_mails').where('id', '=', id).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Taken so long ago that whoever took them has died. @returns how many */
export async function deleteLost(trx: Transaction, mailing: string, before: Date): Promise<number> {
	const { numDeletedRows } = await trx
		.deleteFrom('roster_mails')
		.where('mailing', '=', mailing)
		.where('taken_at', '<=', before)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/** Those that nobody has taken. */
export async function deleteWaiting(trx: Transaction, mailing: string): Promise<void> {
	await trx.deleteFrom('roster_mails').where('mailing', '=', mailing).where('box', 'is not', null).execute();
}

export async function hasMails(trx: Transaction, mailing: string): Promise<boolean> {
	const row = await trx.selectFrom('roster_mails').select('id').where('mailing', '=', mailing).limit(1).execute();
	return row.length > 0;
}

/** On leaving `open`: nothing of it stays, not even that there was one. */
export async function deleteMailings(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('roster_mails').where('letter', '=', letter).execute();
	await trx.deleteFrom('roster_mailings').where('letter', '=', letter).execute();
}
