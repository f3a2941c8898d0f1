import type { Db, Transaction } from '../database.ts';

/** An organizer of one letter. A person who organizes two letters is two of these. */
export interface Organizer {
	id: string;
	letter: string;
	name: string;
	/** Ed25519 and X25519 public keys, raw, b64u, as they stand in the charter. */
	key: string;
	sealing: string;
}

export interface OrganizerOnDesk extends Organizer {
	passkey: boolean;
	wordsChecked: boolean;
	stopUsed: boolean;
	/** Fingerprint of the charter that they compared last, b64u. */
	compared: string | null;
}

export async function insertOrganizer(trx: Transaction, organizer: Organizer): Promise<void> {
	await trx.insertInto('organizers').values(organizer).execute();
}

/** By name, so that the order says nothing about who came when; the charter keeps this order. */
export async function listOrganizers(db: Db, letter: string): Promise<OrganizerOnDesk[]> {
	const rows = await db
		.selectFrom('organizers')
		.select(['id', 'letter', 'name', 'key', 'sealing', 'words_checked as wordsChecked', 'stop_used as stopUsed'])
		.select('compared')
		.select((select) =>
			select
				.exists(select.selectFrom('passkeys').select('id').whereRef('passkeys.organizer', '=', 'organizers.id'))
				.as('passkey'),
		)
		.where('letter', '=', letter)
		.execute();
	const rank = ({ name, id }: Organizer) => `${name}\0${id}`;
	return rows
		.map((row) => ({ ...row, passkey: Boolean(row.passkey) }))
		.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

export async function findOrganizerByKey(db: Db, key: string): Promise<Organizer | undefined> {
	return db
		.selectFrom('organizers')
		.select(['id', 'letter', 'name', 'key', 'sealing'])
		.where('key', '=', key)
		.executeTakeFirst();
}

export async function anyOrganizer(db: Db): Promise<boolean> {
	return (await db.selectFrom('organizers').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function markWordsChecked(db: Db, id: string): Promise<void> {
	await db.updateTable('organizers').set({ words_checked: true }).where('id', '=', id).execute();
}

export async function setCompared(trx: Transaction, id: string, fingerprint: string): Promise<void> {
	await trx.updateTable('organizers').set({ compared: fingerprint }).where('id', '=', id).execute();
}

/** With every way to log in and every session. @returns whether there was one of this letter */
export async function removeOrganizer(trx: Transaction, letter: string, id: string): Promise<boolean> {
	const removed = await trx
		.deleteFrom('organizers')
		.where('letter', '=', letter)
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (!removed) return false;
	await trx.deleteFrom('passkeys').where('organizer', '=', id).execute();
	await trx.deleteFrom('sessions').where('organizer', '=', id).execute();
	return true;
}
