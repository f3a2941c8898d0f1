import { expect, test } from 'vitest';
import type { DeskView } from '../../shared/api/desk.ts';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import { databaseKinds } from '../support/databases.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { ask, askForCode, blinded, byCode } from './employment/asking.ts';

const COUNTED = ['progress_days', 'proof_progress', 'refused_proofs'] as const;

/** So many rows as proofs and signatures leave them. */
async function come(server: TestServer, letter: OpenLetter, by: 'mailbox' | 'roster' | 'voucher', count: number) {
	const { db } = server.deps;
	const group_id = by === 'voucher' ? letter.contractors.id : letter.staff.id;
	const each = Array.from({ length: count }, () => randomBytes(32));
	const row = { letter: letter.id, group_id, request: randomBytes(32) };
	if (by === 'voucher') {
		const batch = newId();
		const vouchers = each.map((hash) => ({ ...row, hash, batch, tag: null }));
		await db.insertInto('vouchers').values(vouchers).execute();
	} else {
		const mailboxes = each.map((tag) => ({ ...row, tag, proof: by }));
		await db.insertInto('mailboxes').values(mailboxes).execute();
	}
	const signature = {
		...{ letter: letter.id, group_id, turn: 1, text_hash: letter.charter.text, statement: '{}', authenticator: '' },
		...{ credential: '', attestation: null, status: 'live' as const, withdrawal_turn: null, withdrawal: null },
	};
	const signatures = each.map((bytes) => ({ ...signature, key: b64u(bytes), shown: 'named' as const, sealed: '' }));
	await db.insertInto('signatures').values(signatures).execute();
}

/** As that organizer's desk says it. */
async function soFar(server: TestServer, letter: OpenLetter, by = 0): Promise<DeskView['soFar']> {
	const answer = await server.fetch('/api/desk', { headers: { cookie: await letter.cookie(by) } });
	return ((await answer.json()) as DeskView).soFar;
}

const nothing = { signatures: 0, days: [], proofs: [], refused: 0 };

test.each(databaseKinds)(
	'progress by way of proof moves at ticks, over days once a night, in steps and alike for all (%s)',
	async (database) => {
		const server = await startServer({ database, now: new Date('2027-03-01T09:20:00Z') });
		const letter = await openLetter(server);
		const { staff, contractors } = letter;
		await server.due();
		await come(server, letter, 'mailbox', 26);
		await come(server, letter, 'roster', 9);
		await come(server, letter, 'voucher', 12);
		await server.due(new Date('2027-03-01T09:59:00Z'));
		expect(await soFar(server, letter)).toEqual({ ...nothing, days: [{ day: '2027-03-01', signatures: 0 }] });

		await server.due(new Date('2027-03-01T10:00:00Z'));
		const hourly = await soFar(server, letter);
		const staffs = { group: staff.id, mailbox: 25, roster: 0, voucher: 0 };
		const proofs = [staffs, { group: contractors.id, mailbox: 0, roster: 0, voucher: 10 }];
		expect(hourly).toEqual({
			...{ signatures: 25, days: [{ day: '2027-03-01', signatures: 0 }], refused: 0 },
			proofs: proofs.sort((a, b) => (a.group < b.group ? -1 : 1)),
		});

		await come(server, letter, 'roster', 3);
		await server.due(new Date('2027-03-02T02:59:00Z'));
		expect(await soFar(server, letter)).toEqual(hourly);
		await server.due(new Date('2027-03-02T03:00:00Z'));
		const nightly = await soFar(server, letter);
		expect(nightly.days).toEqual([
			{ day: '2027-03-01', signatures: 0 },
			{ day: '2027-03-02', signatures: 50 },
		]);
		expect(nightly.proofs).toContainEqual({ ...staffs, roster: 10 });
		expect(await soFar(server, letter, 1)).toEqual(nightly);

		// Exact counts take their place once signing is over. Rows without a statement could not be settled.
		await server.deps.db.deleteFrom('signatures').execute();
		await server.due(new Date(letter.charter.closesAt));
		for (const table of COUNTED)
			expect(await server.deps.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
	},
);

test.each(databaseKinds)(
	'refused second proofs are counted, whatever they came with, and shown in steps at a tick (%s)',
	async (database) => {
		const server = await startServer({ database, now: new Date('2027-03-01T09:20:00Z') });
		const letter = await openLetter(server);
		const { db } = server.deps;
		const headers = { cookie: await letter.cookie() };
		await server.due();
		const proveAs = async (address: string) => {
			const secret = byCode(await askForCode(server, letter, address));
			return ask(server, '/api/proofs', { secret, request: await blinded(letter), attest: null });
		};
		expect((await proveAs('kim.doe@northwind.example')).status).toBe(200);
		expect(await proveAs('kim.doe@northwind.example')).toMatchObject({ code: 'mailbox-already-proved' });

		const wanted = { group: letter.contractors.id, count: 1, note: '' };
		const { vouchers } = (await ask(server, '/api/desk/vouchers', wanted, { headers })).body as { vouchers: string[] };
		const redeem = async () => {
			const request = await blinded(letter, letter.contractors);
			return ask(server, '/api/vouchers', { letter: letter.id, voucher: vouchers[0], request });
		};
		expect((await redeem()).status).toBe(200);
		for (let n = 0; n < 2; n++) expect(await redeem()).toMatchObject({ status: 409, code: 'already-used' });
		expect(await db.selectFrom('refused_proofs').selectAll().execute()).toEqual([
			{ letter: letter.id, tries: 3, at_least: 0 },
		]);

		await db.updateTable('refused_proofs').set({ tries: 9 }).execute();
		await server.due(new Date('2027-03-02T03:00:00Z'));
		expect((await soFar(server, letter)).refused).toBe(0);
		await redeem();
		expect((await soFar(server, letter)).refused).toBe(0);
		await server.due(new Date('2027-03-03T03:00:00Z'));
		expect((await soFar(server, letter)).refused).toBe(10);
	},
);
