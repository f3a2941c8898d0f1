import { type RawBuilder, sql } from 'kysely';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Db } from '../../server/database.ts';
import { copyInRandomOrder, putInPlace } from '../../server/random-order-store.ts';
import { lettersWithNew } from '../../server/signature/progress-store.ts';
import { tick, tickWhenDue } from '../../server/tick.ts';
import { askForTick, findLastTick, setLastTick } from '../../server/tick-store.ts';
import { letterView } from '../../shared/api/signing.ts';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import { databaseKinds } from '../support/databases.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';

const rows = async <Row>(db: Db, query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(db)).rows;

/** As many proofs and signatures, each pair one after the other: signer i is the i-th in both tables. */
async function signIn(server: TestServer, letter: OpenLetter, count: number, first = 0) {
	const { db } = server.deps;
	const people = Array.from({ length: count }, (_, i) => ({
		...{ person: first + i, tag: randomBytes(32), key: b64u(randomBytes(32)) },
		// Large enough for out-of-line storage, which has an order of its own.
		sealed: b64u(randomBytes(3_000)),
	}));
	for (let from = 0; from < count; from += 100) {
		const some = people.slice(from, from + 100);
		const group_id = letter.staff.id;
		const proof = {
			...{ letter: letter.id, group_id, proof: 'mailbox' as const },
			request: randomBytes(32),
		};
		await db
			.insertInto('mailboxes')
			.values(some.map(({ tag }) => ({ ...proof, tag })))
			.execute();
		const signature = {
			...{ letter: letter.id, group_id, turn: 1, text_hash: letter.charter.text, statement: '{}', authenticator: '' },
			...{ credential: '', attestation: null, status: 'live' as const, withdrawal_turn: null, withdrawal: null },
		};
		const shown = (person: number) => (person % 3 === 0 ? ('anonymous' as const) : ('named' as const));
		await db
			.insertInto('signatures')
			.values(some.map(({ key, person, sealed }) => ({ ...signature, key, shown: shown(person), sealed })))
			.execute();
	}
	return people;
}

/** Spearman's, of two orders of the same things without ties. */
function rankCorrelation(one: readonly number[], other: readonly number[]): number {
	const n = one.length;
	const place = new Map(other.map((thing, rank) => [thing, rank]));
	const squares = one.reduce((sum, thing, rank) => sum + (rank - (place.get(thing) ?? 0)) ** 2, 0);
	return 1 - (6 * squares) / (n * (n * n - 1));
}

test.each(databaseKinds)(
	'after a tick (%s) neither table’s order says anything, of the other’s or of the true one',
	async (database) => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const { db } = server.deps;
		const count = 2_000;
		const people = await signIn(server, letter, count);
		const byTag = new Map(people.map(({ tag, person }) => [b64u(tag), person]));
		const byKey = new Map(people.map(({ key, person }) => [key, person]));
		const orders = async () => {
			const tags = await rows(db, sql<{ tag: Uint8Array }>`select tag from mailboxes order by ctid`);
			const keys = await rows(db, sql<{ key: string }>`select key from signatures order by ctid`);
			return {
				mailboxes: tags.map(({ tag }) => byTag.get(b64u(tag)) ?? -1),
				signatures: keys.map(({ key }) => byKey.get(key) ?? -1),
			};
		};
		const truth = people.map(({ person }) => person);
		const before = await orders();
		expect(rankCorrelation(before.mailboxes, before.signatures)).toBe(1);

		await tick(server.deps, server.clock.now());
		const { mailboxes, signatures } = await orders();
		// Of random orders it is normal with deviation 1 / √(n − 1): beyond 5 of these in 1 of 1.7 million.
		const bound = 5 / Math.sqrt(count - 1);
		expect(new Set(mailboxes).size).toBe(count);
		expect(new Set(signatures).size).toBe(count);
		for (const [one, other] of [
			[mailboxes, truth],
			[signatures, truth],
			[mailboxes, signatures],
		] as const) {
			expect(Math.abs(rankCorrelation(one, other))).toBeLessThan(bound);
		}
		for (const table of ['mailboxes', 'signatures', 'vouchers', 'confirmations']) {
			const written = await rows(
				db,
				sql<{ xmin: string }>`select distinct xmin::text as xmin from ${sql.table(table)}`,
			);
			expect(written.length, table).toBeLessThanOrEqual(1);
			const dead = await rows(
				db,
				sql<{ first: string | null }>`select min(ctid)::text as first from ${sql.table(table)}`,
			);
			expect([null, '(0,1)'], table).toContain(dead[0]?.first ?? null);
		}
		const [toast] = await rows(
			db,
			sql<{
				name: string;
			}>`select reltoastrelid::regclass::text as name from pg_class where oid = 'signatures'::regclass`,
		);
		const chunks = await rows(
			db,
			sql<{ head: string }>`select encode(substring(chunk_data from 1 for 40), 'escape') as head
			from ${sql.raw(toast?.name ?? '')} where chunk_seq = 0 order by ctid`,
		);
		const byHead = new Map(people.map(({ sealed, person }) => [sealed.slice(0, 40), person]));
		const parts = chunks.flatMap(({ head }) => byHead.get(head) ?? []);
		expect(parts).toHaveLength(count);
		expect(Math.abs(rankCorrelation(parts, truth))).toBeLessThan(bound);
		expect(Math.abs(rankCorrelation(parts, mailboxes))).toBeLessThan(bound);
	},
);

