/** A release is written before it is public. What comes to nothing must not stay on the disk, also where rows of other letters lie behind it. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database.ts';
import { lockLetter } from '../../../server/letter/letter-store.ts';
import { transition } from '../../../server/letter/transitions.ts';
import { deleteScheduled, setSchedule } from '../../../server/release/release-store.ts';
import { wordsInTableFiles } from '../../support/database-files.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW, type Review } from './in-review.ts';

const names = ['Żaneta Łęcka 1'];
const namesOnDisk = ({ deps }: TestServer) => wordsInTableFiles(deps, names);
const attempts = async ({ deps: { db } }: TestServer) =>
	(await db.selectFrom('unswept').select('letter').execute()).length;

/** Everything of a release is written, and the last step fails; another letter's files come to lie behind it. */
async function writtenInVain(server: TestServer): Promise<Review> {
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	const { db } = server.deps;
	await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$`.execute(
		db,
	);
	await sql`create trigger refuse before update on letters for each row when (new.state = 'released') execute function refuse()`.execute(
		db,
	);
	await expect(server.due(MINUTE)).rejects.toThrow('the disk is full');
	await sql`drop trigger refuse on letters`.execute(db);
	const row = { letter: 'another', path: 'a.bin', coding: 'identity', slice: 0, media_type: 'x/y' } as const;
	await db
		.insertInto('published')
		.values({ ...row, etag: '"1"', length: 9_000, body: new Uint8Array(9_000) })
		.execute();
	return review;
}

async function stop({ deps: { db } }: TestServer, { id }: Review): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await lockLetter(trx, id);
		await deleteScheduled(trx, id);
		await setSchedule(trx, id, null);
		await transition(trx, id, 'scheduled', 'review');
	});
}

describe.each(databaseKinds)('names that were written and did not go out (%s)', (database) => {
	test('leave the disk once the release is stopped, with other letters’ files behind them', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await writtenInVain(server);
		expect(await namesOnDisk(server)).toEqual(names);
		await stop(server, review);
		await server.due();
		expect(await namesOnDisk(server)).toEqual([]);
		expect(await attempts(server)).toBe(0);
		expect(await server.deps.db.selectFrom('published').select('letter').execute()).toEqual([{ letter: 'another' }]);
	});
});

// Only there can somebody else hold a table.
test('while a dump reads the table they stay, and the next run asks again', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const review = await writtenInVain(server);
	await stop(server, review);
	const other = await openDatabase(server.deps.config);
	await other.db.transaction().execute(async (trx) => {
		await sql`lock table published in access share mode`.execute(trx);
		await server.due();
	});
	await other.close();
	expect(server.logs.filter((line) => line.includes('"sweep postponed"'))).toHaveLength(1);
	expect(await namesOnDisk(server)).not.toEqual([]);
	await server.due();
	expect(await namesOnDisk(server)).toEqual([]);
});
