import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { openDatabase } from '../../../server/database.ts';
import { lockOutSigners } from '../../../server/letter/letter-lock-store.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { copyInRandomOrder, putInPlace } from '../../../server/random-order-store.ts';
import { serve } from '../../../server/serve.ts';
import { newPlace } from '../../support/databases.ts';
import { openLetter } from '../../support/open-letter.ts';
import { environmentOn } from '../../support/server-environment.ts';
import { codeIn } from '../../support/world.ts';

/** On a PostgreSQL whose operator has chosen another isolation of transactions for everything. */
async function startThere() {
	const place = await newPlace('postgres');
	const before = await openDatabase(place);
	const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(before.db);
	const name = sql.id(rows[0]?.name ?? '');
	await sql`alter database ${name} set default_transaction_isolation = 'repeatable read'`.execute(before.db);
	await before.close();
	const environment = await environmentOn(place);
	onTestFinished(environment.remove);
	const clock = new SettableClock(new Date('2027-03-01T09:00:00Z'));
	const { deps, stop } = await serve(readConfig(environment.variables), () => {}, { clock, runsDueByItself: false });
	onTestFinished(stop);
	return { deps, clock, origin: environment.origin, relay: environment.relay };
}

test('who waited while a letter closed finds it closed, whatever isolation the database has by default', async () => {
	const server = await startThere();
	const letter = await openLetter(server);
	const { db } = server.deps;
	const [signing, proving, asking] = [await letter.signer(), await letter.signer(), await letter.signer()];
	const codeFor = async (signer: typeof signing, address: string) => {
		await signer.appear({ shown: 'anonymous', label: null, condition: null });
		await signer.askForCode(address);
		return codeIn((await server.relay.mailTo(address)).text);
	};
	await signing.proveByCode(await codeFor(signing, 'kim.doe@northwind.example'));
	const code = await codeFor(proving, 'lee.roe@northwind.example');
	await asking.appear({ shown: 'anonymous', label: null, condition: null });

	const late = await db.transaction().execute(async (trx) => {
		await lockOutSigners(trx, letter.id);
		const all = Promise.allSettled([
			signing.sign(),
			proving.proveByCode(code),
			asking.askForCode('a@northwind.example'),
		]);
		const waiting = sql<{
			n: number;
		}>`select count(*)::int as n from pg_locks where not granted and locktype = 'advisory'
			and database = (select oid from pg_database where datname = current_database())`;
		await expect.poll(async () => (await waiting.execute(db)).rows[0]?.n, { timeout: 60_000 }).toBe(3);
		await trx.updateTable('letters').set({ state: 'review' }).where('id', '=', letter.id).execute();
		return { all };
	});
	const refused = { status: 'rejected', reason: { code: 'signing-ended' } };
	expect(await late.all).toMatchObject([refused, refused, refused]);
	expect(await db.selectFrom('signatures').select('key').execute()).toEqual([]);
	expect(await db.selectFrom('mailboxes').select('tag').execute()).toHaveLength(1);
});

test('who signs while a tick copies is not lost, and closing sees who signed while it waited, whatever isolation the database has by default', async () => {
	const server = await startThere();
	const letter = await openLetter(server);
	const { db } = server.deps;
	const signing = async (address: string) => {
		const signer = await letter.signer();
		await signer.appear({ shown: 'anonymous', label: null, condition: null });
		await signer.askForCode(address);
		await signer.proveByCode(codeIn((await server.relay.mailTo(address)).text));
		return signer;
	};
	const [one, another] = [await signing('kim.doe@northwind.example'), await signing('lee.roe@northwind.example')];
	await db.transaction().execute(async (trx) => {
		await copyInRandomOrder(trx, 'signatures');
		await one.sign();
		await putInPlace(trx, 'signatures');
	});
	expect(await db.selectFrom('signatures').select('key').execute()).toHaveLength(1);

	const seen = await db.transaction().execute(async (trx) => {
		await sql`select pg_advisory_xact_lock(1)`.execute(trx);
		await another.sign();
		return await trx.selectFrom('signatures').select('key').execute();
	});
	expect(seen).toHaveLength(2);
});
