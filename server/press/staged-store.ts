import type { Db, Transaction } from '../database.ts';

/** One slice of a file of a scheduled release; `box` is sealed under the host secret, `length` is of the whole file, in bytes. */
export interface StagedSlice {
	path: string;
	mediaType: string;
	length: number;
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

export async function raiseRevision(trx: Transaction, letter: string): Promise<void> {
	await trx
		.updateTable('letters')
		.set((set) => ({ revision: set('revision', '+', 1) }))
		.where('id', '=', letter)
		.execute();
}

export async function replaceStaged(
	trx: Transaction,
	letter: string,
	revision: number,
	slices: readonly StagedSlice[],
): Promise<void> {
	await trx.deleteFrom('staged').where('letter', '=', letter).execute();
	for (const { path, mediaType, length, slice, box } of slices) {
		await trx.insertInto('staged').values({ letter, path, media_type: mediaType, length, slice, box }).execute();
	}
	await trx.updateTable('letters').set({ staged: revision }).where('id', '=', letter).execute();
}

/** @returns whether there was anything */
export async function deleteStaged(trx: Transaction, letter: string): Promise<boolean> {
	await trx.updateTable('letters').set({ staged: -1 }).where('id', '=', letter).execute();
	const { numDeletedRows } = await trx.deleteFrom('staged').where('letter', '=', letter).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Letters with prepared files that no link shows any more. */
export async function lettersWithoutReaders(db: Db, now: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('letters')
		.select('id')
		.where('staged', '>=', 0)
		.where((where) =>
			where.not(
				where.exists(
					where
						.selectFrom('embargo_links')
						.select('embargo_links.id')
						.whereRef('embargo_links.letter', '=', 'letters.id')
						.where('revoked', '=', false)
						.where('expires_at', '>', now),
				),
			),
		)
		.execute();
	return rows.map(({ id }) => id);
}

/** Of what is prepared as `revision`; null where there is no such slice, or another revision took its place. */
export async function findStaged(
	db: Db,
	{ letter, staged }: { letter: string; staged: number },
	path: string,
	slice: number,
): Promise<StagedSlice | null> {
	const row = await db
		.selectFrom('staged')
		.innerJoin('letters', 'letters.id', 'staged.letter')
		.select(['staged.path', 'staged.media_type as mediaType', 'staged.length', 'staged.slice', 'staged.box'])
		.where('staged.letter', '=', letter)
		.where('letters.staged', '=', staged)
		.where('staged.path', '=', path)
		.where('staged.slice', '=', slice)
		.executeTakeFirst();
	return row ?? null;
}
