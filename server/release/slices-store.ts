import type { Db } from '../database.ts';

/** What came in with one request, stored while it comes. */
export interface PileOf {
	letter: string;
	pile: string;
}

export interface Slice<Box> extends PileOf {
	/** Counts from 0. */
	slice: number;
	box: Box;
	/** Then it goes, unless its pile belongs to a draft or to a scheduled release. */
	expiresAt: Date;
}

/** Where the slices are, and whose row names the pile that it has. */
interface Tables {
	slices: 'draft_slices' | 'scheduled_slices';
	owners: 'release_drafts' | 'scheduled_releases';
}

/** Something large of a letter, which the server reads and writes slice by slice. */
class Slices<Box extends string | Uint8Array> {
	readonly #slices: Tables['slices'];
	readonly #owners: Tables['owners'];

	constructor({ slices, owners }: Tables) {
		this.#slices = slices;
		this.#owners = owners;
	}

	async insert(db: Db, { expiresAt: expires_at, ...slice }: Slice<Box>): Promise<void> {
		await db
			.insertInto(this.#slices)
			.values({ ...slice, expires_at })
			.execute();
	}

	async find(db: Db, { letter, pile }: PileOf, slice: number): Promise<Box | null> {
		const row = await db
			.selectFrom(this.#slices)
			.select('box')
			.where('letter', '=', letter)
			.where('pile', '=', pile)
			.where('slice', '=', slice)
			.executeTakeFirst();
		// Each table has boxes of one kind.
		return (row?.box ?? null) as Box | null;
	}

	async count(db: Db, { letter, pile }: PileOf): Promise<number> {
		const { count } = await db
			.selectFrom(this.#slices)
			.select((of) => of.fn.countAll<number>().as('count'))
			.where('letter', '=', letter)
			.where('pile', '=', pile)
			.executeTakeFirstOrThrow();
		return count;
	}

	/** All of one pile. Behind the letter's lock, where it may have an owner. */
	async delete(db: Db, { letter, pile }: PileOf): Promise<void> {
		await db.deleteFrom(this.#slices).where('letter', '=', letter).where('pile', '=', pile).execute();
	}

	/** Uploads of which nothing came, and that a server which died has left. */
	async deleteStray(db: Db, now: Date): Promise<void> {
		await db
			.deleteFrom(this.#slices)
			.where('expires_at', '<=', now)
			.where('pile', 'not in', (of) =>
				of.selectFrom(this.#owners).select('pile').where('pile', 'is not', null).$castTo<{ pile: string }>(),
			)
			.execute();
	}
}

/** Of draft releases: base64url of their sealed boxes, as they travel. */
export const draftSlices = new Slices<string>({ slices: 'draft_slices', owners: 'release_drafts' });
/** Of scheduled releases. Who reads the table can open none: the key is with the scheduled release, if one came of it. */
export const scheduledSlices = new Slices<Uint8Array>({ slices: 'scheduled_slices', owners: 'scheduled_releases' });
