import type { Db, Transaction } from '../database.ts';
import { id } from '../platform/random.ts';

/** Before the first row of a release's files is written, outside of the transaction that writes them: whatever becomes of that one, this is known. @returns names the attempt */
export async function beginWriting(db: Db, letter: string): Promise<string> {
	const attempt = id();
	await db.insertInto('unswept').values({ letter, attempt }).execute();
	return attempt;
}

/** First in the transaction that writes them: where it is undone, so is this, and while it is under way listUndone() passes over it. */
export async function endWriting(trx: Transaction, letter: string, attempt: string): Promise<void> {
	await trx.deleteFrom('unswept').where('letter', '=', letter).where('attempt', '=', attempt).execute();
}

/** Attempts that came to nothing, of letters that are not about to be written again in this minute. */
export async function listUndone(db: Db, now: Date): Promise<{ letter: string; attempt: string }[]> {
	const due = db.selectFrom('letters').select('id').where('state', '=', 'scheduled').where('release_at', '<=', now);
	const undone = db.selectFrom('unswept').selectAll().where('letter', 'not in', due);
	return undone.forUpdate().skipLocked().execute();
}
