import type { Db, Transaction } from '../database.ts';

/** Released before then, and something in the tables of letters and posts still says who did what. */
export async function lettersWithDeeds(db: Db, before: Date): Promise<string[]> {
	const letters = await db
		.selectFrom('letters')
		.select('id')
		.where('state', '=', 'released')
		.where('release_at', '<=', before)
		.where(({ or, exists, selectFrom }) =>
			or([
				exists(selectFrom('day_sheets').select('version').whereRef('day_sheets.letter', '=', 'letters.id')),
				exists(
					selectFrom('links')
						.select('note')
						.whereRef('links.letter', '=', 'letters.id')
						.where(({ or, eb }) =>
							or([eb('note', '!=', ''), eb('created_by', 'is not', null), eb('revoked', '=', true)]),
						),
				),
				exists(
					selectFrom('posts')
						.select('subject')
						.whereRef('posts.letter', '=', 'letters.id')
						.where('number', 'is not', null)
						.where('proposer', 'is not', null),
				),
				exists(
					selectFrom('late_strikes')
						.select('digest')
						.whereRef('late_strikes.letter', '=', 'letters.id')
						.where('agreed', '=', true)
						.where('proposer', 'is not', null),
				),
				exists(
					selectFrom('organizers')
						.select('organizers.id')
						.whereRef('organizers.letter', '=', 'letters.id')
						.where(({ or, eb }) => or([eb('stop_used', '=', true), eb('compared', 'is not', null)])),
				),
			]),
		)
		.execute();
	return letters.map(({ id }) => id);
}

/** Of these letters, those that were released before then. */
export async function releasedBefore(db: Db, letters: readonly string[], before: Date): Promise<string[]> {
	if (letters.length === 0) return [];
	const released = await db
		.selectFrom('letters')
		.select('id')
		.where('id', 'in', letters)
		.where('state', '=', 'released')
		.where('release_at', '<=', before)
		.execute();
	return released.map(({ id }) => id);
}

/** What waits for approvals keeps who proposed it, until it is agreed or taken back. */
export async function deleteDeeds(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('day_sheets').where('letter', '=', letter).execute();
	// A revoked one says nothing any more, and one that is not there is told the same.
	await trx.deleteFrom('links').where('letter', '=', letter).where('revoked', '=', true).execute();
	await trx.updateTable('links').set({ note: '', created_by: null }).where('letter', '=', letter).execute();
	await trx
		.updateTable('posts')
		.set({ proposer: null })
		.where('letter', '=', letter)
		.where('number', 'is not', null)
		.execute();
	await trx
		.updateTable('late_strikes')
		.set({ proposer: null })
		.where('letter', '=', letter)
		.where('agreed', '=', true)
		.execute();
	await trx.updateTable('organizers').set({ stop_used: false, compared: null }).where('letter', '=', letter).execute();
}
