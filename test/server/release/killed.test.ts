import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { type Db, openDatabase } from '../../../server/database.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { serve } from '../../../server/serve.ts';
import { recount } from '../../../shared/recount.ts';
import { databaseKinds } from '../../support/databases.ts';
import { newEnvironment } from '../../support/environment.ts';
import type { TestEnvironment } from '../../support/server-environment.ts';
import { MINUTE, placeInReview, REVIEW } from './in-review.ts';

const program = new URL('publishing-process.ts', import.meta.url);

/** Runs the release clock in a process of its own. @returns how it ended, and what it logged */
async function runClock({ variables }: TestEnvironment, dieAt = ''): Promise<{ ended: string; log: string }> {
	const env = { PATH: process.env.PATH, ...variables, TEST_NOW: MINUTE.toISOString(), DIE_AT: dieAt };
	const child: ChildProcess = fork(program, { env, execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
	let log = '';
	child.stdout?.on('data', (chunk) => {
		log += chunk;
	});
	const [status, signal] = await once(child, 'close');
	return { ended: String(signal ?? status), log };
}

async function withDatabase<T>({ variables }: TestEnvironment, read: (db: Db) => Promise<T>): Promise<T> {
	const database = await openDatabase(readConfig(variables));
	try {
		return await read(database.db);
	} finally {
		await database.close();
	}
}

const stateAndFiles = (db: Db) =>
	Promise.all([
		db.selectFrom('letters').select('state').executeTakeFirst(),
		db.selectFrom('published').select(['path', 'coding', 'body']).orderBy('path').orderBy('coding').execute(),
		db.selectFrom('signatures').select('sealed').where('sealed', 'is not', null).execute(),
	]);

const moments = ['insert published 1', 'update signatures 2', 'update letters 1'];

describe.each(databaseKinds)('killed in the middle of a release (%s)', (database) => {
	test('nothing is half published, and after the next start it is published, once', async () => {
		const environment = await newEnvironment({ database });
		onTestFinished(environment.remove);
		const clock = new SettableClock(REVIEW);
		const running = await serve(readConfig(environment.variables), () => {}, { clock, runsDueByItself: false });
		const review = await placeInReview({ origin: environment.origin, deps: running.deps });
		await review.schedule(await review.compose());
		await running.stop();

		for (const moment of moments) {
			expect(await runClock(environment, moment)).toMatchObject({ ended: 'SIGKILL' });
			const [letter, files, sealed] = await withDatabase(environment, stateAndFiles);
			expect([moment, letter?.state, files.length, sealed.length]).toEqual([moment, 'scheduled', 0, 12]);
		}
		expect((await runClock(environment)).log).toContain('"released"');
		const [letter, files, sealed] = await withDatabase(environment, stateAndFiles);
		expect([letter?.state, sealed.length]).toEqual(['released', 0]);
		const text = (path: string) =>
			Buffer.from(files.find((file) => file.path === path && file.coding === 'identity')?.body ?? []).toString();
		expect(await recount(text('release.json'), { jws: text('release.json.jws') })).toMatchObject({ ok: true });

		expect(await runClock(environment)).toEqual({ ended: '0', log: '' });
		const [, again] = await withDatabase(environment, stateAndFiles);
		expect(again).toEqual(files);
	}, 240_000);
});
