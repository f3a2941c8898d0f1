/** What organizers say under a released letter: nothing stands there without M of them. Proven by test/server/press/post.test.ts. */
import type * as v from 'valibot';
import type { approvePostRequest, postRequest } from '../../shared/api/post.ts';
import { verifyApproval } from '../../shared/approval.ts';
import { Fault } from '../../shared/fault.ts';
import { type Post, postSubject, readPost } from '../../shared/post.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { insertApproval, listApprovals, removeApproval } from '../letter/charter-store.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { requireState } from '../letter/transitions.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { requestRepublish } from '../release/republish.ts';
import { requireProposable } from './check-post.ts';
import { deletePost, insertPost, listPosts, numberPost, setListed } from './post-store.ts';

export interface PostAnswer {
	subject: string;
	/** Whether M organizers approve: it is published within a minute. */
	agreed: boolean;
}

/**
 * Proposes a post, approved by who proposes it. The same document again is an approval.
 * @throws Problem `post-refused` with the field and what is wrong, `waiting-limit`, `authenticator-refused`, `wrong-state`
 */
export async function proposePost(
	deps: Deps,
	by: Organizer,
	{ document, authenticator }: v.InferOutput<typeof postRequest>,
): Promise<PostAnswer> {
	const post = read(document);
	const subject = await postSubject(document);
	return await deps.db.transaction().execute(async (trx) => {
		await lockReleased(trx, by.letter);
		const rows = await listPosts(trx, by.letter);
		if (!rows.some((row) => row.subject === subject)) {
			requireProposable(post, { rows, proposer: by.id, now: deps.clock.now() });
			await insertPost(trx, by.letter, { subject, document, proposer: by.id });
		}
		return await approve(deps, trx, by, { subject, authenticator });
	});
}

/** With the M-th it stands. @throws Problem `post-gone`, `authenticator-refused`, `wrong-state` */
export async function approvePost(
	deps: Deps,
	by: Organizer,
	given: v.InferOutput<typeof approvePostRequest>,
): Promise<PostAnswer> {
	return await deps.db.transaction().execute(async (trx) => {
		await lockReleased(trx, by.letter);
		return await approve(deps, trx, by, given);
	});
}

/** Takes one's own approval back while it waits; what nobody approves any more is gone. @throws Problem `wrong-state` once it stands */
export async function takePostBack(deps: Deps, by: Organizer, subject: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		await lockReleased(trx, by.letter);
		const row = (await listPosts(trx, by.letter)).find((one) => one.subject === subject);
		if (row === undefined) return;
		if (row.number !== null) throw new Problem('wrong-state');
		const of = { letter: by.letter, kind: 'post', subject } as const;
		await removeApproval(trx, of, by.id);
		if ((await listApprovals(trx, of)).length === 0) await deletePost(trx, by.letter, subject);
	});
}

async function lockReleased(trx: Transaction, letter: string): Promise<void> {
	requireState(await lockLetter(trx, letter), 'released');
}

async function approve(
	deps: Deps,
	trx: Transaction,
	by: Organizer,
	{ subject, authenticator }: { subject: string; authenticator: string },
): Promise<PostAnswer> {
	const { letter } = by;
	const rows = await listPosts(trx, letter);
	const row = rows.find((one) => one.subject === subject);
	if (row === undefined) throw new Problem('post-gone');
	if (row.number !== null) return { subject, agreed: true };
	const { charter, root } = await standingChain(trx, letter);
	const approval = { organizer: by.id, authenticator };
	if (!(await verifyApproval(charter.organizers, approval, 'post', root, subject))) {
		throw new Problem('authenticator-refused', { field: 'authenticator' });
	}
	const of = { letter, kind: 'post', subject } as const;
	await insertApproval(trx, of, approval);
	if ((await listApprovals(trx, of)).length < charter.threshold) return { subject, agreed: false };
	const last = Math.max(0, ...rows.map(({ number }) => number ?? 0));
	await numberPost(trx, letter, subject, last + 1);
	const post = readPost(row.document);
	if (post.kind === 'listing') await setListed(trx, letter, post.listed);
	await requestRepublish(deps, trx, letter);
	return { subject, agreed: true };
}

function read(document: string): Post {
	try {
		return readPost(document);
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		const field = fault.place.split(', ')[1];
		throw new Problem('post-refused', { detail: fault.message, ...(field !== undefined && { field }) });
	}
}
