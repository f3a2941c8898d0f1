import type { ReleaseDraftRequest } from '../../shared/api/desk.ts';
import type { Db, Transaction } from '../database.ts';
import { removeApprovals } from '../letter/charter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { Problem } from '../platform/errors.ts';
import { type Asking, lockForOpening, requireEveryOrganizer } from './opening.ts';
import { noteChange } from './release-changes.ts';
import {
	type DraftRow,
	deleteDraft,
	findDraft,
	findDraftHead,
	isSlugTaken,
	replaceDraft,
	wasStopped,
} from './release-store.ts';

/**
 * Puts a draft release in place of the one before it and ends the approvals of that one. The same request again changes nothing.
 * @throws Problem `wrong-state`, `last-call-running`, `wrong-recipients`, `release-time`, `slug-taken`, `attempt-used`
 */
export async function proposeRelease(
	trx: Transaction,
	organizer: Asking,
	{ slug, keys, ...request }: ReleaseDraftRequest,
	now: Date,
): Promise<void> {
	const { letter } = organizer;
	const row = await lockForOpening(trx, letter, now);
	const { charter } = await standingChain(trx, letter);
	requireEveryOrganizer(
		charter.organizers,
		keys.map((key) => key.organizer),
	);
	const releaseAt = new Date(request.releaseAt);
	requireReleaseTime(releaseAt, row.expiresOn, now);
	if (await isSlugTaken(trx, letter, slug)) throw new Problem('slug-taken', { field: 'slug' });
	const standing = await findDraftHead(trx, letter);
	if (standing?.attempt === request.attempt) {
		if (standing.releaseHash !== request.releaseHash) throw new Problem('attempt-used');
		return;
	}
	// A release that was stopped cannot come back: its attempt is in its hash, and the stop remembers the hash.
	if (await wasStopped(trx, letter, request.releaseHash)) throw new Problem('attempt-used');
	if (standing !== null) await noteChange(trx, organizer, 'replaced', standing);
	await removeApprovals(trx, letter, ['release']);
	await replaceDraft(trx, letter, { ...request, keys, releaseAt, proposer: organizer.id });
}

/** In the future, and before the letter expires. @throws Problem `release-time` */
export function requireReleaseTime(releaseAt: Date, expiresOn: Date | null, now: Date): void {
	if (!(releaseAt > now) || (expiresOn !== null && releaseAt >= expiresOn)) {
		throw new Problem('release-time', { field: 'releaseAt' });
	}
}

/** The draft and the key to it for this organizer. @throws Problem `no-release-draft` */
export async function draftFor(
	db: Db,
	organizer: Asking,
): Promise<Omit<DraftRow, 'keys' | 'proposer'> & { key: string }> {
	const draft = await findDraft(db, organizer.letter);
	const mine = draft?.keys.find((key) => key.organizer === organizer.id);
	if (!draft || !mine) throw new Problem('no-release-draft');
	const { attempt, releaseHash, releaseAt, box } = draft;
	return { attempt, releaseHash, releaseAt, box, key: mine.sealed };
}

/** Nothing is proposed any more, and nothing approved. */
export async function dropDraft(trx: Transaction, organizer: Asking, now: Date): Promise<void> {
	await lockForOpening(trx, organizer.letter, now);
	const standing = await findDraftHead(trx, organizer.letter);
	if (standing !== null) await noteChange(trx, organizer, 'dropped', standing);
	await deleteDraft(trx, organizer.letter);
	await removeApprovals(trx, organizer.letter, ['release']);
}
