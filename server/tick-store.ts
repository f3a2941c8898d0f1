import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { Database } from './tables.ts';

/** Tables of which a copy must not tell who came after whom: each concept names its own. */
export type Shuffled = keyof Database & string;

export interface LastTick {
	/** The full hour of the last tick at which counters moved; null before the first. */
	hour: Date | null;
	/** Whether rows were deleted since that must not stay on the disk. */
	asked: boolean;
}

export async function findLastTick(trx: Transaction): Promise<LastTick> {
	return trx.selectFrom('ticks').select(['hour', 'asked']).executeTakeFirstOrThrow();
}

/**
 * Waits for every change that is under way, and for another node's tick: each locks its letter first, so that no two wait for each other. Waits at most four
 * seconds for anybody (a dump that is read, a release that is published), so that nobody waits longer for this.
 */
export async function lockAllLetters(trx: Transaction): Promise<void> {
	await sql`set local lock_timeout = '4s'`.execute(trx);
	await trx.selectFrom('letters').select('id').orderBy('id').forUpdate().execute();
}

export async function setLastTick(trx: Transaction, hour: Date | null): Promise<void> {
	await trx.updateTable('ticks').set({ hour, asked: false }).execute();
}

/** The next due run rewrites the tables, however little is new: for whoever deletes rows that must not stay on the disk as dead ones. No counter moves by it. */
export async function askForTick(trx: Transaction): Promise<void> {
	await trx.updateTable('ticks').set({ asked: true }).execute();
}

/**
 * Copies a table in random order into a new one and puts it in its place. The order of rows on the disk (ctid), in its out-of-line storage and in
 * a dump, the transaction that wrote each (xmin) and dead rows then say nothing of who came when. Names of indexes and constraints stay.
 * Proven by test/server/tick.test.ts.
 */
export async function rewriteInRandomOrder(trx: Transaction, table: Shuffled): Promise<void> {
	const copy = `${table}_next`;
	const [from, to] = [sql.table(table), sql.table(copy)];
	await sql`lock table ${from} in access exclusive mode`.execute(trx);
	await sql`create table ${to} (like ${from} including all)`.execute(trx);
	// A cryptographically strong random number for each row decides.
	await sql`insert into ${to} select * from ${from} order by gen_random_uuid()`.execute(trx);
	await sql`drop table ${from}`.execute(trx);
	await sql`alter table ${to} rename to ${sql.ref(table)}`.execute(trx);
	await renameIndexes(trx, table, copy);
}

/** One small table by itself, between two ticks. Where somebody reads or writes it for long it stays as it is. */
export async function mixAlone(db: Db, table: Shuffled): Promise<void> {
	try {
		await db.transaction().execute(async (trx) => {
			await sql`set local lock_timeout = '4s'`.execute(trx);
			await rewriteInRandomOrder(trx, table);
		});
	} catch (failure) {
		if (!isBusy(failure)) throw failure;
	}
}

/** PostgreSQL's lock_not_available and deadlock_detected: somebody reads or writes for long, such as a dump. */
export const isBusy = (failure: unknown): boolean =>
	failure instanceof Error && 'code' in failure && (failure.code === '55P03' || failure.code === '40P01');

/** An index that a constraint stands on takes the constraint with it. */
async function renameIndexes(trx: Transaction, table: Shuffled, copy: string): Promise<void> {
	const indexes = await sql<{ name: string }>`
		select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
		where i.indrelid = ${table}::regclass`.execute(trx);
	for (const { name } of indexes.rows) {
		if (!name.startsWith(`${copy}_`)) continue;
		const stable = table + name.slice(copy.length);
		await sql`alter index ${sql.id(name)} rename to ${sql.id(stable)}`.execute(trx);
	}
}

/**
 * True of rows that were written since their table was last rewritten. Nothing has to be marked: a tick's transaction writes both the rows and the table's own
 * entry in the catalogue. Where that entry was changed by hand all rows count, and the tick comes sooner.
 */
export const writtenSinceTick = (table: Shuffled): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(`${table}.xmin`)} <> (select c.xmin from pg_class c where c.oid = ${table}::regclass)`;
