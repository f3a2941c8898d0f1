import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import type { Database } from './tables.ts';

/** Tables of which a copy must not tell who came after whom: each concept names its own. */
export type Shuffled = keyof Database & string;

/** Of one table, both gone or in place when the transaction ends. */
interface Names {
	table: Shuffled;
	/** Its rows in random order. */
	copy: string;
	/** Which versions of rows the copy was made from, for this transaction alone. */
	seen: string;
}
const namesOf = (table: Shuffled): Names => ({ table, copy: `${table}_next`, seen: `${table}_seen` });

/**
 * Copies a table in random order beside it, while others read and write: they wait for nothing. putInPlace() belongs to it, in the same transaction.
 * The table needs a primary key.
 */
export async function copyInRandomOrder(trx: Transaction, table: Shuffled): Promise<void> {
	const names = namesOf(table);
	const [from, copy, seen] = [sql.table(table), sql.table(names.copy), sql.table(names.seen)];
	const key = sql.join((await primaryKey(trx, table)).map((column) => sql.ref(column)));
	// A cryptographically strong random number for each row decides. Rows are wide, and sorted as these few columns.
	await sql`create temporary table ${seen} on commit drop as
		select ${key}, xmin as seen_version, ctid as seen_at, gen_random_uuid() as seen_rank from ${from}`.execute(trx);
	await sql`create table ${copy} (like ${from} including all)`.execute(trx);
	// One row after the other, by its place: "offset 0" keeps the planner from sorting them whole. What was changed in between is left to putInPlace().
	await sql`insert into ${copy} select found.*
		from (select seen_at, seen_version, seen_rank from ${seen} order by seen_rank) as seen
		cross join lateral (select * from ${from} where ctid = seen.seen_at and xmin = seen.seen_version offset 0) as found
		order by seen.seen_rank`.execute(trx);
}

/**
 * Puts the copy in the table's place, with what was changed since copyInRandomOrder(): in random order after the others, and still counted as new by
 * writtenSinceTick(). The order of rows on the disk (ctid), in its out-of-line storage and in a dump, the transaction that wrote each (xmin) and dead rows
 * then say nothing of who came when before the copy was begun. Names of indexes and constraints stay.
 * Proven by test/server/tick.test.ts.
 */
export async function putInPlace(trx: Transaction, table: Shuffled): Promise<void> {
	const names = namesOf(table);
	await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx);
	await carryOver(trx, names);
	await sql`drop table ${sql.table(table)}, ${sql.table(names.seen)}`.execute(trx);
	await sql`alter table ${sql.table(names.copy)} rename to ${sql.ref(table)}`.execute(trx);
	await renameIndexes(trx, names);
}

/** A transaction's changes show all at once: a version of which none was seen came later, and one that was seen and is not there any more was changed. */
async function carryOver(trx: Transaction, { table, copy: copyName, seen: seenName }: Names): Promise<void> {
	const [from, copy, seen] = [sql.table(table), sql.table(copyName), sql.table(seenName)];
	const known = sql`xmin in (select distinct seen_version from ${seen})`;
	const counted = await sql<{ stayed: number; came: number; seen: number }>`
		select count(*) filter (where is_known) as stayed, count(*) filter (where not is_known) as came,
			(select count(*) from ${seen}) as seen
		from (select ${known} as is_known from ${from}) as versions`.execute(trx);
	const { stayed, came, seen: all } = counted.rows[0] ?? { stayed: 0, came: 0, seen: 0 };
	if (stayed < all) {
		const sameRow = (one: string, other: string, columns: readonly string[]) =>
			sql.join(
				columns.map((column) => sql`${sql.ref(`${one}.${column}`)} = ${sql.ref(`${other}.${column}`)}`),
				sql` and `,
			);
		const key = await primaryKey(trx, table);
		await sql`delete from ${copy} as copy using ${seen} as seen where ${sameRow('copy', 'seen', key)}
			and not exists (select from ${from} as now where ${sameRow('now', 'seen', key)} and now.xmin = seen.seen_version)`.execute(
			trx,
		);
	}
	if (came === 0) return;
	// Under a savepoint they get another xmin than the copy, as whatever comes after a tick.
	await sql`savepoint late`.execute(trx);
	await sql`insert into ${copy} select * from ${from} where not ${known} order by gen_random_uuid()`.execute(trx);
	await sql`release savepoint late`.execute(trx);
}

/** In one go, while nobody else reads or writes the table. */
export async function rewriteInRandomOrder(trx: Transaction, table: Shuffled): Promise<void> {
	await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx);
	await copyInRandomOrder(trx, table);
	await putInPlace(trx, table);
}

async function primaryKey(trx: Transaction, table: Shuffled): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
		where i.indrelid = ${table}::regclass and i.indisprimary order by a.attnum`.execute(trx);
	return rows.map(({ name }) => name);
}

/** An index that a constraint stands on takes the constraint with it. */
async function renameIndexes(trx: Transaction, { table, copy }: Names): Promise<void> {
	const indexes = await sql<{ name: string }>`
		select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
		where i.indrelid = ${table}::regclass`.execute(trx);
	for (const { name } of indexes.rows) {
		if (!name.startsWith(`${copy}_`)) continue;
		const stable = table + name.slice(copy.length);
		await sql`alter index ${sql.id(name)} rename to ${sql.id(stable)}`.execute(trx);
	}
}
