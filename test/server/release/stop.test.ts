import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from './in-review.ts';

describe.each(databaseKinds)('stopping a release (%s)', (database) => {
	const begin = async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		const stateOf = async () => {
			const row = await server.deps.db.selectFrom('letters').selectAll().where('id', '=', review.id).executeTakeFirst();
			return row?.state;
		};
		return { server, review, stateOf };
	};

	test('one organizer stops: the letter is in review again, nothing goes out, and that release never does', async () => {
		const { server, review, stateOf } = await begin();
		const composed = await review.compose();
		await review.schedule(composed);
		expect(await review.stop(2, composed)).toMatchObject({ status: 200, body: { state: 'review' } });
		expect(await review.stop(2, composed)).toMatchObject({ status: 200, body: { state: 'review' } });
		expect(await server.deps.db.selectFrom('scheduled_releases').selectAll().execute()).toEqual([]);
		expect(await review.propose(0, composed)).toMatchObject({ status: 409, body: { code: 'attempt-used' } });
		await server.due(MINUTE);
		expect(await stateOf()).toBe('review');
		expect((await server.fetch('/letters/a-letter/')).status).toBe(404);
	});

	test('after a stop another attempt is agreed on and goes out', async () => {
		const { server, review, stateOf } = await begin();
		const first = await review.compose();
		await review.schedule(first);
		await review.stop(0, first);
		// The approvals of the first attempt count no more: two new ones are needed.
		const second = await review.compose();
		await review.propose(1, second);
		expect(await review.approve(1, second, true)).toMatchObject({ body: { state: 'review' } });
		expect(await review.approve(2, second, true)).toMatchObject({ body: { state: 'scheduled' } });
		await server.due(MINUTE);
		expect(await stateOf()).toBe('released');
	});

	test('the second stop of the same organizer waits for another organizer', async () => {
		const { review, stateOf } = await begin();
		const first = await review.compose();
		await review.schedule(first);
		await review.stop(0, first);
		const second = await review.compose();
		await review.schedule(second);
		expect(await review.stop(0, second)).toMatchObject({ status: 200, body: { state: 'scheduled' } });
		expect(await review.stop(0, second)).toMatchObject({ status: 200, body: { state: 'scheduled' } });
		expect(await stateOf()).toBe('scheduled');
		// Every desk says so: else whoever could help would never know.
		const [asking, other] = review.letter.organizers.map(({ id }) => id);
		const desk = (await review.ask(1, 'GET', '/api/desk')).body;
		expect(desk.release).toMatchObject({ stoppedBy: [asking] });
		const used = (desk.organizers as { id: string; stopUsed: boolean }[]).filter(({ stopUsed }) => stopUsed);
		expect(used.map(({ id }) => id)).toEqual([asking]);
		expect(other).not.toBe(asking);
		expect(await review.stop(1, second)).toMatchObject({ status: 200, body: { state: 'review' } });
		// Both stopped it together, so the other still has a stop alone.
		const third = await review.compose();
		await review.schedule(third);
		expect(await review.stop(1, third)).toMatchObject({ body: { state: 'review' } });
	});

	test('a stop of another release, by a stranger, or when nothing is scheduled is refused', async () => {
		const { review, stateOf } = await begin();
		const composed = await review.compose();
		expect(await review.stop(0, composed)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
		await review.schedule(composed);
		const other = await review.compose({ slug: 'another' });
		expect(await review.stop(0, other)).toMatchObject({ status: 400, body: { code: 'authenticator-refused' } });
		expect(await review.stop(7, composed).catch(() => 'no such organizer')).toBe('no such organizer');
		expect(await stateOf()).toBe('scheduled');
	});
});
