import type { DeskView } from '../../shared/api/desk.ts';
import { writeTime } from '../../shared/document.ts';
import type { StrikeReason } from '../../shared/entry.ts';
import type { Db } from '../database.ts';
import { listApprovals } from '../letter/charter-store.ts';
import type { LetterRow } from '../letter/letter-store.ts';
import { countSignatures, readContributors, readStrikes, readWithdrawals } from './opening-store.ts';
import { readChanges } from './release-change-store.ts';
import { findDraftHead } from './release-store.ts';
import { approvalsOf } from './scheduled-release.ts';

/** What the desk shows of opening and release. */
export type ReviewDesk = Pick<
	DeskView,
	'counts' | 'contributed' | 'strikes' | 'withdrawn' | 'release' | 'releaseChanges'
>;

const beforeReview: ReviewDesk = {
	...{ counts: null, contributed: [], strikes: [], withdrawn: [], release: null, releaseChanges: [] },
};

/**
 * The same for every organizer. Nothing before last call is over: an exact count that moves while signers withdraw would tell whoever watches it beside a network or
 * a colleague who has just taken a name off. Proven by test/server/release/opening.test.ts.
 */
export async function readReviewDesk(
	db: Db,
	{ id, state, lastCallUntil }: Pick<LetterRow, 'id' | 'state' | 'lastCallUntil'>,
	now: Date,
): Promise<ReviewDesk> {
	if (state !== 'review' && state !== 'scheduled') return beforeReview;
	if (lastCallUntil === null || lastCallUntil > now) return beforeReview;
	const { live, withdrawn } = await countSignatures(db, id);
	const draft = await findDraftHead(db, id);
	const approvals = draft === null ? [] : await listApprovals(db, approvalsOf(id, draft.releaseHash));
	const stop = { letter: id, kind: 'stop', subject: draft?.releaseHash ?? '' } as const;
	const stops = state === 'scheduled' ? await listApprovals(db, stop) : [];
	const strikes = await readStrikes(db, id);
	return {
		counts: { live, withdrawnInLastCall: withdrawn },
		contributed: await readContributors(db, id),
		strikes: strikes.map((strike) => ({ ...strike, reason: strike.reason as StrikeReason })),
		withdrawn: await readWithdrawals(db, id),
		releaseChanges: await readChanges(db, id),
		release: draft && {
			...{ attempt: draft.attempt, releaseHash: draft.releaseHash, proposer: draft.proposer },
			releaseAt: writeTime(draft.releaseAt),
			approvedBy: approvals.map((approval) => approval.organizer),
			stoppedBy: stops.map(({ organizer }) => organizer),
		},
	};
}
