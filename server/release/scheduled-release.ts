/** The approved release while it waits for its minute: under the host secret, for its letter and its hash. */
import type { Approval } from '../../shared/approval.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listApprovals } from '../letter/charter-store.ts';
import { findScheduled } from './release-store.ts';

const SCHEDULED = 'scheduled release';

const contextOf = (letter: string, releaseHash: string): string => `${letter} ${releaseHash}`;

/** What M organizers approve when they approve this release. */
export const approvalsOf = (letter: string, releaseHash: string) =>
	({ letter, kind: 'release', subject: releaseHash }) as const;

/** @param file checked, and of this hash */
export function sealScheduled(
	{ secretBox }: Pick<Deps, 'secretBox'>,
	letter: string,
	releaseHash: string,
	file: Uint8Array,
): Uint8Array {
	return secretBox.seal(SCHEDULED, contextOf(letter, releaseHash), file);
}

export interface ScheduledRelease {
	releaseHash: string;
	/** The file as it came with the last approval, without approvals. */
	file: Uint8Array;
	approvals: Approval[];
}

/**
 * Null where none is scheduled. What is opened is what was approved under the hash that is kept beside it: nothing else was sealed for that hash. Proven by
 * test/server/release/clock.test.ts. @throws when the box was altered, or sealed for another letter or release
 */
export async function openScheduled(
	{ secretBox }: Pick<Deps, 'secretBox'>,
	db: Db,
	letter: string,
): Promise<ScheduledRelease | null> {
	const scheduled = await findScheduled(db, letter);
	if (scheduled === null) return null;
	const { releaseHash, box } = scheduled;
	const file = secretBox.open(SCHEDULED, contextOf(letter, releaseHash), box);
	return { releaseHash, file, approvals: await listApprovals(db, approvalsOf(letter, releaseHash)) };
}
