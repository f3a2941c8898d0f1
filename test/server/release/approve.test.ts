import { describe, expect, test } from 'vitest';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { placeInReview, REVIEW } from './in-review.ts';

describe.each(databaseKinds)('agreeing on a release (%s)', (database) => {
	const begin = async () => {
		const server = await startServer({ database, now: REVIEW });
		return { server, review: await placeInReview(server) };
	};
	const stateOf = async ({ server, review }: Awaited<ReturnType<typeof begin>>) =>
		server.deps.db.selectFrom('letters').selectAll().where('id', '=', review.id).executeTakeFirstOrThrow();

	test('one proposes, two of three approve, the second brings it: the letter is scheduled', async () => {
		const both = await begin();
		const { review } = both;
		const composed = await review.compose();
		expect(await review.propose(0, composed)).toMatchObject({ status: 204 });
		expect(await review.ask(1, 'GET', '/api/desk/release')).toMatchObject({
			body: { releaseHash: composed.releaseHash, releaseAt: composed.release.terms.releaseAt },
		});
		expect(await review.approve(0, composed)).toMatchObject({ status: 200, body: { state: 'review' } });
		// The same approval again is no second one, and a second without the release does not count yet.
		expect(await review.approve(0, composed)).toMatchObject({ status: 200, body: { state: 'review' } });
		expect(await review.approve(1, composed)).toMatchObject({ status: 409, body: { code: 'release-needed' } });
		expect(await stateOf(both)).toMatchObject({ state: 'review', slug: null, release_at: null });
		expect(await review.approve(1, composed, true)).toMatchObject({ status: 200, body: { state: 'scheduled' } });
		expect(await review.approve(1, composed, true)).toMatchObject({ status: 200, body: { state: 'scheduled' } });
		expect(await stateOf(both)).toMatchObject({
			...{ state: 'scheduled', slug: 'a-letter', release_at: new Date('2027-03-01T09:00:00Z') },
		});
	});

	test('two who are the last at the same moment schedule it once, and both hear so', async () => {
		const both = await begin();
		const { server, review } = both;
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		const answers = await Promise.all([review.approve(1, composed, true), review.approve(2, composed, true)]);
		expect(answers.map(({ body }) => body.state)).toEqual(['scheduled', 'scheduled']);
		const approvals = server.deps.db.selectFrom('approvals').selectAll().where('kind', '=', 'release');
		expect(await approvals.execute()).toHaveLength(2);
		expect(await stateOf(both)).toMatchObject({ state: 'scheduled' });
	});

	test('what is scheduled is kept under the host secret: the table holds no name', async () => {
		const { server, review } = await begin();
		const composed = await review.compose();
		await review.schedule(composed);
		const { box } = await server.deps.db.selectFrom('scheduled_releases').select('box').executeTakeFirstOrThrow();
		expect(Buffer.from(box).includes(Buffer.from('Żaneta'))).toBe(false);
		expect(writeReleaseFile(composed.release)).toContain('Żaneta');
	});

	test('an approval is taken back until the last one, not after it', async () => {
		const both = await begin();
		const { review } = both;
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		expect(await review.ask(0, 'DELETE', '/api/desk/release/approve')).toMatchObject({ status: 204 });
		expect(await review.approve(1, composed, true)).toMatchObject({ body: { state: 'review' } });
		expect(await review.approve(2, composed, true)).toMatchObject({ body: { state: 'scheduled' } });
		const late = await review.ask(1, 'DELETE', '/api/desk/release/approve');
		expect(late).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
		expect(await stateOf(both)).toMatchObject({ state: 'scheduled' });
	});

	test('a new draft ends the approvals of the one before it', async () => {
		const { review } = await begin();
		const first = await review.compose();
		await review.propose(0, first);
		await review.approve(0, first);
		const second = await review.compose({ slug: 'another-name' });
		await review.propose(2, second);
		expect(await review.approve(1, first)).toMatchObject({ status: 409, body: { code: 'release-changed' } });
		expect(await review.approve(1, second, true)).toMatchObject({ body: { state: 'review' } });
		// The first one proposed again finds no approval either.
		await review.propose(0, first);
		expect(await review.approve(1, first, true)).toMatchObject({ body: { state: 'review' } });
	});

	test('an approval of something else, or by somebody else, is refused', async () => {
		const { review } = await begin();
		const composed = await review.compose();
		await review.propose(0, composed);
		const { releaseHash } = await review.compose({ slug: 'not-this-one' });
		const { attempt } = composed.release.terms;
		const wrong = await review.approve(1, { ...composed, releaseHash });
		expect(wrong).toMatchObject({ status: 409, body: { code: 'release-changed' } });
		const body = { attempt, releaseHash: composed.releaseHash, authenticator: 'A'.repeat(86), release: null };
		const forged = await review.ask(1, 'POST', '/api/desk/release/approve', body);
		expect(forged).toMatchObject({ status: 400, body: { code: 'authenticator-refused' } });
		const stranger = await review.ask(9, 'POST', '/api/desk/release/approve', body);
		expect(stranger).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
	});

	test('a file that comes before it is needed is not read: one organizer alone cannot keep the server busy with it', async () => {
		const { review } = await begin();
		const composed = await review.compose();
		await review.propose(0, composed);
		const rubbish = { ...composed, release: { ...composed.release, signatures: [] } };
		expect(await review.approve(0, rubbish, true)).toMatchObject({ status: 200, body: { state: 'review' } });
		expect(await review.approve(1, rubbish, true)).toMatchObject({ status: 422, body: { code: 'release-invalid' } });
	});

	test('a release that is not what was approved is refused, however it differs', async () => {
		const both = await begin();
		const { review } = both;
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		const other = await review.compose({ press: 'Somebody else' });
		const fewer = { ...composed.release, signatures: composed.release.signatures.slice(1) };
		for (const release of [other.release, fewer]) {
			const answer = await review.approve(
				1,
				{ ...composed, release: { ...release, terms: { ...release.terms, attempt: composed.release.terms.attempt } } },
				true,
			);
			expect(answer).toMatchObject({ status: 422, body: { code: 'release-invalid' } });
		}
		expect(await stateOf(both)).toMatchObject({ state: 'review' });
	});

	test('a signature that the server does not hold, or holds otherwise, is refused by its number', async () => {
		const both = await begin();
		const { server, review } = both;
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		const third = composed.release.signatures[2];
		const key = third && 'entry' in third ? third.entry.statement.key : '';
		const row = server.deps.db.updateTable('signatures').where('key', '=', key);
		await row.set({ turn: 7 }).execute();
		expect(await review.approve(1, composed, true)).toMatchObject({
			status: 409,
			body: { code: 'release-outdated', detail: 'Signature 3: another version of it is held here.' },
		});
		await row.set({ turn: 1, status: 'lapsed' }).execute();
		expect(await review.approve(1, composed, true)).toMatchObject({
			body: { code: 'release-outdated', detail: 'Signature 3: it is not held here.' },
		});
	});

	test('other numbers of credentials than were issued are refused', async () => {
		const { server, review } = await begin();
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		await server.deps.db.updateTable('issued').set({ roster: 1 }).execute();
		expect(await review.approve(1, composed, true)).toMatchObject({ status: 422, body: { code: 'release-invalid' } });
	});

	test('a slug that another letter has, a time that has passed or is after the expiry: refused at once', async () => {
		const { server, review } = await begin();
		await server.deps.db
			.insertInto('letters')
			.values({
				id: 'other',
				state: 'released',
				slug: 'taken',
				root: null,
				draft: null,
				closes_at: null,
				last_call_until: null,
				expires_on: null,
				release_at: null,
			})
			.execute();
		const proposals = [
			[{ slug: 'taken' }, 'slug-taken'],
			[{ releaseAt: '2027-02-10T10:00:00Z' }, 'release-time'],
			[{ releaseAt: '2027-06-01T00:00:00Z' }, 'release-time'],
		] as const;
		for (const [facts, code] of proposals) {
			expect(await review.propose(0, await review.compose(facts))).toMatchObject({ body: { code } });
		}
	});

	test('of two letters that propose the same slug, the second to be agreed on must choose another', async () => {
		const { server, review } = await begin();
		const second = await placeInReview(server, { seed: 'a second letter' });
		const theirs = await second.compose();
		await second.propose(0, theirs);
		await second.approve(0, theirs);
		await review.schedule(await review.compose());
		expect(await second.approve(1, theirs, true)).toMatchObject({ status: 409, body: { code: 'slug-taken' } });
	});

	test('whoever withdraws before the last approval must stand as a stub in what is brought', async () => {
		const both = await begin();
		const { review } = both;
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		const { key, turn, authenticator } = await review.withdraw(0);
		expect(await review.approve(1, composed, true)).toMatchObject({ status: 409, body: { code: 'release-outdated' } });
		const opened = review.letter.facts.opened.map((one) =>
			one.statement.includes(key) ? { ...one, withdrawal: { turn, authenticator } } : one,
		);
		const again = await review.compose({ opened, attempt: composed.release.terms.attempt });
		expect(again.releaseHash).toBe(composed.releaseHash);
		expect(await review.approve(1, again, true)).toMatchObject({ body: { state: 'scheduled' } });
	});
});
