import { describe, expect, test } from 'vitest';
import type { Db } from '../../../server/database.ts';
import { openSession } from '../../../server/organizer/session.ts';
import { draftFor } from '../../../server/release/draft.ts';
import { draftSlices } from '../../../server/release/slices-store.ts';
import { b64u, newId, randomBytes } from '../../../shared/bytes.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { placeInReview, REVIEW, type Review } from './in-review.ts';

const slicesIn = (db: Db) => db.selectFrom('draft_slices').select(['pile', 'slice']).orderBy('slice').execute();

/** As an organizer's browser sends it, with a box of so many bytes. */
async function draftOf(review: Review, size: number) {
	const { release, releaseHash } = await review.compose();
	const { attempt, slug, releaseAt } = release.terms;
	const keys = review.letter.organizers.map(({ id }) => ({ organizer: id, sealed: b64u(randomBytes(80)) }));
	const box = Buffer.concat(Array.from({ length: Math.ceil(size / 60_000) }, () => randomBytes(60_000)));
	return { attempt, slug, releaseHash, releaseAt, box: b64u(box.subarray(0, size)), keys };
}

describe.each(databaseKinds)('a draft release lies in slices (%s)', (database) => {
	test('a large one comes to the others as it was sent, and goes when another takes its place or it is dropped', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		const { db } = server.deps;
		const [first, second] = [await draftOf(review, 2_500_001), await draftOf(review, 400)];
		for (const [draft, slices] of [
			[first, [0, 1, 2, 3]],
			[first, [0, 1, 2, 3]],
			[second, [0]],
		] as const) {
			expect((await review.ask(0, 'PUT', '/api/desk/release', draft)).status).toBe(204);
			expect((await slicesIn(db)).map(({ slice }) => slice)).toEqual(slices);
			const { attempt, releaseHash, releaseAt, box, keys } = draft;
			const { status, body } = await review.ask(1, 'GET', '/api/desk/release');
			expect(status).toBe(200);
			expect({ ...body, box: body.box === box }).toEqual({
				...{ attempt, releaseHash, releaseAt, box: true, key: keys[1]?.sealed },
			});
		}
		expect((await review.ask(1, 'DELETE', '/api/desk/release')).status).toBe(204);
		expect(await slicesIn(db)).toEqual([]);
	});

	test('of one that is refused nothing stays, and what stands is left alone', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		const { db } = server.deps;
		const standing = await draftOf(review, 2_000);
		await review.ask(0, 'PUT', '/api/desk/release', standing);
		const before = await slicesIn(db);
		const draft = await draftOf(review, 1_200_000);
		for (const [wrong, code, field] of [
			[{ ...draft, box: `${draft.box}=` }, 'invalid-input', 'box'],
			[{ ...draft, box: '' }, 'invalid-input', 'box'],
			[{ ...draft, box: 7 }, 'invalid-input', 'box'],
			[{ ...draft, more: true }, 'invalid-input', 'more'],
			[{ ...draft, keys: draft.keys.slice(1) }, 'wrong-recipients', undefined],
			[{ ...draft, releaseAt: '2027-01-01T00:00:00Z' }, 'release-time', 'releaseAt'],
		] as const) {
			const { body } = await review.ask(0, 'PUT', '/api/desk/release', wrong);
			expect(body).toMatchObject({ code, ...(field && { field }) });
		}
		expect(await slicesIn(db)).toEqual(before);
		expect((await review.ask(2, 'GET', '/api/desk/release')).body.box).toBe(standing.box);
	});
});

test('what a server that died has left of an upload goes within hours; a draft stays however old', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	const { db } = server.deps;
	await review.ask(0, 'PUT', '/api/desk/release', await draftOf(review, 2_000));
	const [proposed] = await slicesIn(db);
	const expiresAt = new Date(REVIEW.getTime() + 3_600_000);
	await draftSlices.insert(db, { letter: review.id, pile: newId(), slice: 0, box: 'AAAA', expiresAt });
	await server.due(new Date(expiresAt.getTime() - 60_000));
	expect(await slicesIn(db)).toHaveLength(2);
	await server.due(new Date(REVIEW.getTime() + 24 * 3_600_000));
	expect(await slicesIn(db)).toEqual([proposed]);
});

test('a draft that is replaced while it is read comes to nobody cut off, empty or mixed with the other', async () => {
	const server = await startServer({ database: 'pglite', now: REVIEW });
	const review = await placeInReview(server);
	const { db } = server.deps;
	const asking = { id: review.letter.organizers[1]?.id ?? '', letter: review.id };
	const [first, second] = [await draftOf(review, 1_600_000), await draftOf(review, 1_600_000)];
	await review.ask(0, 'PUT', '/api/desk/release', first);
	const [unread, begun] = [await draftFor(db, asking), await draftFor(db, asking)];
	const begins = begun.box[Symbol.asyncIterator]();
	expect((await begins.next()).value).toBe(first.box.slice(0, 2 ** 20));
	await review.ask(0, 'PUT', '/api/desk/release', second);
	await expect(begins.next()).rejects.toThrow('not there any more');
	await expect(unread.box[Symbol.asyncIterator]().next()).rejects.toThrow('not there any more');
	// One of before there were slices.
	await db.updateTable('release_drafts').set({ pile: null, box: 'AAAABBBB' }).execute();
	const old = await draftFor(db, asking);
	await review.ask(0, 'PUT', '/api/desk/release', first);
	await expect(old.box[Symbol.asyncIterator]().next()).rejects.toThrow('not there any more');
});

test('an answer that cannot be finished breaks off, and says nothing of why', async () => {
	const server = await startServer({ database: 'pglite', now: REVIEW });
	const review = await placeInReview(server);
	const { db, clock } = server.deps;
	await review.ask(0, 'PUT', '/api/desk/release', await draftOf(review, 1_600_000));
	await db.updateTable('draft_slices').set({ slice: 7 }).where('slice', '=', 1).execute();
	const cookie = `organizer=${await openSession(db, review.letter.organizers[0]?.id ?? '', clock.now())}`;
	const answer = await fetch(`${server.origin}/api/desk/release`, { headers: { cookie } });
	expect(answer.status).toBe(200);
	await expect(answer.text()).rejects.toThrow('terminated');
});

test('a draft that was proposed before there were slices is read as it stands', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	await review.ask(0, 'PUT', '/api/desk/release', await draftOf(review, 2_000));
	const { db } = server.deps;
	await db.deleteFrom('draft_slices').execute();
	await db.updateTable('release_drafts').set({ pile: null, box: 'AAAABBBB' }).execute();
	expect((await review.ask(0, 'GET', '/api/desk/release')).body).toMatchObject({ box: 'AAAABBBB' });
});
