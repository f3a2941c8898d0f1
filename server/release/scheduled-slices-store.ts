import type { Db, Transaction } from '../database.ts';

/** `pile` is all of one upload. Who reads the table can open none: the key is with the scheduled release, if one came of it. */
export interface ScheduledSlice {
	letter: string;
	pile: string;
	/** Counts from 0. */
	slice: number;
	box: Uint8Array;
	/** Then it goes, unless its pile is a scheduled release. */
	expiresAt: Date;
}

export async function insertSlice(db: Db, { expiresAt: expires_at, ...slice }: ScheduledSlice): Promise<void> {
	await db
		.insertInto('scheduled_slices')
		.values({ ...slice, expires_at })
		.execute();
}

export async function findSlice(
	db: Db,
	{ letter, pile }: Pick<ScheduledSlice, 'letter' | 'pile'>,
	slice: number,
): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('scheduled_slices')
		.select('box')
		.where('letter', '=', letter)
		.where('pile', '=', pile)
		.where('slice', '=', slice)
		.executeTakeFirst();
	return row?.box ?? null;
}

export async function countSlices(trx: Transaction, pile: string): Promise<number> {
	const { count } = await trx
		.selectFrom('scheduled_slices')
		.select((of) => of.fn.countAll<number>().as('count'))
		.where('pile', '=', pile)
		.executeTakeFirstOrThrow();
	return count;
}

export async function deletePile(db: Db, letter: string, pile: string): Promise<void> {
	await db.deleteFrom('scheduled_slices').where('letter', '=', letter).where('pile', '=', pile).execute();
}

/** Uploads of which nothing came, and that a server which died has left. */
export async function deleteStrayPiles(db: Db, now: Date): Promise<void> {
	await db
		.deleteFrom('scheduled_slices')
		.where('expires_at', '<=', now)
		.where('pile', 'not in', (of) =>
			of.selectFrom('scheduled_releases').select('pile').where('pile', 'is not', null).$castTo<{ pile: string }>(),
		)
		.execute();
}