test.each(databaseKinds)(
	'names of tables, indexes and constraints stay over ticks (%s), and so do the rules',
	async (database) => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const { db } = server.deps;
		const tables = sql`('mailboxes', 'vouchers', 'confirmations', 'refused_proofs', 'signatures', 'lost_words')`;
		const catalogue = async () => ({
			indexes: await rows(
				db,
				sql`select tablename, indexname, indexdef from pg_indexes where tablename in ${tables} order by 1, 2`,
			),
			constraints: await rows(
				db,
				sql`select t.relname, c.conname, pg_get_constraintdef(c.oid) as rule from pg_constraint c
				join pg_class t on t.oid = c.conrelid where t.relname in ${tables} order by 1, 2`,
			),
			columns: await rows(
				db,
				sql`select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
				where table_name in ${tables} order by 1, ordinal_position`,
			),
			left: await rows(db, sql`select relname from pg_class where relname like '%\\_next%'`),
		});
		const before = await catalogue();
		for (let i = 0; i < 3; i++) await tick(server.deps, server.clock.now());
		expect(await catalogue()).toEqual(before);
		const [person] = await signIn(server, letter, 1);
		const again = {
			letter: letter.id,
			group_id: newId(),
			tag: person?.tag ?? randomBytes(32),
			proof: 'mailbox' as const,
		};
		await expect(
			db
				.insertInto('mailboxes')
				.values({ ...again, request: randomBytes(32) })
				.execute(),
		).rejects.toThrow();
	},
);

test.each(databaseKinds)(
	'counters move only at a tick, in steps (%s): hourly once five are new, else at night',
	async (database) => {
		const server = await startServer({ database, now: new Date('2027-03-01T09:20:00Z') });
		const letter = await openLetter(server);
		const view = async () => v.parse(letterView, await (await server.fetch(`/api/letters/${letter.id}`)).json());
		const seen = async () => (await view()).atLeast;
		await server.due();
		await signIn(server, letter, 24);
		expect(await seen()).toEqual({ signatures: 0, named: 0 });
		expect((await view()).enoughAnonymous).toEqual([]);
		// The same hour: not yet.
		await server.due(new Date('2027-03-01T09:59:00Z'));
		expect(await seen()).toEqual({ signatures: 0, named: 0 });
		await server.due(new Date('2027-03-01T10:00:00Z'));
		expect(await seen()).toEqual({ signatures: 10, named: 10 });
		// Eight are anonymous, and two are enough to be listed: rounded, nobody can tell.
		expect((await view()).enoughAnonymous).toEqual([]);
		// Four more are too few to hide one among.
		await signIn(server, letter, 4, 24);
		await server.due(new Date('2027-03-01T12:00:00Z'));
		expect(await seen()).toEqual({ signatures: 10, named: 10 });
		await server.due(new Date('2027-03-02T02:59:00Z'));
		expect(await seen()).toEqual({ signatures: 10, named: 10 });
		await server.due(new Date('2027-03-02T03:00:00Z'));
		expect(await seen()).toEqual({ signatures: 25, named: 10 });
		expect((await view()).enoughAnonymous).toEqual([letter.staff.id]);
		const kept = await rows(server.deps.db, sql<{ hour: Date }>`select hour from ticks`);
		expect(kept).toEqual([{ hour: new Date('2027-03-02T03:00:00Z') }]);
	},
);

