import type { Db, Transaction } from '../database.ts';

export interface Invitation {
	id: string;
	/** Null: an invitation to start a letter. */
	letter: string | null;
	note: string;
	expiresAt: Date;
}

export async function insertInvitation(db: Db, hash: Uint8Array, invitation: Invitation): Promise<void> {
	const { expiresAt, ...rest } = invitation;
	await db
		.insertInto('invitations')
		.values({ hash, ...rest, expires_at: expiresAt })
		.execute();
}

export async function findInvitation(db: Db, hash: Uint8Array, now: Date): Promise<Invitation | undefined> {
	return db
		.selectFrom('invitations')
		.select(['id', 'letter', 'note', 'expires_at as expiresAt'])
		.where('hash', '=', hash)
		.where('expires_at', '>', now)
		.executeTakeFirst();
}

/** Deletes it, so that of two who use it at once one alone gets in. @returns whether it was still there */
export async function takeInvitation(trx: Transaction, hash: Uint8Array, now: Date): Promise<boolean> {
	const taken = await trx
		.deleteFrom('invitations')
		.where('hash', '=', hash)
		.where('expires_at', '>', now)
		.returning('id')
		.executeTakeFirst();
	return taken !== undefined;
}

export async function listInvitations(db: Db, letter: string, now: Date): Promise<Invitation[]> {
	return db
		.selectFrom('invitations')
		.select(['id', 'letter', 'note', 'expires_at as expiresAt'])
		.where('letter', '=', letter)
		.where('expires_at', '>', now)
		.orderBy('expires_at')
		.execute();
}

/** @returns whether there was one of this letter */
export async function removeInvitation(db: Db, letter: string, id: string): Promise<boolean> {
	const removed = await db
		.deleteFrom('invitations')
		.where('letter', '=', letter)
		.where('id', '=', id)
		.executeTakeFirst();
	return removed.numDeletedRows === 1n;
}

export async function removeInvitationsOf(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('invitations').where('letter', '=', letter).execute();
}

/** Those to start a letter that bear this note. */
export async function removeStartInvitations(db: Db, note: string): Promise<void> {
	await db.deleteFrom('invitations').where('letter', 'is', null).where('note', '=', note).execute();
}
