/**
 * The sealed box of a draft release, in slices that are stored while they come in and read one by one: proven by test/server/release/draft.test.ts. The server can open none of it.
 */
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { id } from '../platform/random.ts';
import { spent } from '../platform/spent-buffers.ts';
import { keptUntil } from './in-slices.ts';
import { findDraft, findDraftBox } from './release-store.ts';
import { draftSlices } from './slices-store.ts';

/** A box that comes in. */
export class DraftPile {
	readonly id = id();
	readonly #letter: string;
	#slices = 0;

	constructor(letter: string) {
		this.#letter = letter;
	}

	/** Stores all of it. */
	async keep(db: Db, box: AsyncIterable<string>, now: Date): Promise<void> {
		const of = { letter: this.#letter, pile: this.id, expiresAt: keptUntil(now) };
		for await (const slice of box) {
			await draftSlices.insert(db, { ...of, slice: this.#slices++, box: slice });
			spent(slice);
		}
	}

	/** Whether it is in the database (still). */
	async isWhole(trx: Transaction): Promise<boolean> {
		return (await draftSlices.count(trx, { letter: this.#letter, pile: this.id })) === this.#slices;
	}

	/** What is left of an upload that came to nothing. Behind the lock, since a transaction whose answer was lost may be proposing it at this very moment. */
	async dropUnlessProposed(db: Db): Promise<void> {
		if (this.#slices === 0) return;
		await db.transaction().execute(async (trx) => {
			await lockLetter(trx, this.#letter);
			const of = { letter: this.#letter, pile: this.id };
			if ((await findDraft(trx, of.letter))?.pile !== of.pile) await draftSlices.delete(trx, of);
		});
	}
}

const gone = (): Error => new Error('the draft that was being read is not there any more');

/** A draft's box, in pieces. Ends with an error where it was replaced or dropped meanwhile, never as a box that is cut off or empty: it is asked for again. */
export async function* readDraftBox(
	db: Db,
	{ letter, pile }: { letter: string; pile: string | null },
): AsyncGenerator<string> {
	if (pile === null) {
		const box = await findDraftBox(db, letter);
		// Of one that came after it the row's is empty.
		if (!box) throw gone();
		yield box;
		return;
	}
	const slices = await draftSlices.count(db, { letter, pile });
	if (slices === 0) throw gone();
	for (let at = 0; at < slices; at++) {
		const slice = await draftSlices.find(db, { letter, pile }, at);
		if (slice === null) throw gone();
		yield slice;
		spent(slice);
	}
}

/** Due: what came and was not proposed, where a server died before it could drop it. */
export async function forgetStrayDrafts({ db }: Deps, now: Date): Promise<void> {
	await draftSlices.deleteStray(db, now);
}
