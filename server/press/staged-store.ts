import type { Db, Transaction } from '../database.ts';

/** One slice of a file of a scheduled release. `file` stands for its path, `box` is sealed: neither can be read in the database. */
export interface StagedSlice {
	file: Uint8Array;
	slice: number;
	box: Uint8Array;
}

/** Counts what changes in what the links show; `staged` is the count of what is prepared, -1 for nothing. */
export interface Staging {
	revision: number;
	staged: number;
}

export async function findStaging(db: Db, letter: string): Promise<Staging> {
	return db.selectFrom('letters').select(['revision', 'staged']).where('id', '=', letter).executeTakeFirstOrThrow();
}

export async function replaceStaged(
	trx: Transaction,
	letter: string,
	revision: number,
	slices: AsyncIterable<StagedSlice>,
): Promise<void> {
	await trx.deleteFrom('staged').where('letter', '=', letter).execute();
	for await (const one of slices) {
		await trx
			.insertInto('staged')
			.values({ letter, ...one })
			.execute();
	}
	await trx.updateTable('letters').set({ staged: revision }).where('id', '=', letter).execute();
}

/** @returns whether there was anything */
export async function deleteStaged(trx: Transaction, letter: string): Promise<boolean> {
	await trx.updateTable('letters').set({ staged: -1 }).where('id', '=', letter).execute();
	const { numDeletedRows } = await trx.deleteFrom('staged').where('letter', '=', letter).executeTakeFirst();
	return numDeletedRows > 0n;
}

const readers = (db: Db, now: Date) =>
	db.selectFrom('embargo_links').select('letter').where('revoked', '=', false).where('expires_at', '>', now);

/** Letters with prepared files that no link shows any more. */
export async function lettersWithoutReaders(db: Db, now: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('letters')
		.select('id')
		.where('staged', '>=', 0)
		.where('id', 'not in', readers(db, now))
		.execute();
	return rows.map(({ id }) => id);
}

/** Scheduled letters with links that show less than they should. */
export async function lettersToStage(db: Db, now: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('letters')
		.select('id')
		.where('state', '=', 'scheduled')
		.where('staged', '<', ({ ref }) => ref('revision'))
		.where('id', 'in', readers(db, now))
		.execute();
	return rows.map(({ id }) => id);
}

/** A sealed slice of the revision that is prepared; null where there is none, or another revision took its place. */
export async function findStaged(
	db: Db,
	{ letter, staged }: { letter: string; staged: number },
	file: Uint8Array,
	slice: number,
): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('staged')
		.innerJoin('letters', 'letters.id', 'staged.letter')
		.select('staged.box')
		.where('staged.letter', '=', letter)
		.where('letters.staged', '=', staged)
		.where('staged.file', '=', file)
		.where('staged.slice', '=', slice)
		.executeTakeFirst();
	return row?.box ?? null;
}
