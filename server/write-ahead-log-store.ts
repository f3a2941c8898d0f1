import { statfsSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import type { Database } from './tables.ts';

/** So that a file that is done with goes, instead of waiting under another name for what is written next. */
export const unrecycled = ['-c', 'wal_recycle=off'];

/** Bytes. PostgreSQL makes a file of its log whole, 16 MB, before it writes there, and ends where it cannot: so that much has to be free, and some for those who write meanwhile. */
const ROOM = 64 * 1024 * 1024;

/**
 * Lets go of what PostgreSQL has logged: it keeps the order in which rows were written, which nothing else does. Of the embedded database only, whose log lies in `DATA` and is copied with it,
 * and which is nobody else's; docs/operate.md has what a PostgreSQL is told. Nothing where the disk is nearly full. Proven by test/server/write-ahead-log.test.ts.
 * @param folder on the same disk
 * @returns whether it did
 */
export async function forgetLog(db: Kysely<Database>, folder: string): Promise<boolean> {
	const { bavail, bsize } = statfsSync(folder);
	if (bavail * bsize < ROOM) return false;
	await sql`select pg_switch_wal()`.execute(db);
	await sql`checkpoint`.execute(db);
	return true;
}
