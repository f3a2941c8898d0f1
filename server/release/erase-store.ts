import type { Transaction } from '../database.ts';
import type { Database } from '../tables.ts';

/** All that hangs on a letter, but for its proofs: those are the employment folder's to erase. */
const ofLetter = [
	...(['charters', 'approvals', 'invitations', 'suspensions', 'day_sheets', 'test_names', 'draft_versions'] as const),
	...(['signatures', 'lost_words', 'progress', 'progress_days'] as const),
	...([
		'contributions',
		'strikes',
		'release_drafts',
		'draft_slices',
		'scheduled_releases',
		'scheduled_slices',
	] as const),
	...(['published'] as const),
	...(['release_changes', 'deliveries', 'posts', 'late_strikes', 'listings', 'embargo_links', 'staged'] as const),
] as const satisfies readonly (keyof Database)[];

/** Of what eraseLetter() empties, what no tick writes anew: that takes signatures and what served the opening. */
export const lettersOffTheTick = [
	...(['published', 'letters', 'links', 'organizers', 'passkeys', 'sessions', 'charters', 'approvals'] as const),
	...([
		'invitations',
		'suspensions',
		'day_sheets',
		'test_names',
		'draft_versions',
		'progress',
		'progress_days',
	] as const),
	...(['release_changes', 'posts', 'late_strikes', 'listings'] as const),
] as const satisfies readonly (keyof Database)[];

/** What only served the opening: contributions, strikes, drafts, the sealed release. */
export async function eraseOpening(trx: Transaction, letter: string): Promise<void> {
	for (const table of [
		'contributions',
		'lost_words',
		'strikes',
		'release_drafts',
		'draft_slices',
		'release_changes',
		'scheduled_releases',
		'scheduled_slices',
	] as const) {
		await trx.deleteFrom(table).where('letter', '=', letter).execute();
	}
}

export async function eraseRows(trx: Transaction, letter: string): Promise<void> {
	for (const table of ofLetter) await trx.deleteFrom(table).where('letter', '=', letter).execute();
}

/** Organizers with their passkeys and sessions: whoever was logged in no longer is. */
export async function eraseOrganizers(trx: Transaction, letter: string): Promise<void> {
	const ids = trx.selectFrom('organizers').select('id').where('letter', '=', letter);
	await trx.deleteFrom('sessions').where('organizer', 'in', ids).execute();
	await trx.deleteFrom('passkeys').where('organizer', 'in', ids).execute();
	await trx.deleteFrom('organizers').where('letter', '=', letter).execute();
}

/** What stays: that there was a letter, its state, and its links without notes and names, so that they can say so. */
export async function leaveTombstone(trx: Transaction, letter: string): Promise<void> {
	await trx
		.updateTable('letters')
		.set({
			...{ root: null, slug: null, draft: null },
			...{ closes_at: null, last_call_until: null, expires_on: null, release_at: null },
			...{ revision: 0, rendered: -1, rendered_by: null, staged: -1, listed: false, draft_quiet_since: null },
		})
		.where('id', '=', letter)
		.execute();
	const nobodys = { note: '', created_by: null, revoked_by: null };
	await trx.updateTable('links').set(nobodys).where('letter', '=', letter).execute();
}
