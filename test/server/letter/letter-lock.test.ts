import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, type Transaction } from '../../../server/database.ts';
import { lockToSign } from '../../../server/letter/letter-lock-store.ts';
import { lockLetter } from '../../../server/letter/letter-store.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';
import { lockAllLetters } from '../../../server/tick-store.ts';
import { newPlace } from '../../support/databases.ts';

const host = new SecretBox(new Secret('of the host'));

/** A database with two letters, and what its transactions got, in turn. */
async function twoLetters() {
	const { db, close } = await openDatabase(await newPlace('postgres'));
	onTestFinished(close);
	for (const id of ['a', 'b']) await db.insertInto('letters').values({ id, state: 'open', draft: null }).execute();
	const told: string[] = [];
	/** Ends when told to; `got` once it has its lock. */
	const begin = (name: string, lock: (trx: Transaction) => Promise<unknown>) => {
		let end = () => {};
		const ending = new Promise<void>((resolve) => {
			end = resolve;
		});
		let got = () => {};
		const has = new Promise<void>((resolve) => {
			got = resolve;
		});
		const over = db.transaction().execute(async (trx) => {
			await lock(trx);
			told.push(name);
			got();
			await ending;
		});
		const release = async () => {
			end();
			await over;
		};
		return { has, end: release };
	};
	const sign = (name: string, letter: string, key = name, box = host) =>
		begin(name, (trx) => lockToSign(trx, box, letter, 'signer', key));
	/** Until PostgreSQL says that so many wait. */
	const waiting = async (count: number) => {
		const locks = sql<{ waiting: number }>`select count(*)::int as waiting from pg_locks
			where not granted and database = (select oid from pg_database where datname = current_database())`;
		await expect.poll(async () => (await locks.execute(db)).rows[0]?.waiting, { timeout: 60_000 }).toBe(count);
	};
	/** As any role of the cluster reads them. */
	const numbers = async () => {
		const held = sql<{ number: number }>`select objid::int8 as number from pg_locks
			where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
		return (await held.execute(db)).rows.map(({ number }) => number);
	};
	return { told, begin, sign, waiting, numbers };
}

test('people sign one letter side by side; who changes it waits for them, and goes before who comes after', async () => {
	const { told, begin, sign, waiting } = await twoLetters();
	const [ada, ben] = [sign('Ada', 'a'), sign('Ben', 'a')];
	await Promise.all([ada.has, ben.has]);
	const again = sign('Ada once more', 'a', 'Ada');
	await waiting(1);
	const change = begin('a change', (trx) => lockLetter(trx, 'a'));
	await waiting(2);
	const late = sign('Cem', 'a');
	await waiting(3);
	const other = sign('Dora, another letter', 'b');
	await other.has;
	expect(told.toSorted()).toEqual(['Ada', 'Ben', 'Dora, another letter']);
	await ada.end();
	await again.has;
	await Promise.all([again.end(), ben.end()]);
	await change.has;
	expect(told.at(-1)).toBe('a change');
	await change.end();
	await late.has;
	await Promise.all([late.end(), other.end()]);
});

test('a tick waits for all who sign, and all for it', async () => {
	const { told, begin, sign, waiting } = await twoLetters();
	const ada = sign('Ada', 'a');
	await ada.has;
	const tick = begin('a tick', lockAllLetters);
	await waiting(1);
	const ben = sign('Ben', 'b');
	await waiting(2);
	await ada.end();
	await tick.has;
	expect(told).toEqual(['Ada', 'a tick']);
	await tick.end();
	await ben.has;
	await ben.end();
});

test('who reads which locks are held, and has a published key, does not find whether it signs just now', async () => {
	const { sign, begin, numbers } = await twoLetters();
	const key = 'k'.repeat(43);
	const ada = sign('Ada', 'a', key);
	await ada.has;
	const before = await numbers();
	expect(before).toContain(createHash('sha256').update('a').digest().readUInt32BE(0));
	expect(before).not.toContain(createHash('sha256').update(key).digest().readUInt32BE(0));
	// Another host's, and a mailbox's of this one, have other numbers: neither waits.
	const elsewhere = sign('Ada elsewhere', 'a', key, new SecretBox(new Secret('of another host')));
	await elsewhere.has;
	const mailbox = begin('a mailbox', (trx) => lockToSign(trx, host, 'a', 'mailbox', key));
	await mailbox.has;
	expect(new Set(await numbers()).size).toBe(new Set(before).size + 2);
	await Promise.all([ada, elsewhere, mailbox].map(({ end }) => end()));
});
