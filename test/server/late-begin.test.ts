import { CompiledQuery, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, type Transaction } from '../../server/database.ts';
import { withLateBegin } from '../../server/late-begin.ts';
import { newPlace } from '../support/databases.ts';

/** A pool of one connection to a real database that writes down what is sent. */
async function watched() {
	const place = await newPlace('postgres');
	const sent: string[] = [];
	class Watched extends pg.Client {}
	Watched.prototype.query = new Proxy(pg.Client.prototype.query, {
		apply(query, client, args) {
			sent.push(String(args[0]));
			return Reflect.apply(query, client, args);
		},
	});
	const inner = new pg.Pool({ connectionString: place.databaseUrl?.reveal(), max: 1, Client: Watched });
	onTestFinished(() => inner.end());
	const pool: PostgresPool = withLateBegin(inner);
	return { pool, sent, place };
}

test('a transaction begins with its first statement, in one message where that has no parameters', async () => {
	const { pool, sent } = await watched();
	const connection = await pool.connect();
	const ask = (statement: string, ...parameters: unknown[]) => connection.query(statement, parameters);
	await ask('start transaction isolation level read committed');
	expect(sent).toEqual([]);
	const { rows } = await ask('select 1 as one, txid_current() as id');
	const same = await ask('select $1::int as two, txid_current() as id', 2);
	expect([rows, same.rows]).toMatchObject([[{ one: 1 }], [{ two: 2, id: Object(rows[0]).id }]]);
	await ask('commit');
	expect(sent.splice(0)).toEqual([
		...['start transaction isolation level read committed; select 1 as one, txid_current() as id'],
		...['select $1::int as two, txid_current() as id', 'commit'],
	]);
	await ask('begin');
	expect((await ask('select $1::int as three', 3)).rows).toEqual([{ three: 3 }]);
	await ask('rollback');
	expect(sent.splice(0)).toEqual(['begin', 'select $1::int as three', 'rollback']);
	await ask('begin');
	await ask('commit');
	expect(sent).toEqual([]);
	connection.release();
	expect(await pool.connect()).toBe(connection);
	connection.release();
});

/** On a real database with one table. */
async function withTable() {
	const { db, close } = await openDatabase(await newPlace('postgres'));
	onTestFinished(close);
	await sql`create table written (number int primary key)`.execute(db);
	const written = async () =>
		(await sql<{ number: number }>`select number from written`.execute(db)).rows.map(({ number }) => number);
	return { db, written };
}

test('what the first statement did goes with the rest of it, whether it or a later one fails', async () => {
	const { db, written } = await withTable();
	const write = (...statements: string[]) =>
		db.transaction().execute(async (trx) => {
			for (const statement of statements) await trx.executeQuery(CompiledQuery.raw(statement));
		});
	const one = 'insert into written values (1)';
	await expect(write(one, 'insert into nowhere values (2)')).rejects.toThrow('nowhere');
	await expect(write('insert into nowhere values (2)', one)).rejects.toThrow('nowhere');
	await expect(write(`${one}; ${one}`)).rejects.toThrow('duplicate');
	expect(await written()).toEqual([]);
	await write(one);
	expect(await written()).toEqual([1]);
});

test('nothing is written outside the transaction, though nobody waits for the first of it or hears that it failed', async () => {
	const { db, written } = await withTable();
	const left = (work: (trx: Transaction) => unknown) =>
		db.transaction().execute(async (trx) => {
			await work(trx);
			throw new Error('changed my mind');
		});
	const ignored = (query: Promise<unknown>) => query.catch(() => {});
	const insert = (trx: Transaction, number: number) => sql`insert into written values (${number})`.execute(trx);
	const wrong = (trx: Transaction) => sql.raw('selekt 1').execute(trx);
	await expect(left((trx) => void ignored(insert(trx, 1)))).rejects.toThrow('changed my mind');
	const both = (...all: Promise<unknown>[]) => Promise.allSettled(all);
	await expect(left((trx) => both(insert(trx, 2), insert(trx, 2)))).rejects.toThrow('changed my mind');
	await expect(left((trx) => both(wrong(trx), insert(trx, 3)))).rejects.toThrow('changed my mind');
	await expect(
		left(async (trx) => {
			await ignored(wrong(trx));
			await insert(trx, 4);
		}),
	).rejects.toThrow('aborted');
	const kept = db.transaction().execute(async (trx) => ignored(wrong(trx)));
	await expect(kept).rejects.toThrow('rolled back');
	expect(await written()).toEqual([]);
	await db.transaction().execute((trx) => insert(trx, 5));
	expect(await written()).toEqual([5]);
});
