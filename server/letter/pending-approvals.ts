import type { LetterState } from '../../shared/api/signing.ts';
import { type ApprovalKind, suspendSubject } from '../../shared/approval.ts';
import { strikeSubject } from '../../shared/entry.ts';
import { mailingSubject } from '../../shared/mailing.ts';
import type { Transaction } from '../database.ts';
import { listMailings } from '../employment/roster-store.ts';
import { listSuspensions } from '../organizer/suspension-store.ts';
import { deletePost, listPosts } from '../press/post-store.ts';
import { deleteLateStrike, listLateStrikes } from '../release/late-strike-store.ts';
import { findScheduledHash } from '../release/release-store.ts';
import { listApprovals, listCharters, removeApproval, removeApprovalsOf, removeUnapproved } from './charter-store.ts';
import type { LetterRow } from './letter-store.ts';
import { standingChain } from './standing-chain.ts';

/** Kinds of which all that there is of them in a state still waits. What has acted by then stays: a charter, a mailing that goes out, a scheduled release, an earlier stop, a published post. */
const waiting: Readonly<Record<LetterState, readonly ApprovalKind[]>> = {
	draft: [],
	open: ['close', 'abandon'],
	review: ['release', 'abandon'],
	scheduled: ['abandon'],
	released: [],
	abandoned: [],
};

/**
 * Takes back what an organizer approved and what has not acted yet, as they could themselves. What nobody approves any more is gone.
 * Proven by test/server/letter/pending-approvals.test.ts.
 */
export async function dropPending(trx: Transaction, letter: LetterRow, organizer: string): Promise<void> {
	await removeApprovalsOf(trx, letter.id, organizer, waiting[letter.state]);
	if (letter.state === 'open') {
		await dropAmendment(trx, letter.id, organizer);
		await dropMailings(trx, letter.id, organizer);
	}
	if (letter.state === 'scheduled') await dropStop(trx, letter.id, organizer);
	if (letter.state === 'released') await dropAfterRelease(trx, letter.id, organizer);
	await dropSuspensions(trx, letter.id, organizer);
}

async function dropAmendment(trx: Transaction, letter: string, organizer: string): Promise<void> {
	const proposed = (await listCharters(trx, letter)).find(({ standing }) => !standing);
	if (!proposed) return;
	const of = { letter, kind: 'amendment', subject: proposed.fingerprint } as const;
	await removeApproval(trx, of, organizer);
	if ((await listApprovals(trx, of)).length === 0) await removeUnapproved(trx, letter);
}

async function dropMailings(trx: Transaction, letter: string, organizer: string): Promise<void> {
	const { fingerprint } = await standingChain(trx, letter);
	for (const { state, document } of await listMailings(trx, letter)) {
		if (state !== 'proposed') continue;
		const subject = await mailingSubject(fingerprint, document);
		await removeApproval(trx, { letter, kind: 'mailing', subject }, organizer);
	}
}

/** Of the release that is scheduled now. Stops of earlier ones have acted: by them those are known, and cannot come back. */
async function dropStop(trx: Transaction, letter: string, organizer: string): Promise<void> {
	const subject = await findScheduledHash(trx, letter);
	if (subject !== null) await removeApproval(trx, { letter, kind: 'stop', subject }, organizer);
}

async function dropAfterRelease(trx: Transaction, letter: string, organizer: string): Promise<void> {
	for (const { subject, number } of await listPosts(trx, letter)) {
		if (number !== null) continue;
		const of = { letter, kind: 'post', subject } as const;
		await removeApproval(trx, of, organizer);
		if ((await listApprovals(trx, of)).length === 0) await deletePost(trx, letter, subject);
	}
	for (const strike of await listLateStrikes(trx, letter)) {
		if (strike.agreed) continue;
		const of = { letter, kind: 'strike', subject: await strikeSubject(strike.digest, strike.reason) } as const;
		await removeApproval(trx, of, organizer);
		if ((await listApprovals(trx, of)).length === 0) await deleteLateStrike(trx, letter, strike);
	}
}

/** What they wanted to be decided about others, or about themselves. */
async function dropSuspensions(trx: Transaction, letter: string, organizer: string): Promise<void> {
	const { root, charter } = await standingChain(trx, letter);
	const turns = new Map((await listSuspensions(trx, letter)).map((row) => [row.organizer, row.turn]));
	for (const { id } of charter.organizers) {
		const subject = await suspendSubject(root, id, (turns.get(id) ?? 0) + 1);
		await removeApproval(trx, { letter, kind: 'suspend', subject }, organizer);
	}
}
