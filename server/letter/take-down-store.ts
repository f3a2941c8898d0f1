import type { TakeDownView } from '../../shared/api/take-down.ts';
import type { Db, Transaction } from '../database.ts';

export type Why = Pick<TakeDownView, 'ordered' | 'authority'>;

/** One that stands, as everybody is told of it. */
export interface Standing extends Why {
	day: string;
	erased: boolean;
}

/** For conditions of other queries: the letters that are not shown. */
export const takenDown = (db: Db) => db.selectFrom('take_downs').select('letter').where('put_back_on', 'is', null);

export async function findStandingBySlug(db: Db, slug: string): Promise<Standing | null> {
	return (await selectStanding(db).where('slug', '=', slug).executeTakeFirst()) ?? null;
}

export async function findStanding(db: Db, letter: string): Promise<Standing | null> {
	return (await selectStanding(db).where('letter', '=', letter).executeTakeFirst()) ?? null;
}

const selectStanding = (db: Db) =>
	db.selectFrom('take_downs').select(['day', 'ordered', 'authority', 'erased']).where('put_back_on', 'is', null);

/** The oldest first. */
export async function listTakeDowns(db: Db, letter: string): Promise<TakeDownView[]> {
	return db
		.selectFrom('take_downs')
		.select(['day', 'ordered', 'authority', 'put_back_on as putBackOn'])
		.where('letter', '=', letter)
		.orderBy('number')
		.execute();
}

export async function findReleased(db: Db, slug: string): Promise<string | null> {
	const letter = db.selectFrom('letters').select('id').where('slug', '=', slug).where('state', '=', 'released');
	return (await letter.executeTakeFirst())?.id ?? null;
}

export async function insertTakeDown(
	trx: Transaction,
	of: { letter: string; slug: string },
	day: string,
	why: Why,
): Promise<void> {
	const number = (await listTakeDowns(trx, of.letter)).length + 1;
	const values = { ...of, ...why, number, day, erased: false, put_back_on: null };
	await trx.insertInto('take_downs').values(values).execute();
}

/** Of the one that stands. */
export async function changeStanding(
	trx: Transaction,
	letter: string,
	to: Why | { erased: true } | { put_back_on: string },
): Promise<void> {
	await trx.updateTable('take_downs').set(to).where('letter', '=', letter).where('put_back_on', 'is', null).execute();
}

/** After an erasure: the address goes on saying that the letter was taken down, and is nobody else's. */
export async function keepSlug(trx: Transaction, letter: string, slug: string): Promise<void> {
	await trx.updateTable('letters').set({ slug }).where('id', '=', letter).execute();
}
