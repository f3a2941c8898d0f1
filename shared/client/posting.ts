/**
 * After the release (docs/protocol.md, section 10): posts under the letter, and strikes of published signatures. Each takes M organizers; every authenticator here is over a
 * document, or an entry, that this browser has read, hashed and shown itself.
 */
import * as v from 'valibot';
import type { DeskView } from '../api/desk.ts';
import { lateStrikeAnswer, postAnswer } from '../api/post.ts';
import { type Approval, approve, verifyApproval } from '../approval.ts';
import { writeTime } from '../document.ts';
import { type Entry, type StrikeReason, strikeSubject } from '../entry.ts';
import { Fault } from '../fault.ts';
import type { FileSource } from '../lines.ts';
import { type Post, postSubject, readPost, writePost } from '../post.ts';
import { signatureAt } from '../signature-at.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import type { Organizer } from './organizer.ts';

/** A post before its time is put on it. */
export type NewPost = Post extends infer One ? (One extends Post ? Omit<One, 'written'> : never) : never;

/** A post as this browser reads it. */
export type PostOnDesk = {
	/** Hashed here. */
	subject: string;
	document: string;
	post: Post;
	proposer: string | null;
	/** From 1, once M organizers have approved; null while it waits. */
	number: number | null;
	/** Ids of organizers whose approvals verify. */
	approvedBy: string[];
};

/** @throws Fault where a post does not have its form, or stands without M approvals */
export async function readPosts(view: DeskView, standing: Standing): Promise<PostOnDesk[]> {
	return await Promise.all(
		view.posts.map(async ({ document, proposer, number, approvals }) => {
			const subject = await postSubject(document);
			const approvedBy = await approvers(standing, approvals, 'post', subject);
			if (number !== null && approvedBy.length < standing.charter.threshold) {
				throw new Fault(
					'approval-missing',
					`post ${number}`,
					'The server shows a post that not enough of you approved.',
				);
			}
			return { subject, document, post: readPost(document), proposer, number, approvedBy };
		}),
	);
}

/** Organizers who approved just this, each once. */
async function approvers(
	{ charter, root }: Standing,
	approvals: readonly Approval[],
	kind: 'post' | 'strike',
	subject: string,
): Promise<string[]> {
	const holds = await Promise.all(
		approvals.map((approval) => verifyApproval(charter.organizers, approval, kind, root, subject)),
	);
	return [...new Set(approvals.filter((_, i) => holds[i]).map(({ organizer }) => organizer))];
}

/** Proposes a post and approves it. @returns whether M organizers approve it now. @throws Fault where it has not the form of a post */
export async function proposePost(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	view: DeskView,
	post: NewPost,
): Promise<boolean> {
	const document = dated(post, view);
	const authenticator = await approvePostBytes(organizer, standing, document);
	return v.parse(postAnswer, await call('POST', '/api/desk/posts', { document, authenticator })).agreed;
}

/** Whether this organizer has approved it since `before`: after an answer that was lost the desk shows it. */
export function wasProposed(organizer: string, post: NewPost, before: DeskView, now: DeskView): boolean {
	const own = ({ posts }: DeskView) =>
		posts.filter(({ approvals }) => approvals.some((by) => by.organizer === organizer));
	const known = new Set(own(before).map(({ document }) => document));
	return own(now).some(({ document }) => !known.has(document) && isSaid(post, document));
}

/** Whenever it was written. */
function isSaid(post: NewPost, document: string): boolean {
	try {
		return writePost({ ...post, written: readPost(document).written }) === document;
	} catch {
		return false;
	}
}

/** Approves exactly the document that was shown. @returns whether M organizers approve it now */
export async function approvePost(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	{ document }: PostOnDesk,
): Promise<boolean> {
	const authenticator = await approvePostBytes(organizer, standing, document);
	const body = { subject: await postSubject(document), authenticator };
	return v.parse(postAnswer, await call('POST', '/api/desk/posts/approve', body)).agreed;
}

/** Takes one's own approval back while it waits. */
export async function takePostBack(call: Call, subject: string): Promise<void> {
	await call('DELETE', `/api/desk/posts/${subject}`);
}

async function approvePostBytes({ secrets }: Organizer, { root }: Standing, document: string): Promise<string> {
	return await approve(secrets.approval, 'post', root, await postSubject(document));
}

/**
 * Dated with the hour that has begun: when in it an organizer was at the desk is nobody’s business. Proven by test/shared/client/posting.test.ts.
 * A second later for each that is the same and stands, so that what was removed can be said again; the same as one that waits is that one, approved once more.
 */
function dated(post: NewPost, view: DeskView): string {
	const hour = Math.floor(Date.parse(view.letter.now) / 3_600_000) * 3_600_000;
	const standing = view.posts.filter(({ number }) => number !== null);
	const known = new Set(standing.map(({ document }) => document));
	for (let second = 0; ; second++) {
		const document = writePost({ ...post, written: writeTime(new Date(hour + second * 1_000)) });
		if (!known.has(document)) return document;
	}
}

export type LateStrike = DeskView['lateStrikes'][number];

/** What stands under a number of the published release: an entry, or what is left of one. `digest` is computed here. */
export type FoundSignature = { number: number; digest: string } & ({ is: 'entry'; entry: Entry } | { is: 'gone' });

/** @param file the published release.json, as it comes. @returns null where there is no such number */
export async function findSignature(
	file: FileSource,
	number: number,
	passed?: (signatures: number) => void,
): Promise<FoundSignature | null> {
	const found = await signatureAt(file, number, passed);
	if (found === null) return null;
	const { digest } = found;
	return 'entry' in found ? { number, digest, is: 'entry', entry: found.entry } : { number, digest, is: 'gone' };
}

/** Proposes to strike what was found and shown, or approves it where another organizer proposed the same. @returns whether M organizers approve it now */
export async function strikeLate(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	{ number, digest }: FoundSignature,
	reason: StrikeReason,
): Promise<boolean> {
	const subject = await strikeSubject(digest, reason);
	const authenticator = await approve(organizer.secrets.approval, 'strike', standing.root, subject);
	const body = { number, digest, reason, authenticator };
	return v.parse(lateStrikeAnswer, await call('POST', '/api/desk/late-strikes', body)).agreed;
}

/** Takes one's own approval back while it waits. */
export async function takeStrikeBack(call: Call, { digest, reason }: LateStrike): Promise<void> {
	await call('DELETE', `/api/desk/late-strikes/${digest}/${reason}`);
}

/** Ids of organizers whose approval of this strike verifies. */
export async function strikeApprovers(
	standing: Standing,
	{ digest, reason, approvals }: LateStrike,
): Promise<string[]> {
	return await approvers(standing, approvals, 'strike', await strikeSubject(digest, reason));
}
