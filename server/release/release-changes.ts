/**
 * One organizer can replace or drop a release that others have approved, or stop it: needed when something is wrong with it, and a way to hold a letter up. Everybody
 * sees who did it; whoever does it again and again can be suspended. Proven by test/server/release/release-changes.test.ts.
 */
import type { ReleaseChangeKind } from '../../shared/api/release-change.ts';
import type { Transaction } from '../database.ts';
import { listApprovals } from '../letter/charter-store.ts';
import type { Asking } from './opening.ts';
import { insertChange } from './release-change-store.ts';
import type { DraftHead } from './release-store.ts';
import { approvalsOf } from './scheduled-release.ts';

/** Before its approvals are removed. Who only changes an own draft that nobody else has approved is not noted. */
export async function noteChange(
	trx: Transaction,
	by: Asking,
	what: ReleaseChangeKind,
	{ proposer, releaseHash }: Pick<DraftHead, 'proposer' | 'releaseHash'>,
): Promise<void> {
	const approved = await countOthers(trx, by, releaseHash);
	if (approved > 0 || proposer !== by.id) await insertChange(trx, by.letter, { organizer: by.id, what, approved });
}

export async function noteStop(trx: Transaction, by: Asking, releaseHash: string): Promise<void> {
	const approved = await countOthers(trx, by, releaseHash);
	await insertChange(trx, by.letter, { organizer: by.id, what: 'stopped', approved });
}

async function countOthers(trx: Transaction, { id, letter }: Asking, releaseHash: string): Promise<number> {
	const given = await listApprovals(trx, approvalsOf(letter, releaseHash));
	return given.filter(({ organizer }) => organizer !== id).length;
}
