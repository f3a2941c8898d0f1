import { spawnSync } from 'node:child_process';
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

/** Writes once, and once more on a disk that has begun to fail. */
const program = (data: string) => `
	const { default: fs } = await import('node:fs');
	const { syncBuiltinESMExports } = await import('node:module');
	const { openDatabase } = await import('${new URL('../../server/database.ts', import.meta.url).href}');
	const { db } = await openDatabase({ databaseUrl: undefined, data: ${JSON.stringify(data)} });
	const write = (attempt) => db.insertInto('unswept').values({ letter: 'a', attempt }).execute();
	await write('kept');
	console.log('kept');
	fs.fsyncSync = () => { throw Object.assign(new Error('i/o error'), { code: 'EIO' }); };
	syncBuiltinESMExports();
	await write('lost').then(() => console.log('lost'), () => console.log('refused'));
	await write('more').catch(() => {});
`;

test('where the disk does not take what was committed, nobody is answered: the process ends', async () => {
	const place = await newPlace('pglite');
	onTestFinished(place.remove);
	const args = ['--input-type=module', '--eval', program(place.data)];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
	expect([status, stdout.trim()]).toEqual([1, 'kept']);
	expect(stderr).toContain('(EIO)');
});
