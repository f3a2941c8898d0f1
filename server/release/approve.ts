import { verifyApproval } from '../../shared/approval.ts';
import type { Chain } from '../../shared/chain.ts';
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { insertApproval, listApprovals, removeApproval } from '../letter/charter-store.ts';
import { getLetter, type LetterRow, lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { transition } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { requestStage } from '../press/request-stage.ts';
import type { ApprovalBody } from './approval-body.ts';
import { type CheckedRelease, checkReleaseFile, requireIssued } from './check-release.ts';
import { requireDeliveries, sealDeliveries } from './deliveries.ts';
import { requireReleaseTime } from './draft.ts';
import { requireHeld } from './held.ts';
import { readIssuedCounts } from './issued-counts-store.ts';
import { type Asking, lockForOpening, requireOpening } from './opening.ts';
import {
	type DraftHead,
	findDraftHead,
	findScheduledHash,
	isSlugTaken,
	saveScheduled,
	setSchedule,
} from './release-store.ts';
import { approvalsOf, Pile } from './scheduled-release.ts';

/**
 * Takes an organizer's approval of the draft release. The M-th brings the release, which is checked, sealed and scheduled. The same approval
 * again gets the same answer.
 * @throws Problem `wrong-state`, `last-call-running`, `release-changed`, `authenticator-refused`, `release-needed`, `release-invalid`,
 * `release-outdated`, `release-time`, `slug-taken`
 */
export async function approveRelease(
	deps: Deps,
	organizer: Asking,
	{ said: request, release, rest }: ApprovalBody,
): Promise<'review' | 'scheduled' | 'released'> {
	const { id, letter } = organizer;
	const { chain, charter, root } = await standingChain(deps.db, letter);
	const approval = { organizer: id, authenticator: request.authenticator };
	if (!(await verifyApproval(charter.organizers, approval, 'release', root, request.releaseHash))) {
		throw new Problem('authenticator-refused');
	}
	const last = release && (await isLastNeeded(deps.db, organizer, request.releaseHash, charter.threshold));
	const pile = new Pile(letter);
	try {
		const brought = last ? await checkBrought(deps, letter, { said: request, release, rest }, { chain, pile }) : null;
		return await deps.db.transaction().execute(async (trx) => {
			const row = await lockLetter(trx, letter);
			const agreed = await agreedState(trx, row, request.releaseHash);
			if (agreed !== null) return agreed;
			requireOpening(row, deps.clock.now());
			const draft = await requireDraft(trx, letter, request);
			const of = approvalsOf(letter, draft.releaseHash);
			await insertApproval(trx, of, approval);
			const approvals = await listApprovals(trx, of);
			if (approvals.length < charter.threshold) return 'review';
			// Thrown inside the transaction, so that this approval does not count before the release comes with it.
			if (brought === null) throw new Problem('release-needed');
			await schedule(deps, trx, row, { ...brought, pile, releaseHash: draft.releaseHash });
			return 'scheduled';
		});
	} finally {
		await pile.dropUnlessScheduled(deps.db);
	}
}

/** Where the letter stands if M agreed on this very release before, else null. */
async function agreedState(
	db: Db,
	{ id, state }: LetterRow,
	releaseHash: string,
): Promise<'scheduled' | 'released' | null> {
	if (state === 'scheduled') return (await findScheduledHash(db, id)) === releaseHash ? state : null;
	if (state !== 'released') return null;
	return (await listApprovals(db, approvalsOf(id, releaseHash))).length > 0 ? state : null;
}

/** A file that comes before the M-th approval is passed over unread: checking one takes long, and one organizer alone could ask for it again and again. */
async function isLastNeeded(db: Db, { id, letter }: Asking, releaseHash: string, threshold: number): Promise<boolean> {
	const given = await listApprovals(db, approvalsOf(letter, releaseHash));
	return given.filter(({ organizer }) => organizer !== id).length + 1 >= threshold;
}

/** What comes with the M-th approval, checked. */
type Brought = CheckedRelease & { deliveries: readonly string[] };

/**
 * A release file that comes along, checked outside of any transaction: a large one takes half a minute, and nothing that it is compared with
 * here changes meanwhile. Null once M have agreed.
 */
async function checkBrought(
	{ db, clock }: Pick<Deps, 'db' | 'clock'>,
	letter: string,
	{ said, release, rest }: ApprovalBody,
	{ chain, pile }: { chain: Chain; pile: Pile },
): Promise<Brought | null> {
	if (release === null || (await getLetter(db, letter)).state !== 'review') return null;
	const announced = await requireDraft(db, letter, said);
	const checked = await checkReleaseFile(pile.keep(db, release, clock.now()), chain, announced);
	const { deliveries } = await rest();
	await requireDeliveries(checked.release, deliveries);
	return { ...checked, deliveries };
}

/** @throws Problem `release-changed` */
async function requireDraft(
	db: Db,
	letter: string,
	said: { attempt: string; releaseHash: string },
): Promise<DraftHead> {
	const draft = await findDraftHead(db, letter);
	if (draft?.attempt !== said.attempt || draft.releaseHash !== said.releaseHash) throw new Problem('release-changed');
	return draft;
}

async function schedule(
	deps: Deps,
	trx: Transaction,
	letter: LetterRow,
	agreed: Brought & { pile: Pile; releaseHash: string },
): Promise<void> {
	const { terms } = agreed.release;
	const { slug, attempt } = terms;
	const releaseAt = new Date(terms.releaseAt);
	requireReleaseTime(releaseAt, letter.expiresOn, deps.clock.now());
	if (await isSlugTaken(trx, letter.id, slug)) throw new Problem('slug-taken', { field: 'slug' });
	requireIssued(terms, await readIssuedCounts(trx, letter.id));
	await requireHeld(trx, letter.id, agreed.marks);
	const sealed = await agreed.pile.seal(deps, trx, { releaseHash: agreed.releaseHash, releaseAt: terms.releaseAt });
	if (sealed === null) throw new Problem('release-needed');
	await sealDeliveries(deps, trx, letter.id, agreed.release, agreed.deliveries);
	await saveScheduled(trx, letter.id, { attempt, releaseHash: agreed.releaseHash, ...sealed });
	await setSchedule(trx, letter.id, { slug, releaseAt });
	await transition(trx, letter.id, 'review', 'scheduled');
	await requestStage(deps, trx, letter.id);
}

/** Until the M-th. Taking back what was not given changes nothing. */
export async function takeBackApproval(trx: Transaction, organizer: Asking, now: Date): Promise<void> {
	const { id, letter } = organizer;
	await lockForOpening(trx, organizer, now);
	const draft = await findDraftHead(trx, letter);
	if (draft !== null) await removeApproval(trx, approvalsOf(letter, draft.releaseHash), id);
}
