import { expect, test } from 'vitest';
import { startServer } from '../../support/server.ts';
import { placeInReview, REVIEW } from './in-review.ts';

test('who replaces, drops or stops what others approved is shown to all, and nothing is noted of one’s own that nobody approved', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	const changes = async () => (await review.ask(1, 'GET', '/api/desk')).body.releaseChanges;
	const [a, b, c] = review.letter.organizers.map(({ id }) => id);
	await review.propose(0, await review.compose());
	const own = await review.compose();
	await review.propose(0, own);
	expect(await changes()).toEqual([]);
	await review.approve(1, own);
	await review.propose(0, await review.compose());
	expect(await changes()).toEqual([{ organizer: a, what: 'replaced', approved: 1 }]);
	await review.ask(2, 'DELETE', '/api/desk/release');
	const agreed = await review.compose();
	await review.schedule(agreed);
	await review.stop(1, agreed);
	expect(await changes()).toEqual([
		{ organizer: a, what: 'replaced', approved: 1 },
		{ organizer: c, what: 'dropped', approved: 0 },
		{ organizer: b, what: 'stopped', approved: 1 },
	]);
	for (let n = 0; n < 51; n++) await review.propose(n % 2, await review.compose());
	expect(await changes()).toHaveLength(50);
});
