import type { Transaction } from '../database.ts';
import { rewriteInRandomOrder } from '../tick-store.ts';

/** Who was struck and which outlets had links are erased at the release, too. */
const tables = [
	...(['contributions', 'strikes', 'release_drafts', 'scheduled_releases'] as const),
	...(['staged', 'embargo_links', 'deliveries'] as const),
] as const;

/**
 * After a stop, a release or the end of a letter: what was sealed for the opening is deleted, and leaves the disk with the old tables. What the
 * host secret or the organizers' keys could still open would otherwise stay in dead rows. Proven by test/server/tick.test.ts.
 */
export async function rewriteOpenings(trx: Transaction): Promise<void> {
	for (const table of tables) await rewriteInRandomOrder(trx, table);
}