test.each(databaseKinds)(
	'a tick that deleted rows ask for rewrites at once and moves no counter (%s), and five new ones of a letter move only its own',
	async (database) => {
		const server = await startServer({ database, now: new Date('2027-03-01T09:20:00Z') });
		const { db } = server.deps;
		const letter = await openLetter(server);
		const other = await openLetter(server);
		const seen = async ({ id }: OpenLetter) => {
			const answer = await server.fetch(`/api/letters/${id}`);
			return ((await answer.json()) as { atLeast: { signatures: number } }).atLeast.signatures;
		};
		await server.due();
		await signIn(server, letter, 12);
		const oids = () =>
			rows(
				db,
				sql<{ oid: string }>`select oid::text from pg_class
					where relname in ('signatures', 'scheduled_releases', 'staged', 'strikes', 'embargo_links',
						'lost_words', 'roster_mailings', 'roster_mails', 'deliveries', 'test_mails')`,
			);
		const before = await oids();
		await db.transaction().execute(askForTick);
		await server.due(new Date('2027-03-01T09:30:00Z'));
		const after = await oids();
		expect(after).toHaveLength(10);
		for (const { oid } of before) expect(after).not.toContainEqual({ oid });
		expect(await seen(letter)).toBe(0);
		// Nothing is new by now: they show at night.
		await signIn(server, other, 12, 12);
		await server.due(new Date('2027-03-01T10:00:00Z'));
		expect([await seen(letter), await seen(other)]).toEqual([0, 10]);
		await server.due(new Date('2027-03-02T03:00:00Z'));
		expect([await seen(letter), await seen(other)]).toEqual([10, 10]);
	},
);

test('two nodes at the same moment tick once, and a table that is read for long is left for the next minute', async () => {
	const server = await startServer({ database: 'postgres' });
	const letter = await openLetter(server);
	await signIn(server, letter, 10);
	const now = server.clock.now();
	await Promise.all([tickWhenDue(server.deps, now), tickWhenDue(server.deps, now)]);
	const once = await rows(server.deps.db, sql<{ n: number }>`select count(distinct xmin::text) as n from signatures`);
	expect(Number(once[0]?.n)).toBe(1);
	await server.deps.db.transaction().execute(async (dump) => {
		await sql`select count(*) from signatures`.execute(dump);
		await tick(server.deps, now);
	});
	expect(server.logs.join('')).toContain('tick postponed');
	await tick(server.deps, now);
});

test('whoever proves, signs or withdraws while a tick copies waits for nothing, and has come after it', async () => {
	const server = await startServer({ database: 'postgres' });
	const letter = await openLetter(server);
	const { db } = server.deps;
	const [leaving, erased, ...staying] = await signIn(server, letter, 40);
	const late = await db.transaction().execute(async (trx) => {
		const last = await findLastTick(trx);
		for (const table of ['mailboxes', 'signatures'] as const) await copyInRandomOrder(trx, table);
		// On other connections, to the end: none of them waits.
		const late = await signIn(server, letter, 3, 40);
		const gone = { statement: null, authenticator: null, sealed: null, status: 'withdrawn' as const };
		await db
			.updateTable('signatures')
			.set(gone)
			.where('key', '=', leaving?.key ?? '')
			.execute();
		await db
			.deleteFrom('signatures')
			.where('key', '=', erased?.key ?? '')
			.execute();
		await db.transaction().execute(askForTick);
		for (const table of ['mailboxes', 'signatures'] as const) await putInPlace(trx, table);
		await setLastTick(trx, server.clock.now(), last);
		return late;
	});
	const kept = await rows(
		db,
		sql<{ key: string; sealed: string | null; late: boolean }>`select key, sealed,
			xmin <> (select xmin from pg_class where oid = 'signatures'::regclass) as late from signatures order by ctid`,
	);
	const expected = [...staying, ...late].map(({ key, sealed }): [string, string | null] => [key, sealed]);
	expect(new Map(kept.map(({ key, sealed }) => [key, sealed]))).toEqual(new Map([...expected, [leaving?.key, null]]));
	const isLate = new Set([leaving, ...late].map((person) => person?.key));
	expect(kept.filter((row) => row.late).map(({ key }) => key)).toEqual(kept.slice(-4).map(({ key }) => key));
	for (const row of kept) expect(row.late).toBe(isLate.has(row.key));
	// Three and the one who left: the next tick counts them.
	const withNew = (least: number) => db.transaction().execute((trx) => lettersWithNew(trx, least));
	expect([await withNew(4), await withNew(5)]).toEqual([[letter.id], []]);
	// Who asked in between has asked for the next one.
	expect(await rows(db, sql`select asked from ticks`)).toEqual([{ asked: true }]);
	expect(await rows(db, sql`select count(*)::int as n from mailboxes`)).toEqual([{ n: 43 }]);
});
