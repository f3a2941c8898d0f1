import type { ReleaseChangeView } from '../../shared/api/release-change.ts';
import type { Db, Transaction } from '../database.ts';

/** So many of a letter are kept. */
const KEPT = 50;

/** Under the letter's lock. */
export async function insertChange(trx: Transaction, letter: string, change: ReleaseChangeView): Promise<void> {
	const { last } = await trx
		.selectFrom('release_changes')
		.select((of) => of.fn.max('number').as('last'))
		.where('letter', '=', letter)
		.executeTakeFirstOrThrow();
	const number = (last ?? 0) + 1;
	await trx
		.insertInto('release_changes')
		.values({ letter, number, ...change })
		.execute();
	await trx
		.deleteFrom('release_changes')
		.where('letter', '=', letter)
		.where('number', '<=', number - KEPT)
		.execute();
}

/** The oldest first. */
export async function readChanges(db: Db, letter: string): Promise<ReleaseChangeView[]> {
	return db
		.selectFrom('release_changes')
		.select(['organizer', 'what', 'approved'])
		.where('letter', '=', letter)
		.orderBy('number')
		.execute();
}
