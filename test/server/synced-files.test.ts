import fs, { readlinkSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/database.ts';
import { newPlace } from '../support/databases.ts';

/** @returns the files of which the disk is asked to hold everything, in turn */
function whatIsSynced(): string[] {
	const { fsyncSync } = fs;
	const paths: string[] = [];
	fs.fsyncSync = (file) => {
		paths.push(readlinkSync(`/proc/self/fd/${file}`));
		fsyncSync(file);
	};
	syncBuiltinESMExports();
	onTestFinished(() => {
		fs.fsyncSync = fsyncSync;
		syncBuiltinESMExports();
	});
	return paths;
}

test('what the embedded database has committed is on the disk before it answers, and so is what a checkpoint writes', async () => {
	const place = await newPlace('pglite');
	onTestFinished(place.remove);
	const { db, close } = await openDatabase(place);
	const paths = whatIsSynced();
	for (let n = 1; n <= 3; n++) {
		await db.transaction().execute(async (trx) => {
			await trx
				.insertInto('unswept')
				.values({ letter: 'a', attempt: String(n) })
				.execute();
			expect(paths.filter((path) => /\/pg_wal\/[0-9A-F]{24}$/.test(path))).toHaveLength(n - 1);
		});
		expect(paths.filter((path) => /\/pg_wal\/[0-9A-F]{24}$/.test(path))).toHaveLength(n);
	}
	await sql`checkpoint`.execute(db);
	const table = await sql<{ path: string }>`select pg_relation_filepath('unswept') as path`.execute(db);
	expect(paths).toContainEqual(expect.stringMatching(new RegExp(`/${table.rows[0]?.path}$`)));
	expect(paths).toContainEqual(expect.stringMatching(/\/global\/pg_control$/));
	await close();
});
