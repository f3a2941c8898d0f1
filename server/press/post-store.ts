import type { Approval } from '../../shared/approval.ts';
import type { StandingPost } from '../../shared/post.ts';
import type { Db, Transaction } from '../database.ts';
import { approvalsBySubject } from '../letter/charter-store.ts';

export interface PostRow {
	/** `postSubject` of the document, b64u. */
	subject: string;
	document: string;
	/** Id of the organizer who wrote it; null once that is forgotten. */
	proposer: string | null;
	/** From 1, in the order in which M organizers had approved them; null while it waits. */
	number: number | null;
}

export interface PostWithApprovals extends PostRow {
	approvals: Approval[];
}

/** Agreed ones in their order, then those that wait, whose order says nothing about when. */
export async function listPosts(db: Db, letter: string): Promise<PostRow[]> {
	const rows = await db
		.selectFrom('posts')
		.select(['subject', 'document', 'proposer', 'number'])
		.where('letter', '=', letter)
		.execute();
	const place = ({ number }: PostRow) => number ?? Number.POSITIVE_INFINITY;
	return rows.sort((a, b) => (place(a) === place(b) ? (a.subject < b.subject ? -1 : 1) : place(a) - place(b)));
}

export async function listPostsWithApprovals(db: Db, letter: string): Promise<PostWithApprovals[]> {
	const rows = await listPosts(db, letter);
	if (rows.length === 0) return [];
	const approvals = await approvalsBySubject(db, letter, 'post');
	return rows.map((row) => ({ ...row, approvals: approvals.get(row.subject) ?? [] }));
}

/** Those that M organizers approved, in the order in which they had, with their approvals: what updates.json holds and pages show. */
export async function listStandingPosts(db: Db, letter: string): Promise<StandingPost[]> {
	const all = await listPostsWithApprovals(db, letter);
	return all.filter(({ number }) => number !== null).map(({ document, approvals }) => ({ document, approvals }));
}

export async function insertPost(trx: Transaction, letter: string, post: Omit<PostRow, 'number'>): Promise<void> {
	await trx
		.insertInto('posts')
		.values({ letter, ...post, number: null })
		.execute();
}

export async function numberPost(trx: Transaction, letter: string, subject: string, number: number): Promise<void> {
	await trx
		.updateTable('posts')
		.set({ number })
		.where('letter', '=', letter)
		.where('subject', '=', subject)
		.where('number', 'is', null)
		.execute();
}

export async function deletePost(trx: Transaction, letter: string, subject: string): Promise<void> {
	await trx
		.deleteFrom('posts')
		.where('letter', '=', letter)
		.where('subject', '=', subject)
		.where('number', 'is', null)
		.execute();
}

/** Whether the letter is to stand on the host's front page: it does once it is rendered again. */
export async function setListed(trx: Transaction, letter: string, listed: boolean): Promise<void> {
	await trx.updateTable('letters').set({ listed }).where('id', '=', letter).execute();
}
