import { describe, expect, test } from 'vitest';
import { approve } from '../../../shared/approval.ts';
import {
	approvePost,
	type NewPost,
	type PostOnDesk,
	proposePost,
	readPosts,
	takePostBack,
} from '../../../shared/client/posting.ts';
import { isListed, type Post, postSubject, showPosts, writePost } from '../../../shared/post.ts';
import { databaseKinds } from '../../support/databases.ts';
import { refusal } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';
import { type Released, type ReleasedSeat, release } from './released.ts';

const update: NewPost = { kind: 'update', title: 'We met the board', text: 'They **listened**.\n\n- More soon' };
const reply: NewPost = { kind: 'reply', from: 'The board of Acme', text: 'We will answer in a week.' };
const coverage: NewPost = {
	kind: 'coverage',
	outlet: 'The Paper',
	title: 'Staff write',
	address: 'https://paper.example/a',
};

/** Enough for a page: what is said under it does not depend on who signed. */
const few = { signers: [{ name: 'Amara Okafor' }, { name: 'Żaneta Łęcka', title: 'Engineer' }] };

const propose = async ({ call, organizer, standing, view }: ReleasedSeat, post: NewPost) =>
	proposePost(call, organizer, await standing(), await view(), post);
const posts = async ({ standing, view }: ReleasedSeat) => readPosts(await view(), await standing());
const waiting = async (seat: ReleasedSeat) => (await posts(seat)).filter(({ number }) => number === null);
const approveFirst = async (seat: ReleasedSeat) =>
	approvePost(seat.call, seat.organizer, await seat.standing(), await first(seat));
async function first(seat: ReleasedSeat): Promise<PostOnDesk> {
	const [one] = await waiting(seat);
	if (one === undefined) throw new Error('Nothing waits.');
	return one;
}
/** Proposed by one, approved by another. */
async function agree({ seats: [r, k], rendered }: Released, post: NewPost): Promise<void> {
	expect(await propose(r, post)).toBe(false);
	expect(await approveFirst(k)).toBe(true);
	await rendered();
}

