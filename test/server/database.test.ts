import { once } from 'node:events';
import { truncateSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { answers, DatabaseNotReady, openDatabase } from '../../server/database.ts';
import { Secret } from '../../server/platform/secret.ts';
import { newPlace, onEachDatabase } from '../support/databases.ts';

onEachDatabase('what is stored', (open) => {
	test('comes back in the same types from both databases', async () => {
		const { db } = await open();
		const bytes = new Uint8Array([0, 1, 254, 255]);
		const time = new Date('2027-01-02T03:04:05.678Z');
		const query = sql<{ bytes: Uint8Array; time: Date; big: number; counted: number; yes: boolean }>`
			select ${bytes}::bytea as bytes, ${time}::timestamptz as time, 9007199254740991::int8 as big,
			(select count(*) from letters) as counted, true as yes`;
		const { rows } = await query.execute(db);
		expect(rows).toEqual([{ bytes, time, big: Number.MAX_SAFE_INTEGER, counted: 0, yes: true }]);
		expect(rows[0]?.bytes.constructor).toBe(Uint8Array);
	});

	test('is never a rounded number', async () => {
		const { db } = await open();
		await expect(sql`select 9007199254740993::int8 as big`.execute(db)).rejects.toThrow();
	});

	test('and what a failed transaction wrote is not', async () => {
		const { db } = await open();
		const failing = db.transaction().execute(async (trx) => {
			await trx.insertInto('links').values({ link: 'a', letter: 'b', note: '' }).execute();
			throw new Error('changed my mind');
		});
		await expect(failing).rejects.toThrow('changed my mind');
		expect(await db.selectFrom('links').selectAll().execute()).toEqual([]);
	});
});

test('two servers cannot share one embedded database', async () => {
	const place = await newPlace('pglite');
	const first = await openDatabase(place);
	await expect(openDatabase(place)).rejects.toThrow('in use by another process');
	await first.close();
	const second = await openDatabase(place);
	await second.close();
	place.remove();
});

test('an embedded database with a damaged file says which folder it is, what to look at, and that it is to be kept', async () => {
	const place = await newPlace('pglite');
	onTestFinished(place.remove);
	await openDatabase(place).then(({ close }) => close());
	const folder = join(place.data, 'database');
	truncateSync(join(folder, 'pglite', 'global', 'pg_control'), 100);
	const opened = openDatabase(place);
	await expect(opened).rejects.toThrow(DatabaseNotReady);
	await expect(opened).rejects.toThrow(/^DATA: the embedded database in .* does not open .* Keep a copy of the folder/);
});

test('several nodes can start on an empty PostgreSQL at the same time', async () => {
	const place = await newPlace('postgres');
	const nodes = await Promise.all([openDatabase(place), openDatabase(place), openDatabase(place)]);
	for (const node of nodes) await node.close();
	place.remove();
});

test('what is committed on PostgreSQL is on its disk, though its operator has chosen speed for everything else there', async () => {
	const place = await newPlace('postgres');
	onTestFinished(place.remove);
	const chosen = async (choose: string) => {
		const { db, close } = await openDatabase(place);
		const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
		await sql`alter database ${sql.id(rows[0]?.name ?? '')} set synchronous_commit = ${sql.lit(choose)}`.execute(db);
		await close();
		const after = await openDatabase(place);
		onTestFinished(after.close);
		const shown = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(after.db);
		return shown.rows[0]?.synchronous_commit;
	};
	expect(await chosen('off')).toBe('on');
	expect(await chosen('remote_apply')).toBe('remote_apply');
});

test('a database behind a line that says nothing is said not to answer, in time, and to answer once it is back', async () => {
	const place = await newPlace('postgres');
	const url = new URL(place.databaseUrl?.reveal() ?? '');
	const line = await lineTo(Number(url.port || 5432), url.hostname);
	url.port = String(line.port);
	url.hostname = '127.0.0.1';
	const { db, close } = await openDatabase({ ...place, databaseUrl: new Secret(url.href) });
	onTestFinished(close);
	onTestFinished(line.close);
	expect(await answers(db)).toBe(true);
	line.hold(true);
	const began = performance.now();
	expect(await answers(db)).toBe(false);
	// A connection is waited for for a minute, and an answer for ever.
	expect(performance.now() - began).toBeLessThan(30_000);
	line.hold(false);
	await expect.poll(() => answers(db), { timeout: 30_000 }).toBe(true);
});

/** A line to that port which can go silent without breaking off. */
async function lineTo(port: number, host: string) {
	const ends: Socket[] = [];
	const server = createServer((near) => {
		const far = connect(port, host);
		for (const end of [near, far]) ends.push(end.on('error', () => {}));
		near.pipe(far).pipe(near);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		hold(on: boolean) {
			for (const end of ends)
				if (on) end.pause();
				else end.resume();
		},
		async close() {
			for (const end of ends) end.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
