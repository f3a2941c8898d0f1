/** What M organizers say under a released letter, and about it (docs/protocol.md, section 10). */
import * as v from 'valibot';
import { type Approval, requireApprovals } from './approval.ts';
import { b64u, hash, utf8 } from './bytes.ts';
import type { Charter } from './charter.ts';
import { bytes32, readDocument, text, time, writeDocument } from './document.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { isPrintedLine } from './statement.ts';

/** Printable ASCII without quotation marks and angle brackets, and no user before the host, who could look like the host. */
const ADDRESS = /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?([/?#][!#-;=?-~]*)?$/;
/** Unicode's White_Space, which is not quite what `trim` takes away. */
const HOLDS_MORE_THAN_BLANKS = /\P{White_Space}/u;
/** Line ends and tabs are the only control characters of a text. */
const HOLDS_CONTROLS = /[^\P{Cc}\n\t]/u;

const line = (most: number) => v.pipe(text(1, most), v.check(isPrintedLine, 'one printable line'));
const address = v.pipe(text(9, LIMITS.postAddress), v.regex(ADDRESS));
const body = v.pipe(
	text(1, LIMITS.post),
	v.check((s) => HOLDS_MORE_THAN_BLANKS.test(s) && !HOLDS_CONTROLS.test(s), 'a text without control characters'),
);

/** `written` is when its proposer wrote it. `text` is Markdown, as in the letter. `removal` takes an earlier post down: `post` is its `postSubject`. */
export const postSchema = v.variant('kind', [
	v.strictObject({ kind: v.literal('update'), written: time, title: line(LIMITS.title), text: body }),
	v.strictObject({ kind: v.literal('reply'), written: time, from: line(LIMITS.addressees), text: body }),
	v.strictObject({
		kind: v.literal('coverage'),
		written: time,
		outlet: line(LIMITS.note),
		title: line(LIMITS.title),
		address,
	}),
	v.strictObject({ kind: v.literal('listing'), written: time, listed: v.boolean() }),
	v.strictObject({ kind: v.literal('removal'), written: time, post: bytes32 }),
]);
export type Post = v.InferOutput<typeof postSchema>;

/** What stands under the letter; the others are about it. */
export type PostToShow = Extract<Post, { kind: 'update' | 'reply' | 'coverage' }>;

/** A post's document (the bytes that were approved) with the approvals of M organizers. */
export type StandingPost = { document: string; approvals: Approval[] };

/** As pages show it: `number` counts all posts of the letter from 1, in the order in which they were agreed. Its fields are plain text, `text` Markdown. */
export type ShownPost = PostToShow & { number: number; subject: string };

export function isToShow(post: Post): post is PostToShow {
	return post.kind !== 'listing' && post.kind !== 'removal';
}

export function writePost(post: Post): string {
	return writeDocument(postSchema, post, 'post');
}

/** @throws Fault where it is not as it must be */
export function readPost(document: string): Post {
	return readDocument(postSchema, document, 'post', LIMITS.postLine);
}

/** What is approved (kind `post`): 32 bytes, b64u. */
export async function postSubject(document: string): Promise<string> {
	return b64u(await hash('undersigned/post/1', utf8(document)));
}

/**
 * Verifies every post and gives those that stand under the letter, in the order in which they were agreed; removed ones are gone.
 * @param charter the letter's last, @param root of its first, b64u
 * @throws Fault whose place begins with the post, as `post 3`: `approval-*`, `document-*`, `post-twice`, `post-unknown`
 */
export async function showPosts(posts: readonly StandingPost[], charter: Charter, root: string): Promise<ShownPost[]> {
	const seen = new Set<string>();
	const shown = new Map<string, ShownPost>();
	for (const [i, { document, approvals }] of posts.entries()) {
		const place = `post ${i + 1}`;
		const post = await at(place, async () => {
			const subject = await postSubject(document);
			if (seen.has(subject)) throw new Fault('post-twice', 'post', 'An earlier post is the same.');
			seen.add(subject);
			await requireApprovals(charter, approvals, { kind: 'post', root, subject });
			return { ...readPost(document), number: i + 1, subject };
		});
		if (post.kind === 'removal') {
			if (!shown.delete(post.post)) throw new Fault('post-unknown', place, 'It removes what does not stand before it.');
		} else if (post.kind !== 'listing') shown.set(post.subject, post);
	}
	return [...shown.values()];
}

/** Whether the letter stands on the host's front page: what the last listing says. @throws Fault */
export function isListed(posts: readonly Pick<StandingPost, 'document'>[]): boolean {
	let listed = false;
	for (const { document } of posts) {
		const post = readPost(document);
		if (post.kind === 'listing') listed = post.listed;
	}
	return listed;
}

async function at<T>(place: string, check: () => Promise<T>): Promise<T> {
	try {
		return await check();
	} catch (fault) {
		if (fault instanceof Fault) throw new Fault(fault.code, `${place}: ${fault.place}`, fault.message);
		throw fault;
	}
}
