import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { type Db, openDatabase } from '../../server/database.ts';
import { type Jobs, openJobs } from '../../server/platform/jobs.ts';
import { createLog } from '../../server/platform/log.ts';
import { databaseKinds, newPlace } from '../support/databases.ts';

async function open(kind: 'pglite' | 'postgres', define: (jobs: Jobs) => void, keptSeconds?: number) {
	const place = await newPlace(kind);
	const database = await openDatabase(place);
	const logs: string[] = [];
	const jobs = openJobs(
		{ databaseUrl: place.databaseUrl, pglite: database.pglite },
		createLog((line) => logs.push(line)),
		keptSeconds,
	);
	define(jobs);
	await jobs.start();
	onTestFinished(async () => {
		await jobs.stop();
		await database.close();
		place.remove();
	});
	return { db: database.db, jobs, logs };
}

const rows = async (db: Db) => (await sql<object>`select * from pgboss.job`.execute(db)).rows;

test.each(databaseKinds)('a job on %s runs exactly if its transaction commits', async (kind) => {
	const done: string[] = [];
	const { db, jobs } = await open(kind, (jobs) => {
		jobs.define<{ letter: string }>('note', async ({ letter }) => void done.push(letter));
	});
	await db.transaction().execute((trx) => jobs.enqueue('note', { letter: 'kept' }, { within: trx }));
	const undone = db.transaction().execute(async (trx) => {
		await jobs.enqueue('note', { letter: 'dropped' }, { within: trx });
		throw new Error('rolled back');
	});
	await expect(undone).rejects.toThrow('rolled back');
	await jobs.idle();
	expect(done).toEqual(['kept']);
});

test.each(databaseKinds)('a backlog of jobs on %s drains without waiting for a poll each', async (kind) => {
	let done = 0;
	const { jobs } = await open(kind, (jobs) => jobs.define('count', async () => void done++));
	for (let sent = 0; sent < 100; sent++) await jobs.enqueue('count', {});
	const began = performance.now();
	// A poll for each would take fifty seconds.
	await jobs.idle();
	expect(done).toBe(100);
	expect(performance.now() - began).toBeLessThan(45_000);
});

test.each(databaseKinds)('what made a job on %s fail is neither logged nor stored', async (kind) => {
	const { db, jobs, logs } = await open(kind, (jobs) => {
		jobs.define('fails', async () => {
			throw new Error('no route to amina@northwind.example');
		});
	});
	await jobs.enqueue('fails', {});
	await jobs.idle();
	expect(logs.join('')).toContain('job failed');
	const stored = await rows(db);
	expect(stored).toHaveLength(1);
	expect(logs.join('') + JSON.stringify(stored)).not.toContain('northwind');
});

test.each(databaseKinds)('of a job on %s that is done no row stays', async (kind) => {
	const define = (jobs: Jobs) => jobs.define('note', async () => {});
	const { db, jobs } = await open(kind, define, 1);
	await jobs.enqueue('note', {});
	await db.transaction().execute((trx) => jobs.enqueue('note', {}, { within: trx }));
	await jobs.idle();
	await expect.poll(() => rows(db), { timeout: 20_000 }).toEqual([]);
});

test('what a killed process left under way on the embedded database is taken up by the next start, at once', async () => {
	let reached = () => {};
	const reachedIt = new Promise<void>((resolve) => {
		reached = resolve;
	});
	const place = await newPlace('pglite');
	const database = await openDatabase(place);
	const started = async (work: () => Promise<void>) => {
		const jobs = openJobs(
			{ databaseUrl: undefined, pglite: database.pglite },
			createLog(() => {}),
		);
		jobs.define('mail', work);
		await jobs.start();
		return jobs;
	};
	// It dies in the middle: of its process nothing is heard again.
	const killed = await started(() => {
		reached();
		return new Promise(() => {});
	});
	await killed.enqueue('mail', {});
	await reachedIt;
	let done = 0;
	const next = await started(async () => void done++);
	onTestFinished(async () => {
		await Promise.all([killed.stop(), next.stop()]);
		await database.close();
		place.remove();
	});
	await next.idle();
	expect(done).toBe(1);
	expect(await next.overdue(0)).toBe(0);
});