describe.each(databaseKinds)('what is said under a released letter (%s)', (database) => {
	test('stands there with the second approval of two, in the order of the last approvals, and recounts', async () => {
		const letter = await release(database, few);
		const [r, k] = letter.seats;
		const { root, charter } = letter.review.letter;
		await propose(r, update);
		await propose(r, reply);
		await letter.rendered();
		expect(await letter.updates()).toEqual([]);
		expect(await letter.file('')).not.toContain('We met the board');
		const replied = (await waiting(k)).find(({ post }) => post.kind === 'reply');
		if (replied === undefined) throw new Error('No reply waits.');
		await approvePost(k.call, k.organizer, await k.standing(), replied);
		await approveFirst(k);
		await letter.rendered();
		const shown = await showPosts(await letter.updates(), charter, root);
		expect(shown.map(({ kind, number }) => [kind, number])).toEqual([
			['reply', 1],
			['update', 2],
		]);
		const page = await letter.file('');
		for (const words of ['We met the board', '<strong>listened</strong>', 'The board of Acme'])
			expect(page).toContain(words);
		expect((await letter.recount()).fault).toBeNull();
	});

	test('one organizer alone achieves nothing, however often', async () => {
		const letter = await release(database, few);
		const [r] = letter.seats;
		await propose(r, coverage);
		await approveFirst(r);
		const [{ document } = { document: '' }] = (await r.view()).posts;
		const authenticator = await approve(
			r.organizer.secrets.approval,
			'post',
			letter.review.letter.root,
			await postSubject(document),
		);
		expect(await r.call('POST', '/api/desk/posts', { document, authenticator })).toMatchObject({ agreed: false });
		await letter.rendered();
		expect((await first(r)).approvedBy).toEqual([r.organizer.id]);
		expect(await letter.updates()).toEqual([]);
		expect(await letter.file('')).not.toContain('paper.example');
	});

	test('an approval is taken back while it waits; what nobody approves is gone; what stands stays', async () => {
		const letter = await release(database, { ...few, threshold: 3 });
		const [r, k, l] = letter.seats;
		await propose(r, update);
		await approveFirst(k);
		const { subject } = await first(l);
		await takePostBack(r.call, subject);
		await takePostBack(r.call, subject);
		expect((await first(l)).approvedBy).toEqual([k.organizer.id]);
		await takePostBack(k.call, subject);
		expect(await posts(l)).toEqual([]);
		await takePostBack(k.call, subject);
		expect(await refusal(approvePost(l.call, l.organizer, await l.standing(), { document: '{}' } as PostOnDesk))).toBe(
			'409 post-gone',
		);
		await propose(r, update);
		await approveFirst(k);
		expect(await approveFirst(l)).toBe(true);
		expect(await refusal(takePostBack(k.call, subject))).toBe('409 wrong-state');
		await letter.rendered();
		expect(await letter.updates()).toHaveLength(1);
		// Sent again, it is the same; nothing stands twice.
		const [standing] = await posts(l);
		if (standing === undefined) throw new Error('Nothing stands.');
		expect(await approvePost(l.call, l.organizer, await l.standing(), standing)).toBe(true);
		expect(await posts(r)).toHaveLength(1);
	});

	test('is taken down again by two, and can be said again', async () => {
		const letter = await release(database, few);
		const { root, charter } = letter.review.letter;
		await agree(letter, update);
		const [{ subject } = { subject: '' }] = await posts(letter.seats[0]);
		await propose(letter.seats[0], { kind: 'removal', post: subject });
		await letter.rendered();
		expect(await letter.file('')).toContain('We met the board');
		// One removal of it is enough; in the same hour it would be the same one, approved.
		letter.server.clock.advance(60);
		expect(await refusal(propose(letter.seats[1], { kind: 'removal', post: subject }))).toBe('400 post-refused post');
		expect(await approveFirst(letter.seats[1])).toBe(true);
		await letter.rendered();
		expect(await showPosts(await letter.updates(), charter, root)).toEqual([]);
		expect(await letter.updates()).toHaveLength(2);
		expect(await letter.file('')).not.toContain('We met the board');
		expect(await refusal(propose(letter.seats[0], { kind: 'removal', post: subject }))).toBe('400 post-refused post');
		await agree(letter, update);
		expect(await letter.file('')).toContain('We met the board');
		expect((await letter.recount()).fault).toBeNull();
	});

	test('the letter is listed on the front page, and taken off, by two', async () => {
		const letter = await release(database, few);
		const [r, k] = letter.seats;
		const listed = async () => (await (await letter.server.fetch('/')).text()).includes('/letters/a-letter/');
		expect(await listed()).toBe(false);
		expect(await refusal(propose(r, { kind: 'listing', listed: false }))).toBe('400 post-refused listed');
		await propose(r, { kind: 'listing', listed: true });
		await letter.rendered();
		expect(await listed()).toBe(false);
		expect(await refusal(propose(k, { kind: 'listing', listed: false }))).toBe('400 post-refused listed');
		await approveFirst(k);
		await letter.rendered();
		expect(await listed()).toBe(true);
		expect(isListed(await letter.updates())).toBe(true);
		await agree(letter, { kind: 'listing', listed: false });
		expect(await listed()).toBe(false);
		// Within the same hour it is proposed anew, not taken for what was agreed before.
		await agree(letter, { kind: 'listing', listed: true });
		expect(await listed()).toBe(true);
	});
});

