import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../server/database.ts';
import type { Deps } from '../../server/deps.ts';
import { filesBelow } from './files-below.ts';
import { Needles } from './needles.ts';

/** Where this database's files lie, with all that was written in them: the cluster's folder, and the database's number in it. */
export async function onDisk(db: Db): Promise<{ folder: string; oid: string }> {
	await sql`checkpoint`.execute(db);
	const { rows } = await sql<{ folder: string; oid: string }>`
		select current_setting('data_directory') as folder, oid::text as oid from pg_database where datname = current_database()`.execute(
		db,
	);
	const [at] = rows;
	if (at === undefined) throw new Error('The database does not know where it is.');
	return at;
}

/** Which of these words the files of a server's tables hold, dead rows included; not the write-ahead log. */
export async function wordsInTableFiles(
	{ db, config }: Pick<Deps, 'db' | 'config'>,
	words: readonly string[],
): Promise<string[]> {
	const at = await onDisk(db);
	const folder = join(config.databaseUrl ? at.folder : join(config.data, 'database', 'pglite'), 'base', at.oid);
	const needles = new Needles(words.map((word) => Buffer.from(word)));
	const found = new Set<string>();
	for (const { bytes } of filesBelow(folder)) for (const word of needles.in(bytes)) found.add(String(word));
	return [...found];
}
