import type { Db } from '../database.ts';
import type { Organizer } from './organizer-store.ts';

export async function insertSession(db: Db, hash: Uint8Array, organizer: string, expiresAt: Date): Promise<void> {
	await db.insertInto('sessions').values({ hash, organizer, expires_at: expiresAt }).execute();
}

/** None of a suspended organizer, also where one was opened at the same moment. */
export async function findSession(db: Db, hash: Uint8Array, now: Date): Promise<Organizer | undefined> {
	return db
		.selectFrom('sessions')
		.innerJoin('organizers', 'organizers.id', 'sessions.organizer')
		.select(['organizers.id', 'organizers.letter', 'name', 'key', 'sealing'])
		.where('hash', '=', hash)
		.where('expires_at', '>', now)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('suspensions')
						.select('turn')
						.whereRef('suspensions.organizer', '=', 'organizers.id')
						.where('suspended', '=', true),
				),
			),
		)
		.executeTakeFirst();
}

export async function deleteSession(db: Db, hash: Uint8Array): Promise<void> {
	await db.deleteFrom('sessions').where('hash', '=', hash).execute();
}

export async function deleteSessionsOf(db: Db, organizer: string): Promise<void> {
	await db.deleteFrom('sessions').where('organizer', '=', organizer).execute();
}

export async function insertChallenge(db: Db, challenge: string, purpose: string, expiresAt: Date): Promise<void> {
	await db.insertInto('challenges').values({ challenge, purpose, expires_at: expiresAt }).execute();
}

/** Deletes it. @returns whether it was there, for this purpose, and not too old */
export async function takeChallenge(db: Db, challenge: string, purpose: string, now: Date): Promise<boolean> {
	const taken = await db
		.deleteFrom('challenges')
		.where('challenge', '=', challenge)
		.where('purpose', '=', purpose)
		.returning('expires_at')
		.executeTakeFirst();
	return taken !== undefined && taken.expires_at > now;
}

export async function deleteExpired(db: Db, now: Date): Promise<void> {
	for (const table of ['sessions', 'challenges', 'invitations'] as const) {
		await db.deleteFrom(table).where('expires_at', '<=', now).execute();
	}
}
