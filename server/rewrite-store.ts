import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Database } from './tables.ts';
import { isBusy } from './tick-store.ts';

/**
 * Writes tables anew, without the rows that were deleted or undone, and gives their old files back. A plain `vacuum` gives back only the end of a table: what lies before a row that
 * stands stays on the disk. Outside of any transaction; each table is shut meanwhile, and takes as much room again. Not for the tables of the tick, which it would take for new.
 * Proven by test/server/release/unswept.test.ts, test/server/letter/take-down.test.ts.
 * @returns false where somebody reads or writes one of them for long, such as a dump: what is left is as it was
 */
export async function rewriteTables(db: Db, tables: readonly (keyof Database)[]): Promise<boolean> {
	return await db.connection().execute(async (one) => {
		await sql`set lock_timeout = '4s'`.execute(one);
		try {
			for (const table of tables) await sql`vacuum full ${sql.table(table)}`.execute(one);
			return true;
		} catch (failure) {
			if (!isBusy(failure)) throw failure;
			return false;
		} finally {
			await sql`reset lock_timeout`.execute(one);
		}
	});
}

/**
 * Rows that were deleted stay in a table that is written anew for as long as a transaction is open that is older than their deletion, in whichever tables it works. Waits four seconds for
 * those of this moment. Whoever was undone needs no such wait. Proven by test/server/letter/take-down.test.ts.
 * @returns whether none is left
 */
export async function olderTransactionsEnd(db: Db): Promise<boolean> {
	const { rows } = await sql<{ now: string }>`select clock_timestamp()::text as now`.execute(db);
	const now = rows[0]?.now ?? 'infinity';
	for (let wait = 0; wait < 40; wait++) {
		const older = await sql<{ pid: number }>`select pid from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and xact_start < ${now}::timestamptz
			and (backend_xid is not null or backend_xmin is not null)`.execute(db);
		if (older.rows.length === 0) return true;
		await pause(100);
	}
	return false;
}
