/** An upgrade fails in the middle: the tables stay as they were, the version from before still starts on them, and so does a repaired one. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { DatabaseNotReady, openDatabase, ownMigrations } from '../../server/database.ts';
import { databaseKinds } from '../support/databases.ts';
import { newEnvironment } from '../support/environment.ts';
import { processEnvironment } from '../support/process-environment.ts';
import { halfWay } from './half-way.ts';

const program = new URL('migrating-process.ts', import.meta.url);

describe.each(databaseKinds)('an upgrade that fails half way (%s)', (database) => {
	test('changes nothing, whether a statement fails or the process is killed; the next start works', async () => {
		const { variables, remove } = await newEnvironment({ database });
		onTestFinished(remove);
		const config = readConfig(variables);
		const upgraded = (then: Parameters<typeof halfWay>[0]) => async () => ({
			...(await ownMigrations()),
			...halfWay(then),
		});
		const first = await openDatabase(config);
		await first.db.insertInto('letters').values({ id: 'a', state: 'draft', draft: 'text' }).execute();
		await first.close();
		const expectUntouched = async () => {
			const { db, close } = await openDatabase(config);
			expect(await db.selectFrom('letters').selectAll().executeTakeFirst()).toMatchObject({ id: 'a', state: 'draft' });
			const { rows } = await sql`select 1 from pg_class where relname = 'half_way'`.execute(db);
			expect(rows).toEqual([]);
			await close();
		};

		const failing = openDatabase(
			config,
			upgraded(async (db) => void (await sql`select 1 / 0`.execute(db))),
		);
		await expect(failing).rejects.toThrow(DatabaseNotReady);
		await expect(failing).rejects.toThrow('9999-half-way failed (22012). Nothing was changed');
		await expectUntouched();

		const killed = fork(program, { env: processEnvironment(variables), execArgv: [], stdio: 'inherit' });
		expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
		await expectUntouched();

		const repaired = await openDatabase(
			config,
			upgraded(async () => {}),
		);
		const letter = await sql`select state, half_way from letters`.execute(repaired.db);
		expect(letter.rows).toEqual([{ state: 'abandoned', half_way: 'done' }]);
		await repaired.close();
		// And a version from before it says why it does not start on what is newer.
		await expect(openDatabase(config)).rejects.toThrow('brought up to date by a newer version');
	});
});
