import type { ReleaseChangeView } from '../../shared/api/release-change.ts';
import type { Db, Transaction } from '../database.ts';

/** So many of a letter are kept. */
const KEPT = 50;

type Change = ReleaseChangeView | { organizer: string; what: 'amendment-dropped'; approved: number };

/** Under the letter's lock. */
export async function insertChange(trx: Transaction, letter: string, change: Change): Promise<void> {
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

/** Of releases, the oldest first. */
export async function readChanges(db: Db, letter: string): Promise<ReleaseChangeView[]> {
	const changes = await db
		.selectFrom('release_changes')
		.select(['organizer', 'what', 'approved'])
		.where('letter', '=', letter)
		.orderBy('number')
		.execute();
	return changes.flatMap(({ what, ...change }) => (what === 'amendment-dropped' ? [] : [{ what, ...change }]));
}

/** The oldest first. */
export async function readAmendmentsDropped(db: Db, letter: string): Promise<Omit<ReleaseChangeView, 'what'>[]> {
	return db
		.selectFrom('release_changes')
		.select(['organizer', 'approved'])
		.where('letter', '=', letter)
		.where('what', '=', 'amendment-dropped')
		.orderBy('number')
		.execute();
}
