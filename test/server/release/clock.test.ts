import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../../server/database.ts';
import { lockLetter } from '../../../server/letter/letter-store.ts';
import { transition } from '../../../server/letter/transitions.ts';
import { publishDue } from '../../../server/release/clock.ts';
import { publish } from '../../../server/release/publish.ts';
import { deleteScheduled, setSchedule } from '../../../server/release/release-store.ts';
import { recount } from '../../../shared/recount.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from './in-review.ts';

const before = new Date(MINUTE.getTime() - 1000);

async function files(server: TestServer) {
	const release = await server.fetch('/letters/a-letter/release.json');
	const jws = await server.fetch('/letters/a-letter/release.json.jws');
	const page = await server.fetch('/letters/a-letter/');
	return { release: await release.text(), jws: await jws.text(), page: await page.text(), status: page.status };
}

describe.each(databaseKinds)('the release clock (%s)', (database) => {
	const begin = async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		return { server, review };
	};

	test('a letter goes out at its minute, not a second before: page, file and JWS, which recount', async () => {
		const { server, review } = await begin();
		await review.schedule(await review.compose());
		await server.due(before);
		expect((await server.fetch('/letters/a-letter/')).status).toBe(404);
		await server.due(MINUTE);
		const { release, jws, page, status } = await files(server);
		expect(status).toBe(200);
		expect(page).toContain('Żaneta Łęcka 1');
		const report = await recount(release, { jws });
		expect(report.fault).toBeNull();
		expect(report.checks.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true]);
		expect(await server.deps.db.selectFrom('unswept').selectAll().execute()).toEqual([]);
	});

	test('at the release every sealed name, share, strike and draft is erased', async () => {
		const { server, review } = await begin();
		const [first] = review.letter.facts.opened;
		const key = JSON.parse(first?.statement ?? '').key;
		await review.ask(0, 'PUT', '/api/desk/strikes', { key, reason: 'twice' });
		await review.schedule(await review.compose({ strikes: [{ key, reason: 'twice' }] }));
		await server.due(MINUTE);
		const { db } = server.deps;
		for (const table of ['contributions', 'strikes', 'release_drafts', 'draft_slices', 'scheduled_releases'] as const) {
			expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
		}
		const rows = await db.selectFrom('signatures').select(['key', 'status', 'sealed', 'statement']).execute();
		expect(rows.filter((row) => row.sealed !== null)).toEqual([]);
		expect(rows.find((row) => row.key === key)).toMatchObject({ status: 'lapsed', statement: null });
		expect(rows.filter((row) => row.status === 'published')).toHaveLength(rows.length - 1);
	});

	test('two nodes at the same minute publish it once', async () => {
		const { server, review } = await begin();
		await review.schedule(await review.compose());
		server.clock.set(MINUTE);
		const { databaseUrl, data } = server.deps.config;
		// The embedded database belongs to one process: there both clocks share it.
		const other = databaseUrl ? await openDatabase({ databaseUrl, data }) : null;
		const node = other ? { ...server.deps, db: other.db } : server.deps;
		await Promise.all([publishDue(server.deps, MINUTE), publishDue(node, MINUTE), publishDue(node, MINUTE)]);
		await other?.close();
		expect(server.logs.filter((line) => line.includes('"released"'))).toHaveLength(1);
		const { release, jws } = await files(server);
		expect(await recount(release, { jws })).toMatchObject({ ok: true });
	});

	test('a server that was down at that minute publishes when it is up again', async () => {
		const { server, review } = await begin();
		await review.schedule(await review.compose());
		await server.due(new Date('2027-03-04T17:23:45Z'));
		expect((await files(server)).status).toBe(200);
	});

	test('without the last approval nothing ever goes out', async () => {
		const { server, review } = await begin();
		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed, true);
		await server.due(MINUTE);
		expect((await files(server)).status).toBe(404);
		expect(await server.deps.db.selectFrom('published').select('path').execute()).toEqual([]);
	});

	test('whoever withdraws after the approval is published as a number only, and the recount holds', async () => {
		const { server, review } = await begin();
		await review.schedule(await review.compose());
		const { key, turn } = await review.withdraw(0);
		await server.due(MINUTE);
		const { release, jws, page } = await files(server);
		expect(page).not.toContain('Żaneta Łęcka 1');
		expect(release).not.toContain('Żaneta Łęcka 1"');
		expect(release).toContain(`{"stub":{"key":"${key}"`);
		expect(release).toContain(`"withdrawal":{"turn":${turn},`);
		expect(await recount(release, { jws })).toMatchObject({ ok: true, counted: { withdrawn: 1 } });
	});

	test('whoever withdraws while the release is being rendered is in no file either', async () => {
		const { server, review } = await begin();
		await review.schedule(await review.compose());
		server.clock.set(MINUTE);
		const publishing = publishDue(server.deps, MINUTE);
		await review.withdraw(0);
		await publishing;
		await server.deps.jobs.idle();
		const { release, jws, page } = await files(server);
		expect(page).not.toContain('Żaneta Łęcka 1<');
		expect(release).not.toContain('"Żaneta Łęcka 1"');
		expect(await recount(release, { jws })).toMatchObject({ ok: true, counted: { withdrawn: 1 } });
	});

	test('a sealed release that was altered, or lost, or of another attempt, is not published', async () => {
		const { server, review } = await begin();
		const composed = await review.compose();
		await review.schedule(composed);
		const { box } = await server.deps.db.selectFrom('scheduled_releases').select('box').executeTakeFirstOrThrow();
		box[20] = (box[20] ?? 0) ^ 1;
		const scheduled = server.deps.db.updateTable('scheduled_releases');
		await scheduled.set({ box }).execute();
		await expect(server.due(MINUTE)).rejects.toThrow();
		box[20] = (box[20] ?? 0) ^ 1;
		await scheduled.set({ box, release_hash: 'A'.repeat(43) }).execute();
		await expect(server.due(MINUTE)).rejects.toThrow();
		await scheduled.set({ release_hash: composed.releaseHash }).execute();
		const slices = server.deps.db.updateTable('scheduled_slices');
		const slice = await server.deps.db.selectFrom('scheduled_slices').select('box').executeTakeFirstOrThrow();
		slice.box[20] = (slice.box[20] ?? 0) ^ 1;
		await slices.set(slice).execute();
		await expect(server.due(MINUTE)).rejects.toThrow();
		// Lost, while nobody has stopped it: whoever runs the server hears of that, too.
		await server.deps.db.deleteFrom('scheduled_slices').execute();
		await expect(server.due(MINUTE)).rejects.toThrow('a slice of the scheduled release is gone');
		expect((await files(server)).status).toBe(404);
	});
});

