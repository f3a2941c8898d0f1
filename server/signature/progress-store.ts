import type { Db, Transaction } from '../database.ts';
import { writtenSinceTick } from '../tick-store.ts';

/** Coarse, as of the last tick. */
export interface Progress {
	group: string;
	named: number;
	anonymous: number;
}

/** The row of the whole letter. */
const whole = '';

/** By group, for the desk: "at least". Groups without a row are below the first step. */
export async function readProgress(db: Db, letter: string): Promise<Progress[]> {
	return await db
		.selectFrom('progress')
		.select(['group_id as group', 'named', 'anonymous'])
		.where('letter', '=', letter)
		.where('group_id', '!=', whole)
		.orderBy('group_id')
		.execute();
}

/** Of the whole letter, for whoever reads it. */
export async function readAtLeast(db: Db, letter: string): Promise<{ signatures: number; named: number }> {
	const row = await db
		.selectFrom('progress')
		.select(['signatures', 'named'])
		.where('letter', '=', letter)
		.where('group_id', '=', whole)
		.executeTakeFirst();
	return row ?? { signatures: 0, named: 0 };
}

export async function openLetters(trx: Transaction): Promise<string[]> {
	const rows = await trx.selectFrom('letters').select('id').where('state', '=', 'open').execute();
	return rows.map(({ id }) => id);
}

/** Exact: never leaves a tick but through coarse(). */
export async function countStanding(trx: Transaction, letter: string, textHash: string) {
	return await trx
		.selectFrom('signatures')
		.select(['group_id as group', 'shown'])
		.select((select) => select.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.where('status', '=', 'live')
		.where('text_hash', '=', textHash)
		.groupBy(['group_id', 'shown'])
		.execute();
}

/** @param rows coarse; those of the whole letter under the empty group */
export async function replaceProgress(
	trx: Transaction,
	letter: string,
	rows: readonly (Progress & { signatures: number })[],
): Promise<void> {
	await trx.deleteFrom('progress').where('letter', '=', letter).execute();
	await trx
		.insertInto('progress')
		.values(rows.map(({ group, ...counts }) => ({ letter, group_id: group, ...counts })))
		.execute();
}

/** Coarse, in the order of the nights. */
export async function readProgressDays(db: Db, letter: string): Promise<{ day: string; signatures: number }[]> {
	return await db
		.selectFrom('progress_days')
		.select(['day', 'signatures'])
		.where('letter', '=', letter)
		.orderBy('day')
		.execute();
}

/** @param day of the nightly tick, YYYY-MM-DD. @param signatures coarse */
export async function setProgressDay(trx: Transaction, letter: string, day: string, signatures: number): Promise<void> {
	await trx
		.insertInto('progress_days')
		.values({ letter, day, signatures })
		.onConflict((conflict) => conflict.columns(['letter', 'day']).doUpdateSet({ signatures }))
		.execute();
}

/** On leaving `open`: there is nothing left to follow. */
export async function deleteProgressDays(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('progress_days').where('letter', '=', letter).execute();
}

/** Open letters of which at least so many signatures were made, changed or withdrawn since the last tick. */
export async function lettersWithNew(trx: Transaction, least: number): Promise<string[]> {
	const rows = await trx
		.selectFrom('signatures')
		.select('letter')
		.where(writtenSinceTick('signatures'))
		.where('letter', 'in', (open) => open.selectFrom('letters').select('id').where('state', '=', 'open'))
		.groupBy('letter')
		.having((having) => having.fn.countAll(), '>=', least)
		.execute();
	return rows.map(({ letter }) => letter);
}
