/** What M organizers say under a released letter, and about it (docs/protocol.md, section 10). */
import * as v from 'valibot';
import type { Approval } from './approval.ts';
import { b64u, hash, utf8 } from './bytes.ts';
import { bytes32, readDocument, text, time, writeDocument } from './document.ts';
import { LIMITS } from './limits.ts';

const address = v.pipe(text(9, LIMITS.postAddress), v.regex(/^https?:\/\/[^\s<>"]+$/));

/** `written` is when its proposer wrote it. `text` is Markdown, as in the letter. `removal` takes an earlier post down: `post` is its `postSubject`. */
export const postSchema = v.variant('kind', [
	v.strictObject({
		kind: v.literal('update'),
		written: time,
		title: text(1, LIMITS.title),
		text: text(1, LIMITS.post),
	}),
	v.strictObject({
		kind: v.literal('reply'),
		written: time,
		from: text(1, LIMITS.addressees),
		text: text(1, LIMITS.post),
	}),
	v.strictObject({
		kind: v.literal('coverage'),
		written: time,
		outlet: text(1, LIMITS.note),
		title: text(1, LIMITS.title),
		address,
	}),
	v.strictObject({ kind: v.literal('listing'), written: time, listed: v.boolean() }),
	v.strictObject({ kind: v.literal('removal'), written: time, post: bytes32 }),
]);
export type Post = v.InferOutput<typeof postSchema>;
export type PostKind = Post['kind'];
/** What readers see of a post that stands: the others only change what is shown. */
export type ShownPost = Extract<Post, { kind: 'update' | 'reply' | 'coverage' }>;

/** A post's document (the bytes that were approved) with the approvals of M organizers. */
export type StandingPost = { document: string; approvals: Approval[] };

export function writePost(post: Post): string {
	return writeDocument(postSchema, post, 'post');
}

/** @throws Fault where it is not as it must be */
export function readPost(document: string): Post {
	return readDocument(postSchema, document, 'post', LIMITS.document);
}

/** What is approved (kind `post`): 32 bytes, b64u. */
export async function postSubject(document: string): Promise<string> {
	return b64u(await hash('undersigned/post/1', utf8(document)));
}