// On PostgreSQL, since only there can somebody come in between: the embedded database does one thing after the other.
test('one that is stopped while it is being written does not go out, and leaves no name on the disk', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	server.clock.set(MINUTE);
	const { db, config } = server.deps;
	const other = await openDatabase(config);
	const going = await other.db.transaction().execute(async (trx) => {
		await lockLetter(trx, review.id);
		const publishing = publish(server.deps, review.id);
		// Everything is written by then; only the letter itself is waited for.
		await vi.waitFor(
			async () => {
				const waiting = sql<{ n: number }>`select count(*) as n from pg_stat_activity
							where datname = current_database() and wait_event_type = 'Lock'`;
				expect((await waiting.execute(db)).rows).toEqual([{ n: 1 }]);
			},
			{ timeout: 60_000 },
		);
		await deleteScheduled(trx, review.id);
		await setSchedule(trx, review.id, null);
		await transition(trx, review.id, 'scheduled', 'review');
		return { publishing };
	});
	expect(await going.publishing).toBe(false);
	await server.due();
	const size = sql<{ bytes: number }>`select pg_relation_size(oid) + pg_relation_size(reltoastrelid) as bytes
				from pg_class where oid = 'published'::regclass`;
	expect((await size.execute(db)).rows).toEqual([{ bytes: 0 }]);
	await other.close();
});
