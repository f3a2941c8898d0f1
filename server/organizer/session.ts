/** Sessions: 32 random bytes in a cookie, their SHA-256 in the database, twelve hours, not longer by being used. Proven by test/server/organizer/sessions.test.ts. */
import { b64u, hash, randomBytes, utf8 } from '../../shared/bytes.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from './organizer-store.ts';
import { deleteExpired, deleteSession, deleteSessionsOf, findSession, insertSession } from './session-store.ts';

export const sessionSeconds = 12 * 3_600;

const sessionHash = (session: string): Promise<Uint8Array> => hash('undersigned/session/1', utf8(session));

/** @returns what goes into the cookie */
export async function openSession(db: Db, organizer: string, now: Date): Promise<string> {
	const session = b64u(randomBytes(32));
	await insertSession(db, await sessionHash(session), organizer, new Date(now.getTime() + sessionSeconds * 1_000));
	return session;
}

/** Ends all of an organizer's sessions, wherever they are, and opens one: for when what logs them in has changed. @returns what goes into the cookie */
export async function renewSessions(db: Db, organizer: string, now: Date): Promise<string> {
	return db.transaction().execute(async (trx) => {
		await deleteSessionsOf(trx, organizer);
		return openSession(trx, organizer, now);
	});
}

export async function closeSession(db: Db, session: string): Promise<void> {
	await deleteSession(db, await sessionHash(session));
}

export async function findOrganizerOf(deps: Deps, session: string): Promise<Organizer | undefined> {
	return findSession(deps.db, await sessionHash(session), deps.clock.now());
}

/** Due: what has ended by itself is not kept. */
export async function sweepOrganizers(deps: Deps, now: Date): Promise<void> {
	await deleteExpired(deps.db, now);
}
