import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import { lockOutAllSigners } from './letter/letter-lock-store.ts';
import { rewriteInRandomOrder, type Shuffled } from './random-order-store.ts';

export interface LastTick {
	/** The full hour of the last tick at which counters moved; null before the first. */
	hour: Date | null;
	/** Whether rows were deleted since that must not stay on the disk. */
	asked: boolean;
	/** Changes with each tick, and whenever somebody asks for one. */
	version: string;
}

export async function findLastTick(db: Db): Promise<LastTick> {
	return db
		.selectFrom('ticks')
		.select(['hour', 'asked', sql<string>`xmin::text`.as('version')])
		.executeTakeFirstOrThrow();
}

/** Of PostgreSQL's advisory locks; "tick" in ASCII. */
const TICKING = 0x7469636b;

/** @returns whether this transaction rewrites tables and no other does, on whichever node, until it ends */
export async function ticksAlone(trx: Transaction): Promise<boolean> {
	const { rows } = await sql<{
		alone: boolean;
	}>`select pg_try_advisory_xact_lock(${sql.lit(TICKING)}) as alone`.execute(trx);
	return rows[0]?.alone === true;
}

/**
 * Waits for every change that is under way: each locks its letter first, so that no two wait for each other. Waits at most four
 * seconds for anybody (a dump that is read, a release that is published), so that nobody waits longer for this.
 */
export async function lockAllLetters(trx: Transaction): Promise<void> {
	await sql`set local lock_timeout = '4s'`.execute(trx);
	await lockOutAllSigners(trx);
	await trx.selectFrom('letters').select('id').orderBy('id').forUpdate().execute();
}

/** Whether the tables could be put in place now, before the long work of copying them: takes every lock that it takes, and gives them back. @throws as it would */
export async function lookWhetherFree(trx: Transaction, tables: readonly Shuffled[]): Promise<void> {
	await sql`savepoint looking`.execute(trx);
	await lockAllLetters(trx);
	for (const table of tables) await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx);
	await sql`rollback to savepoint looking`.execute(trx);
	await sql`release savepoint looking`.execute(trx);
}

/** Who asked while this tick copied has asked for the next one. Whoever changed one of its tables has committed by now: the caller holds their locks. */
export async function setLastTick(trx: Transaction, hour: Date | null, last: LastTick): Promise<void> {
	// In one statement: of whoever asks at this very moment it waits for the end, and then looks again.
	const asked = sql<boolean>`asked and xmin::text <> ${last.version}`;
	await trx.updateTable('ticks').set({ hour, asked }).execute();
}

/** The next due run rewrites the tables, however little is new: for whoever deletes rows that must not stay on the disk as dead ones. No counter moves by it. */
export async function askForTick(trx: Transaction): Promise<void> {
	await trx.updateTable('ticks').set({ asked: true }).execute();
}

/** One small table by itself, between two ticks. Where somebody reads or writes it for long, or a tick is under way, it stays as it is. */
export async function mixAlone(db: Db, table: Shuffled): Promise<void> {
	try {
		await db.transaction().execute(async (trx) => {
			if (!(await ticksAlone(trx))) return;
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

/**
 * True of rows that were written since their table was last rewritten. Nothing has to be marked: a tick's transaction writes both the rows and the table's own
 * entry in the catalogue; what came while it copied it writes under a savepoint. Where that entry was changed by hand all rows count, and the tick comes sooner.
 */
export const writtenSinceTick = (table: Shuffled): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(`${table}.xmin`)} <> (select c.xmin from pg_class c where c.oid = ${table}::regclass)`;
