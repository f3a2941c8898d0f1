import type { Db, Transaction } from '../database.ts';
import { Problem } from '../platform/errors.ts';

export interface SuspensionRow {
	organizer: string;
	/** Counts what was decided about this organizer, from 1: odd ones suspended, even ones lifted it. */
	turn: number;
	suspended: boolean;
}

/** Of organizers about whom something was decided. */
export async function listSuspensions(db: Db, letter: string): Promise<SuspensionRow[]> {
	return db
		.selectFrom('suspensions')
		.select(['organizer', 'turn', 'suspended'])
		.where('letter', '=', letter)
		.orderBy('organizer')
		.execute();
}

export async function isSuspended(db: Db, organizer: string): Promise<boolean> {
	const row = await db
		.selectFrom('suspensions')
		.select('organizer')
		.where('organizer', '=', organizer)
		.where('suspended', '=', true)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Behind the letter's lock, for what an organizer asked: their session was looked at before a body came in that may have taken minutes. Proven by test/server/release/large-bodies.test.ts.
 * @throws Problem `not-signed-in`
 */
export async function requireNotSuspended(trx: Transaction, organizer: string): Promise<void> {
	if (await isSuspended(trx, organizer)) throw new Problem('not-signed-in');
}

export async function saveSuspension(trx: Transaction, letter: string, row: SuspensionRow): Promise<void> {
	const { turn, suspended } = row;
	await trx
		.insertInto('suspensions')
		.values({ letter, ...row })
		.onConflict((conflict) => conflict.columns(['letter', 'organizer']).doUpdateSet({ turn, suspended }))
		.execute();
}

/** Wherever the organizer is logged in. */
export async function endSessions(trx: Transaction, organizer: string): Promise<void> {
	await trx.deleteFrom('sessions').where('organizer', '=', organizer).execute();
}
