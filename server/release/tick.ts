import type { Shuffled } from '../random-order-store.ts';

/**
 * After a stop, a release or the end of a letter: what was sealed for the opening is deleted, and leaves the disk with the old tables. What the
 * host secret or the organizers' keys could still open would otherwise stay in dead rows. Who was struck and which outlets had links are erased at the release, too.
 * Proven by test/server/tick.test.ts.
 */
export const openingTables: readonly Shuffled[] = [
	...(['contributions', 'strikes', 'release_drafts', 'scheduled_releases'] as const),
	...(['draft_slices', 'scheduled_slices', 'staged', 'embargo_links', 'deliveries'] as const),
];
