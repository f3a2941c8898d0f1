import { type Kysely, sql } from 'kysely';
import type { Database } from './tables.ts';

/** So that a file that is done with goes, instead of waiting under another name for what is written next; and a new one costs no 16 MB of zeros. */
export const unrecycled = ['-c', 'wal_recycle=off', '-c', 'wal_init_zero=off'];

/**
 * Lets go of what PostgreSQL has logged: it keeps the order in which rows were written, which nothing else does. Of the embedded database only, whose log lies in `DATA` and is copied with it,
 * and which is nobody else's; docs/operate.md has what a PostgreSQL is told. Proven by test/server/write-ahead-log.test.ts.
 */
export async function forgetLog(db: Kysely<Database>): Promise<void> {
	await sql`select pg_switch_wal()`.execute(db);
	await sql`checkpoint`.execute(db);
}
