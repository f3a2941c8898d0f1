/**
 * What the desk remembers of who did what goes 30 days after the release, except approvals, which are part of what was released. What says
 * it, and where it ends:
 *
 * - voucher_batches, links (notes, by whom, and those that are revoked), day_sheets, posts and late_strikes (proposers of what is agreed), organizers (who used a stop, who compared): here;
 * - draft_versions, test_names, test_mails: when the letter opens; roster_mailings: when it closes;
 * - contributions, strikes, release_drafts, release_changes (of amendments, too), embargo_links (for whom, by whom): at the release;
 * - sessions, challenges, invitations: by themselves, within hours or days.
 *
 * Organizers, their passkeys and whose desk is closed stay as long as the desk does. Proven by test/server/letter/forget.test.ts, which finds
 * every column that names an organizer.
 */
import type { Deps } from '../deps.ts';
import { deleteBatches, lettersWithBatches } from '../employment/voucher-store.ts';
import { deleteDeeds, lettersWithDeeds, releasedBefore } from './deed-store.ts';
import { forEachLetter } from './each-letter.ts';
import { lockLetter } from './letter-store.ts';

const REMEMBERED_DAYS = 30;

/** Due: letters that were released so long ago. What is agreed after that is forgotten at the next run. */
export async function forgetDeeds(deps: Deps, now: Date): Promise<void> {
	const before = new Date(now.getTime() - REMEMBERED_DAYS * 86_400_000);
	const batches = await releasedBefore(deps.db, await lettersWithBatches(deps.db), before);
	const letters = new Set([...batches, ...(await lettersWithDeeds(deps.db, before))]);
	await forEachLetter([...letters], async (id) => {
		await deps.db.transaction().execute(async (trx) => {
			await lockLetter(trx, id);
			await deleteBatches(trx, id);
			await deleteDeeds(trx, id);
		});
	});
}
