import type { Db, Transaction } from '../database.ts';

/** Of a draft release, or of one that is just brought: part of its sealed box, as it travels. `pile` names the upload. */
export interface DraftSlice {
	letter: string;
	pile: string;
	/** Counts from 0. */
	slice: number;
	/** Base64url. */
	box: string;
	/** Then it goes, unless its pile is a draft. */
	expiresAt: Date;
}

export async function insertDraftSlice(db: Db, { expiresAt: expires_at, ...slice }: DraftSlice): Promise<void> {
	await db
		.insertInto('draft_slices')
		.values({ ...slice, expires_at })
		.execute();
}

export async function findDraftSlice(
	db: Db,
	{ letter, pile }: Pick<DraftSlice, 'letter' | 'pile'>,
	slice: number,
): Promise<string | null> {
	const row = await db
		.selectFrom('draft_slices')
		.select('box')
		.where('letter', '=', letter)
		.where('pile', '=', pile)
		.where('slice', '=', slice)
		.executeTakeFirst();
	return row?.box ?? null;
}

export async function countDraftSlices(db: Db, { letter, pile }: Pick<DraftSlice, 'letter' | 'pile'>): Promise<number> {
	const { count } = await db
		.selectFrom('draft_slices')
		.select((of) => of.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.where('pile', '=', pile)
		.executeTakeFirstOrThrow();
	return count;
}

/** Of an upload. Behind the letter's lock, where it may be a draft. */
export async function deleteDraftSlices(
	trx: Transaction,
	{ letter, pile }: Pick<DraftSlice, 'letter' | 'pile'>,
): Promise<void> {
	await trx.deleteFrom('draft_slices').where('letter', '=', letter).where('pile', '=', pile).execute();
}

/** Uploads of which nothing came, and that a server which died has left. */
export async function deleteStrayDrafts(db: Db, now: Date): Promise<void> {
	await db
		.deleteFrom('draft_slices')
		.where('expires_at', '<=', now)
		.where('pile', 'not in', (of) =>
			of.selectFrom('release_drafts').select('pile').where('pile', 'is not', null).$castTo<{ pile: string }>(),
		)
		.execute();
}
