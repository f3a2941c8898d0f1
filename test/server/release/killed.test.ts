import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { type Db, openDatabase } from '../../../server/database.ts';
import { raiseRevision } from '../../../server/published/rendered-store.ts';
import { saveWithdrawal } from '../../../server/signature/signature-store.ts';
import { recount } from '../../../shared/recount.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { databaseKinds } from '../../support/databases.ts';
import { processEnvironment } from '../../support/process-environment.ts';
import type { TestEnvironment } from '../../support/server-environment.ts';
import { MINUTE } from './in-review.ts';
import { scheduled } from './scheduled.ts';

const program = new URL('publishing-process.ts', import.meta.url);

/** Runs the release clock in a process of its own. @returns how it ended, and what it logged */
async function runClock(
	{ variables }: TestEnvironment,
	dieAt = '',
	letter = '',
): Promise<{ ended: string; log: string }> {
	const now = MINUTE.toISOString();
	const env = processEnvironment({ ...variables, TEST_NOW: now, DIE_AT: dieAt, RENDER_AGAIN: letter });
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

const attemptsOf = async (db: Db) => (await db.selectFrom('unswept').selectAll().execute()).length;

type Files = Awaited<ReturnType<typeof stateAndFiles>>[1];

function recounted(files: Files) {
	const text = (path: string) =>
		Buffer.from(files.find((file) => file.path === path && file.coding === 'identity')?.body ?? []).toString();
	return recount(text('release.json'), { jws: text('release.json.jws') });
}

const moments = ['insert published 1', 'update signatures 2', 'update letters 1'];

describe.each(databaseKinds)('killed in the middle of a release (%s)', (database) => {
	test('nothing is half published, and after the next start it is published, once', async () => {
		const { environment, review } = await scheduled(database);
		// What was written in vain is known, and taken off the disk: test/server/release/unswept.test.ts.
		let attempts = 0;
		for (const moment of moments) {
			expect(await runClock(environment, moment)).toMatchObject({ ended: 'SIGKILL' });
			const [letter, files, sealed] = await withDatabase(environment, stateAndFiles);
			expect([moment, letter?.state, files.length, sealed.length]).toEqual([moment, 'scheduled', 0, 12]);
			expect(await withDatabase(environment, attemptsOf)).toBe(++attempts);
		}
		expect((await runClock(environment)).log).toContain('"released"');
		const [letter, files, sealed] = await withDatabase(environment, stateAndFiles);
		expect([letter?.state, sealed.length]).toEqual(['released', 0]);
		expect(await recounted(files)).toMatchObject({ ok: true });

		expect(await runClock(environment)).toEqual({ ended: '0', log: '' });
		const [, again] = await withDatabase(environment, stateAndFiles);
		expect(again).toEqual(files);

		const [first] = review.letter.signers;
		if (!first) throw new Error('Nobody signed.');
		// Somebody withdraws, and the server dies while it renders the letter again.
		const { privateKey, publicKey: key } = first.keys;
		const withdrawal = await signWithdrawal(privateKey, review.letter.root, key, 2);
		await withDatabase(environment, (db) =>
			db.transaction().execute(async (trx) => {
				await saveWithdrawal(trx, review.id, key, withdrawal);
				await raiseRevision(trx, review.id);
			}),
		);
		for (const moment of ['insert published 2', 'update letters 1']) {
			expect(await runClock(environment, moment, review.id)).toMatchObject({ ended: 'SIGKILL' });
			expect((await withDatabase(environment, stateAndFiles))[1]).toEqual(files);
		}
		expect((await runClock(environment, '', review.id)).log).toContain('"rendered again"');
		const [, later] = await withDatabase(environment, stateAndFiles);
		expect(await recounted(later)).toMatchObject({ ok: true, counted: { withdrawn: 1 } });
	}, 480_000);
});
