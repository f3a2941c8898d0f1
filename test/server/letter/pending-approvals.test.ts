import { expect, test } from 'vitest';
import { type ApprovalKind, approve, suspendSubject } from '../../../shared/approval.ts';
import { postSubject, writePost } from '../../../shared/post.ts';
import { startServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';

test('of who is suspended nothing counts that waits, in review and after the release; a release that was approved goes out', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const review = await placeInReview(server);
	const { organizers, root } = review.letter;
	const mole = organizers[2];
	if (!mole) throw new Error('there are three organizers');
	const approval = (by: number, kind: ApprovalKind, subject: string) => {
		const secrets = organizers[by]?.secrets;
		if (!secrets) throw new Error('nobody sits there');
		return approve(secrets.approval, kind, root, subject);
	};
	const decide = async (turn: number) => {
		const subject = await suspendSubject(root, mole.id, turn);
		for (const by of [0, 1]) {
			const authenticator = await approval(by, 'suspend', subject);
			const body = { organizer: mole.id, turn, authenticator };
			expect((await review.ask(by, 'POST', '/api/desk/suspensions', body)).status).toBe(200);
		}
	};
	const desk = async () => (await review.ask(0, 'GET', '/api/desk')).body;

	const composed = await review.compose();
	await review.propose(2, composed);
	await review.approve(2, composed);
	expect(await desk()).toMatchObject({ release: { approvedBy: [mole.id] } });
	await decide(1);
	expect(await desk()).toMatchObject({ release: { approvedBy: [] }, suspensions: [{ suspended: true, next: 2 }] });
	expect((await review.approve(2, composed)).status).toBe(401);
	await decide(2);
	await review.logIn();
	// Approved by the mole and another one, while both could.
	await review.approve(2, composed);
	expect((await review.approve(0, composed, true)).body).toEqual({ state: 'scheduled' });
	await decide(3);
	expect((await review.stop(2, composed)).status).toBe(401);
	await server.due(MINUTE);
	expect((await server.fetch('/letters/a-letter/')).status).toBe(200);

	await review.logIn();
	await decide(4);
	await review.logIn();
	const document = writePost({
		kind: 'update',
		written: '2027-03-01T09:00:00Z',
		title: 'Not so',
		text: 'All is well.',
	});
	const subject = await postSubject(document);
	const said = { document, authenticator: await approval(2, 'post', subject) };
	expect((await review.ask(2, 'POST', '/api/desk/posts', said)).body).toEqual({ subject, agreed: false });
	expect(await desk()).toMatchObject({ posts: [{ subject }] });
	await decide(5);
	expect(await desk()).toMatchObject({ posts: [] });
});

test('a release that was stopped cannot come back when whoever stopped it is suspended later', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	const { organizers, root } = review.letter;
	const stopped = await review.compose();
	await review.schedule(stopped);
	expect((await review.stop(2, stopped)).body).toEqual({ state: 'review' });
	const next = await review.compose();
	await review.schedule(next);
	const [one, two, three] = organizers;
	if (!one || !two || !three) throw new Error('there are three organizers');
	const subject = await suspendSubject(root, three.id, 1);
	for (const [by, { secrets }] of [one, two].entries()) {
		const authenticator = await approve(secrets.approval, 'suspend', root, subject);
		await review.ask(by, 'POST', '/api/desk/suspensions', { organizer: three.id, turn: 1, authenticator });
	}
	expect((await review.ask(2, 'GET', '/api/desk')).status).toBe(401);
	expect((await review.stop(0, next)).body).toEqual({ state: 'review' });
	expect((await review.propose(0, stopped)).body).toMatchObject({ code: 'attempt-used' });
});
