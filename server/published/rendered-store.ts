import { sql } from 'kysely';
import type { LetterState } from '../../shared/api/signing.ts';
import type { Db, Transaction } from '../database.ts';
import type { Listing } from './render-program.ts';

/** How far the files of a letter are behind it. */
export interface Revision {
	state: LetterState;
	/** Raised by every change that its files must follow. */
	revision: number;
	/** The one that is published; -1 for none. */
	rendered: number;
	/** Names the build that rendered it. */
	renderedBy: string | null;
}

export async function readRevision(db: Db, letter: string): Promise<Revision> {
	return db
		.selectFrom('letters')
		.select(['state', 'revision', 'rendered', 'rendered_by as renderedBy'])
		.where('id', '=', letter)
		.executeTakeFirstOrThrow();
}

export async function raiseRevision(trx: Transaction, letter: string): Promise<void> {
	await trx
		.updateTable('letters')
		.set((set) => ({ revision: set('revision', '+', 1) }))
		.where('id', '=', letter)
		.execute();
}

export async function releasedRevisions(db: Db): Promise<({ letter: string } & Revision)[]> {
	return db
		.selectFrom('letters')
		.select(['id as letter', 'state', 'revision', 'rendered', 'rendered_by as renderedBy'])
		.where('state', '=', 'released')
		.execute();
}

/**
 * The files of one letter are stored by one at a time, until the end of the transaction. Not the letter's own lock: whoever withdraws meanwhile does not wait for
 * a hundred thousand names to be written.
 */
export async function lockFiles(trx: Transaction, letter: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtext(${`published ${letter}`}))`.execute(trx);
}

/** Also puts the letter on the host's front page, or takes it off, as it was chosen. */
export async function setRendered(
	trx: Transaction,
	letter: string,
	by: { revision: number; build: string },
	listing: Listing,
): Promise<void> {
	const { listed } = await trx
		.updateTable('letters')
		.set({ rendered: by.revision, rendered_by: by.build })
		.where('id', '=', letter)
		.returning('listed')
		.executeTakeFirstOrThrow();
	await trx.deleteFrom('listings').where('letter', '=', letter).execute();
	const { releasedAt, ...shown } = listing;
	if (!listed) return;
	await trx
		.insertInto('listings')
		.values({ letter, ...shown, released_at: releasedAt })
		.execute();
}