describe('what is refused', () => {
	test('before the release there is nothing to stand under', async () => {
		const server = await startServer({ now: REVIEW });
		const review = await placeInReview(server);
		const body = {
			document: writePost({ ...update, written: '2027-02-10T10:00:00Z' } as Post),
			authenticator: 'A'.repeat(86),
		};
		expect(await review.ask(0, 'POST', '/api/desk/posts', body)).toMatchObject({
			status: 409,
			body: { code: 'wrong-state' },
		});
		await review.schedule(await review.compose());
		expect(await review.ask(0, 'POST', '/api/desk/posts', body)).toMatchObject({ status: 409 });
		expect(await review.ask(0, 'DELETE', `/api/desk/posts/${'A'.repeat(43)}`)).toMatchObject({ status: 409 });
	});

	test('another key, another kind, another letter: each counts for nothing', async () => {
		const letter = await release('pglite', few);
		const [r, k] = letter.seats;
		const { root } = letter.review.letter;
		const document = writePost({ ...reply, written: '2027-03-01T09:00:00Z' } as Post);
		const subject = await postSubject(document);
		const send = async (authenticator: string) =>
			refusal(r.call('POST', '/api/desk/posts', { document, authenticator }));
		expect(await send(await approve(k.organizer.secrets.approval, 'post', root, subject))).toBe(
			'400 authenticator-refused authenticator',
		);
		expect(await send(await approve(r.organizer.secrets.approval, 'strike', root, subject))).toBe(
			'400 authenticator-refused authenticator',
		);
		expect(await send(await approve(r.organizer.secrets.approval, 'post', subject, subject))).toBe(
			'400 authenticator-refused authenticator',
		);
		// What was refused is not kept.
		expect(await posts(k)).toEqual([]);
	});

	test('what cannot stand there, with the reason', async () => {
		const refused: [object, string][] = [
			[{ ...update, text: 'One.\n\n<script>alert(1)</script>' }, 'Line 3: This is HTML'],
			[{ ...reply, text: '![smile](https://a.example/b.png)' }, 'Line 1: A letter holds no images'],
			[{ ...update, text: '[here](javascript:alert(1))' }, 'Line 1: This link leads nowhere'],
			[{ ...update, text: 'As they said.[1]' }, 'Line 1: There are no references here'],
			[{ ...coverage, address: 'javascript:alert(1)' }, 'This does not have the form expected'],
			[{ ...update, title: 'a\u202eb' }, 'This does not have the form expected'],
			[{ ...update, written: '2027-02-28T09:00:00Z' }, 'The time of this is not now'],
			[{ ...update, written: '2027-03-02T09:00:00Z' }, 'The time of this is not now'],
			[{ kind: 'removal', post: 'A'.repeat(43) }, 'This does not stand under the letter'],
		];
		const letter = await release('pglite', few);
		const [r] = letter.seats;
		for (const [post, reason] of refused) {
			const document = JSON.stringify(inOrder({ written: '2027-03-01T09:00:00Z', ...post }));
			const key = r.organizer.secrets.approval;
			const authenticator = await approve(key, 'post', letter.review.letter.root, await postSubject(document));
			await expect(r.call('POST', '/api/desk/posts', { document, authenticator })).rejects.toMatchObject({
				code: 'post-refused',
				message: expect.stringContaining(reason),
			});
		}
		expect((await r.view()).posts).toEqual([]);
	});

	test('a sixth that waits, of the same organizer; others go on', async () => {
		const letter = await release('pglite', few);
		const [r, k] = letter.seats;
		for (let i = 1; i <= 5; i++) await propose(r, { kind: 'update', title: `Update ${i}`, text: 'Text.' });
		expect(await refusal(propose(r, update))).toBe('409 waiting-limit');
		await approveFirst(k);
		expect(await propose(r, update)).toBe(false);
		expect(await propose(k, reply)).toBe(false);
	});

	test('signed out, nobody says anything', async () => {
		const server = await startServer({ now: MINUTE });
		const body = { document: '{}', authenticator: 'A'.repeat(86) };
		for (const path of ['/api/desk/posts', '/api/desk/posts/approve']) {
			expect((await server.send(path, body)).status).toBe(401);
		}
	});
});

/** Fields as a post has them: kind, when, the rest. */
const inOrder = ({ kind, written, ...rest }: { kind?: string; written: string }) => ({ kind, written, ...rest });
