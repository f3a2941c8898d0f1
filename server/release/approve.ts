import type { ApproveReleaseRequest } from '../../shared/api/desk.ts';
import { verifyApproval } from '../../shared/approval.ts';
import { utf8 } from '../../shared/bytes.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { insertApproval, listApprovals, removeApproval } from '../letter/charter-store.ts';
import { getLetter, type LetterRow, lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { transition } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { requestStage } from '../press/request-stage.ts';
import { checkReleaseFile, requireHeld, requireIssued } from './check-release.ts';
import { requireDeliveries, sealDeliveries } from './deliveries.ts';
import { requireReleaseTime } from './draft.ts';
import { type Asking, lockForOpening, requireOpening } from './opening.ts';
import {
	type DraftHead,
	findDraftHead,
	findScheduledHash,
	isSlugTaken,
	saveScheduled,
	setSchedule,
} from './release-store.ts';
import { approvalsOf, sealScheduled } from './scheduled-release.ts';
import { readIssuedCounts, readStandingRows } from './signature-store.ts';

/**
 * Takes an organizer's approval of the draft release. The M-th brings the release, which is checked, sealed and scheduled. The same approval
 * again gets the same answer.
 * @throws Problem `wrong-state`, `last-call-running`, `release-changed`, `authenticator-refused`, `release-needed`, `release-invalid`,
 * `release-outdated`, `release-time`, `slug-taken`
 */
export async function approveRelease(
	deps: Deps,
	organizer: Asking,
	request: ApproveReleaseRequest,
): Promise<'review' | 'scheduled' | 'released'> {
	const { id, letter } = organizer;
	const { chain, charter, root } = await standingChain(deps.db, letter);
	const approval = { organizer: id, authenticator: request.authenticator };
	if (!(await verifyApproval(charter.organizers, approval, 'release', root, request.releaseHash))) {
		throw new Problem('authenticator-refused');
	}
	const brought = (await isLastNeeded(deps.db, organizer, request.releaseHash, charter.threshold))
		? await checkBrought(deps.db, letter, request, chain)
		: null;
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
		await schedule(deps, trx, row, { ...brought, releaseHash: draft.releaseHash });
		return 'scheduled';
	});
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
interface Brought {
	file: Uint8Array;
	release: ReleaseContent;
	deliveries: readonly string[];
}

/**
 * A release file that came along, checked outside of any transaction: a large one takes a minute, and nothing that it is compared with
 * here changes meanwhile. Null without one, and once M have agreed.
 */
async function checkBrought(
	db: Db,
	letter: string,
	{ release: text, deliveries, ...said }: ApproveReleaseRequest,
	chain: ReleaseContent['chain'],
): Promise<Brought | null> {
	if (text === null || (await getLetter(db, letter)).state !== 'review') return null;
	const file = utf8(text);
	const release = await checkReleaseFile(file, chain, await requireDraft(db, letter, said));
	await requireDeliveries(release, deliveries);
	return { file, release, deliveries };
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
	agreed: Brought & { releaseHash: string },
): Promise<void> {
	const { terms, signatures } = agreed.release;
	const { slug, attempt } = terms;
	const releaseAt = new Date(terms.releaseAt);
	requireReleaseTime(releaseAt, letter.expiresOn, deps.clock.now());
	if (await isSlugTaken(trx, letter.id, slug)) throw new Problem('slug-taken', { field: 'slug' });
	requireIssued(terms, await readIssuedCounts(trx, letter.id));
	requireHeld(signatures, await readStandingRows(trx, letter.id));
	const box = sealScheduled(deps, letter.id, agreed.releaseHash, agreed.file);
	await sealDeliveries(deps, trx, letter.id, agreed.release, agreed.deliveries);
	await saveScheduled(trx, letter.id, { attempt, releaseHash: agreed.releaseHash, box });
	await setSchedule(trx, letter.id, { slug, releaseAt });
	await transition(trx, letter.id, 'review', 'scheduled');
	await requestStage(deps, trx, letter.id);
}

/** Until the M-th. Taking back what was not given changes nothing. */
export async function takeBackApproval(trx: Transaction, organizer: Asking, now: Date): Promise<void> {
	const { id, letter } = organizer;
	await lockForOpening(trx, letter, now);
	const draft = await findDraftHead(trx, letter);
	if (draft !== null) await removeApproval(trx, approvalsOf(letter, draft.releaseHash), id);
}
