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
 * The same for rows that were deleted before. PostgreSQL keeps those for as long as an older transaction may see them: any of this database, one of another that writes, or one that
 * began while such a one was open. Waits four seconds for them, and then asks the tables themselves. Whoever was undone needs no such wait. Proven by test/server/letter/take-down.test.ts.
 * @returns whether none of them is left
 */
export async function rewriteWithoutDeleted(db: Db, tables: readonly (keyof Database)[]): Promise<boolean> {
	const next = await nextTransaction(db);
	if (!(await olderTransactionsEnd(db, next)) || !(await rewriteTables(db, tables))) return false;
	// A table that is written anew states up to which transaction nothing deleted was kept. Others may have begun since we looked, or are not shown to us.
	const { rows } = await sql<{
		kept: boolean;
	}>`select coalesce(bool_or(age(relfrozenxid) > age(${next}::xid8::xid)), false) as kept
		from pg_class where oid = any(${tables}::regclass[])`.execute(db);
	return rows[0]?.kept === false;
}

/** Its number (xid8): all that was deleted by now was deleted by one below. */
async function nextTransaction(db: Db): Promise<string> {
	const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(
		db,
	);
	const [found] = rows;
	if (found === undefined) throw new Error('The database does not count its transactions.');
	return found.next;
}

/** @returns whether no transaction is left, within four seconds, that could see what one below `next` has deleted */
async function olderTransactionsEnd(db: Db, next: string): Promise<boolean> {
	for (let wait = 0; wait < 40; wait++) {
		const { rows } = await sql<{
			open: boolean;
		}>`select pg_snapshot_xmin(pg_current_snapshot()) < ${next}::xid8 or exists (
				select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
				and (age(backend_xid) > age(${next}::xid8::xid) or age(backend_xmin) > age(${next}::xid8::xid))
			) as open`.execute(db);
		if (rows[0]?.open === false) return true;
		await pause(100);
	}
	return false;
}
