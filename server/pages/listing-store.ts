import type { ListedLetter } from '../../shared/pages/listed-letters.ts';
import type { Db } from '../database.ts';
import { takenDown } from '../letter/take-down-store.ts';

/** Released letters whose organizers had them listed, newest first; one more than `most` tells that there are more. */
export async function listListed(db: Db, from: number, most: number): Promise<ListedLetter[]> {
	const rows = await db
		.selectFrom('listings')
		.select(['slug', 'title', 'addressees', 'language', 'signatures', 'released_at as releasedAt'])
		.where('letter', 'not in', takenDown(db))
		.orderBy('released_at', 'desc')
		.orderBy('slug')
		.offset(from)
		.limit(most)
		.execute();
	return rows.map((row) => ({ ...row, releasedAt: row.releasedAt.toISOString() }));
}
