import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../../server/database.ts';
import { lockLetter } from '../../../server/letter/letter-store.ts';
import { saveScheduled } from '../../../server/release/release-store.ts';
import { openScheduled, Pile } from '../../../server/release/scheduled-release.ts';
import { scheduledSlices } from '../../../server/release/slices-store.ts';
import { recount } from '../../../shared/recount.ts';
import { startServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from './in-review.ts';

// On PostgreSQL, since only there a transaction goes on after whoever began it has lost its answer.
test('an upload whose scheduling is still being committed when its answer is lost stays whole', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const { id } = await placeInReview(server);
	const { db, config } = server.deps;
	const pile = new Pile(id);
	const pieces = async function* () {
		yield new Uint8Array(1024);
	};
	for await (const _ of pile.keep(db, pieces(), REVIEW));
	const other = await openDatabase(config);
	const { dropping } = await other.db.transaction().execute(async (trx) => {
		await lockLetter(trx, id);
		const sealed = await pile.seal(server.deps, trx, {
			releaseHash: 'A'.repeat(43),
			releaseAt: '2027-03-01T09:00:00Z',
		});
		if (sealed === null) throw new Error('the upload is not whole');
		await saveScheduled(trx, id, { attempt: 'A'.repeat(22), releaseHash: 'A'.repeat(43), ...sealed });
		const dropping = pile.dropUnlessScheduled(db);
		await vi.waitFor(async () => {
			const waiting = sql<{ n: number }>`select count(*) as n from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'`;
			expect((await waiting.execute(trx)).rows).toEqual([{ n: 1 }]);
		}, 60_000);
		return { dropping };
	});
	await dropping;
	await other.close();
	expect(await scheduledSlices.count(db, { letter: id, pile: pile.id })).toBe(1);
});

test('whoever writes another minute into the database brings no release forward, and it goes out at the one that was approved', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	await server.deps.db.updateTable('letters').set({ release_at: REVIEW }).execute();
	await expect(server.due(new Date(MINUTE.getTime() - 1000))).rejects.toThrow('not the minute that was approved');
	expect((await server.fetch('/letters/a-letter/')).status).toBe(404);
	await server.due(MINUTE);
	expect((await server.fetch('/letters/a-letter/')).status).toBe(200);
});

test('a release that was scheduled before there were slices goes out at its minute', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	const { db, secretBox } = server.deps;
	const scheduled = await openScheduled(server.deps, db, review.id);
	if (scheduled === null) throw new Error('nothing is scheduled');
	const pieces: Uint8Array[] = [];
	for await (const piece of scheduled.file) pieces.push(piece);
	// As it was kept then: the whole file, sealed for its letter and its hash.
	const box = secretBox.seal('scheduled release', `${review.id} ${scheduled.releaseHash}`, Buffer.concat(pieces));
	await db.updateTable('scheduled_releases').set({ pile: null, box }).execute();
	await db.deleteFrom('scheduled_slices').execute();
	await server.due(MINUTE);
	const [file, jws] = await Promise.all(
		['release.json', 'release.json.jws'].map(async (name) => (await server.fetch(`/letters/a-letter/${name}`)).text()),
	);
	expect(await recount(file ?? '', { jws: jws ?? '' })).toMatchObject({ ok: true });
});
