import type { Transaction } from '../database.ts';
import { rewriteInRandomOrder } from '../tick-store.ts';

/**
 * After a stop, a release or the end of a letter: what was sealed for the opening is deleted, and leaves the disk with the old tables. What the
 * host secret or the organizers' keys could still open would otherwise stay in dead rows. Proven by test/server/tick.test.ts.
 */
export async function rewriteOpenings(trx: Transaction): Promise<void> {
	for (const table of ['contributions', 'release_drafts', 'scheduled_releases', 'staged'] as const) {
		await rewriteInRandomOrder(trx, table);
	}
}
