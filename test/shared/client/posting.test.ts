import { beforeAll, describe, expect, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import { verifyApproval } from '../../../shared/approval.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import type { Call } from '../../../shared/client/call.ts';
import {
	approvePost,
	findSignature,
	type NewPost,
	proposePost,
	readPosts,
	strikeApprovers,
	strikeLate,
} from '../../../shared/client/posting.ts';
import { strikeSubject } from '../../../shared/entry.ts';
import { type Post, postSubject, readPost, writePost } from '../../../shared/post.ts';
import { caughtFault } from '../../support/fault-of.ts';
import { approvalsOf, releaseFiles, someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

const update: NewPost = { kind: 'update', title: 'We met the board', text: 'They listened.' };
let desk: OrganizerDesk;
beforeAll(async () => {
	desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(4) });
});

/** Keeps what was sent, and answers that others are still needed. */
function keeping(): { call: Call; sent: Record<string, unknown>[] } {
	const sent: Record<string, unknown>[] = [];
	const call: Call = async (_, path, body = {}) => {
		sent.push({ path, ...body });
		return path.includes('strike') ? { agreed: false } : { subject: b64u(randomBytes(32)), agreed: false };
	};
	return { call, sent };
}
type OnDesk = DeskView['posts'][number];
async function onDesk(post: Post, change: Partial<OnDesk> = {}): Promise<OnDesk> {
	const document = writePost(post);
	const subject = await postSubject(document);
	const approvals = await approvalsOf(desk.letter, 'post', subject);
	return { subject, document, proposer: desk.organizer(0).id, number: 1, approvals, ...change };
}
const viewWith = (...posts: OnDesk[]) => desk.view(0, { posts });
const dated = (written: string): Post => ({ ...update, written }) as Post;

describe('posts', () => {
	test('what is proposed is dated with the hour that has begun, and signed over its bytes', async () => {
		const { call, sent } = keeping();
		const view = desk.view(0);
		view.letter.now = '2027-03-01T09:47:31Z';
		await proposePost(call, desk.organizer(0), desk.standing, view, update);
		const { document, authenticator } = sent[0] as { document: string; authenticator: string };
		expect(readPost(document)).toEqual({ ...update, written: '2027-03-01T09:00:00Z' });
		const { charter, root } = desk.standing;
		const approval = { organizer: desk.organizer(0).id, authenticator };
		expect(await verifyApproval(charter.organizers, approval, 'post', root, await postSubject(document))).toBe(true);
	});

	test('the same said again within the hour is another document', async () => {
		const { call, sent } = keeping();
		const view = viewWith(await onDesk(dated('2027-03-01T09:00:00Z')), await onDesk(dated('2027-03-01T09:00:01Z')));
		await proposePost(call, desk.organizer(0), desk.standing, view, update);
		expect(readPost(String(sent[0]?.document)).written).toBe('2027-03-01T09:00:02Z');
	});

	test('what waits already is approved by proposing it again: after an answer that was lost there is one of it', async () => {
		const { call, sent } = keeping();
		const waiting = await onDesk(dated('2027-03-01T09:00:00Z'), { number: null });
		await proposePost(call, desk.organizer(0), desk.standing, viewWith(waiting), update);
		expect(sent[0]?.document).toBe(waiting.document);
	});

	test('what is read is hashed here, whatever the server says it is; only approvals that verify count', async () => {
		const waiting = await onDesk(dated('2027-03-01T08:00:00Z'), { number: null });
		const [first, second] = waiting.approvals;
		if (!first || !second) throw new Error('There are two approvals.');
		const lied = {
			...waiting,
			subject: b64u(randomBytes(32)),
			approvals: [first, { ...second, authenticator: first.authenticator }],
		};
		const [read] = await readPosts(viewWith(lied), desk.standing);
		expect(read).toMatchObject({ subject: waiting.subject, approvedBy: [first.organizer], number: null });
		if (read === undefined) throw new Error('It was read.');
		const { call, sent } = keeping();
		await approvePost(call, desk.organizer(2), desk.standing, read);
		expect(sent[0]).toMatchObject({ path: '/api/desk/posts/approve', subject: waiting.subject });
	});

	test('a server that shows a post as agreed on without M approvals is found out', async () => {
		const { approvals, ...post } = await onDesk(dated('2027-03-01T08:00:00Z'));
		const alone = viewWith({ ...post, approvals: approvals.slice(0, 1) });
		expect(await caughtFault(() => readPosts(alone, desk.standing))).toMatchObject({
			code: 'approval-missing',
			place: 'post 1',
		});
	});
});

describe('late strikes', () => {
	test('what is signed is the digest of the very entry that was found', async () => {
		const { file, release } = await releaseFiles(desk.letter);
		const found = await findSignature(file, 3);
		if (found?.is !== 'entry') throw new Error('There is an entry.');
		expect(found.digest).toBe(release.signatures[2]?.digest);
		const { call, sent } = keeping();
		await strikeLate(call, desk.organizer(1), desk.standing, found, 'twice');
		const { authenticator } = sent[0] as { authenticator: string };
		const approval = { organizer: desk.organizer(1).id, authenticator };
		const strike = {
			number: 3,
			digest: found.digest,
			reason: 'twice' as const,
			proposer: approval.organizer,
			agreed: false,
		};
		expect(sent[0]).toMatchObject({ number: 3, digest: found.digest, reason: 'twice' });
		expect(await strikeApprovers(desk.standing, { ...strike, approvals: [approval, approval] })).toEqual([
			approval.organizer,
		]);
		expect(await strikeApprovers(desk.standing, { ...strike, reason: 'asked', approvals: [approval] })).toEqual([]);
		expect(await strikeSubject(found.digest, 'twice')).not.toBe(await strikeSubject(found.digest, 'asked'));
	});

	test('a number that is not there', async () => {
		const { file } = await releaseFiles(desk.letter);
		expect(await findSignature(file, 5)).toBeNull();
	});
});
