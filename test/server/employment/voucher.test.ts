import { describe, expect, test } from 'vitest';
import { loadKeys } from '../../../server/credential/keyring.ts';
import { mailboxTag } from '../../../server/employment/mailbox-tag.ts';
import { b64u, fromB64u, newId } from '../../../shared/bytes.ts';
import { blindRequest, finalizeCredential, importIssuer, verifyCredential } from '../../../shared/credential.ts';
import { newVoucher, voucherHash } from '../../../shared/voucher.ts';
import { databaseKinds } from '../../support/databases.ts';
import { type OpenLetter, openLetter } from '../../support/open-letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { ask, askForCode, blinded, byCode, mistyped } from './asking.ts';

describe.each(databaseKinds)('vouchers (%s)', (database) => {
	const open = async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const cookie = await letter.cookie();
		const make = (count: number, group = letter.contractors.id) =>
			ask(server, '/api/desk/vouchers', { group, count, note: 'at lunch' }, { headers: { cookie } });
		return { server, letter, make, headers: { cookie } };
	};
	const vouchersOf = (body: Record<string, unknown>): string[] => body.vouchers as string[];

	test('a voucher is shown once, gives one credential, and the same request gets it again', async () => {
		const { server, letter, make } = await open();
		const [voucher = ''] = vouchersOf((await make(2)).body);
		const key = b64u(crypto.getRandomValues(new Uint8Array(32)));
		const { issuer, id: group } = letter.contractors;
		const made = await blindRequest(issuer, letter.root, group, key);
		const typed = ` ${voucher.toLowerCase().replaceAll('-', ' ')}`;
		const look = await ask(server, '/api/vouchers/look', { letter: letter.id, voucher: typed });
		expect(look.body).toEqual({ group });
		const redeem = { letter: letter.id, voucher: typed, request: made.request };
		const first = await ask(server, '/api/vouchers', redeem);
		const credential = await finalizeCredential(issuer, made, String(first.body.blindSignature));
		expect(await verifyCredential(await importIssuer(issuer), letter.root, group, key, credential)).toBe(true);
		expect((await ask(server, '/api/vouchers', redeem)).body).toEqual(first.body);
		const other = { ...redeem, request: await blinded(letter, letter.contractors) };
		expect(await ask(server, '/api/vouchers', other)).toMatchObject({ status: 409, code: 'already-used' });
	});

	test('what is mistyped, made up or of another letter is refused with what to do', async () => {
		const { server, letter, make } = await open();
		const other = await openLetter(server);
		const [voucher = ''] = vouchersOf((await make(1)).body);
		const look = (typed: string, id = letter.id) => ask(server, '/api/vouchers/look', { letter: id, voucher: typed });
		expect(await look('12345')).toMatchObject({ status: 400, code: 'voucher-format' });
		expect(await look(mistyped())).toMatchObject({ status: 400, code: 'voucher-check' });
		expect(await look(newVoucher())).toMatchObject({ status: 404, code: 'voucher-unknown' });
		expect(await look(voucher, other.id)).toMatchObject({ status: 404, code: 'voucher-unknown' });
	});

	test('the charter’s limit holds over all batches, also when two organizers press at the same moment', async () => {
		const { make, letter } = await open();
		const answers = await Promise.all([make(12), make(12)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		expect(answers.find(({ status }) => status === 409)).toMatchObject({ code: 'voucher-limit' });
		expect((await make(8)).status).toBe(200);
		expect(await make(1)).toMatchObject({ status: 409, code: 'voucher-limit' });
		expect(await make(1, letter.staff.id)).toMatchObject({ status: 404, code: 'not-found' });
	});

	test('revoking stops the unused ones, and neither the answer nor the room left tells which were used', async () => {
		const { server, letter, make, headers } = await open();
		const { batch, vouchers } = (await make(2)).body as { batch: string; vouchers: string[] };
		const [used = '', unused = ''] = vouchers;
		const request = await blinded(letter, letter.contractors);
		const first = await ask(server, '/api/vouchers', { letter: letter.id, voucher: used, request });
		const revoke = () => ask(server, `/api/desk/vouchers/${batch}`, undefined, { method: 'DELETE', headers });
		expect((await revoke()).status).toBe(204);
		expect((await revoke()).status).toBe(204);
		const desk = (await ask(server, '/api/desk', undefined, { method: 'GET', headers })).body;
		const { organizer } = desk.you as { organizer: string };
		expect(desk.voucherBatches).toMatchObject([{ batch, organizer, revoked: true, revokedBy: organizer }]);
		const late = { letter: letter.id, voucher: unused, request: await blinded(letter, letter.contractors) };
		expect(await ask(server, '/api/vouchers', late)).toMatchObject({ status: 404, code: 'voucher-unknown' });
		const again = await ask(server, '/api/vouchers', { letter: letter.id, voucher: used, request });
		expect(again.body).toEqual(first.body);
		// Whoever made them could otherwise look up, person by person, who used theirs.
		for (const voucher of vouchers) {
			const look = await ask(server, '/api/vouchers/look', { letter: letter.id, voucher });
			expect(look, 'looked at').toMatchObject({ status: 404, code: 'voucher-unknown' });
			const tried = await ask(server, '/api/vouchers', { ...late, voucher });
			expect(tried, 'tried').toMatchObject({ status: 404, code: 'voucher-unknown' });
		}
		expect(await make(19)).toMatchObject({ code: 'voucher-limit' });
		expect((await make(18)).status).toBe(200);
		const elsewhere = { method: 'DELETE', headers };
		expect((await ask(server, `/api/desk/vouchers/${newId()}`, undefined, elsewhere)).status).toBe(404);
	});

	test('only organizers hand out vouchers, of their own letter', async () => {
		const { server, letter, make } = await open();
		const wanted = { group: letter.contractors.id, count: 1, note: '' };
		expect(await ask(server, '/api/desk/vouchers', wanted)).toMatchObject({ status: 401, code: 'not-signed-in' });
		const { batch } = (await make(1)).body;
		const stranger = await (await openLetter(server)).cookie();
		const init = { method: 'DELETE', headers: { cookie: stranger } };
		expect((await ask(server, `/api/desk/vouchers/${batch}`, undefined, init)).status).toBe(404);
	});

	const rosterCode = async (server: TestServer, letter: OpenLetter, mailbox: string): Promise<string> => {
		const code = newVoucher();
		const keys = await loadKeys(server.deps, letter.id);
		if (!keys) throw new Error('no keys');
		const hash = fromB64u(await voucherHash(code, letter.id));
		const tag = mailboxTag(keys.tagKey, mailbox);
		const row = { letter: letter.id, group_id: letter.staff.id, hash, batch: newId(), tag, request: null };
		await server.deps.db.insertInto('vouchers').values(row).execute();
		return code;
	};

	test('a roster code and its mailbox get one credential between them', async () => {
		const { server, letter } = await open();
		const [kim, lee] = ['kim.doe@northwind.example', 'lee.roe@northwind.example'];
		const [kims, lees] = [await rosterCode(server, letter, kim), await rosterCode(server, letter, lee)];
		const redeemed = { letter: letter.id, voucher: kims, request: await blinded(letter) };
		expect((await ask(server, '/api/vouchers', redeemed)).status).toBe(200);
		const mailed = byCode(await askForCode(server, letter, kim));
		const second = { secret: mailed, request: await blinded(letter), attest: null };
		expect(await ask(server, '/api/proofs', second)).toMatchObject({ code: 'mailbox-already-proved' });

		const secret = byCode(await askForCode(server, letter, lee));
		const proof = { secret, request: await blinded(letter), attest: null };
		expect((await ask(server, '/api/proofs', proof)).status).toBe(200);
		const ended = { letter: letter.id, voucher: lees, request: await blinded(letter) };
		expect(await ask(server, '/api/vouchers', ended)).toMatchObject({ code: 'mailbox-already-proved' });
	});

	test('whoever has read all roster codes is told the same of each, whether or not its mailbox has proved', async () => {
		const { server, letter } = await open();
		const [kim, lee] = ['kim.doe@northwind.example', 'lee.roe@northwind.example'];
		const codes = [await rosterCode(server, letter, kim), await rosterCode(server, letter, lee)];
		const proof = { secret: byCode(await askForCode(server, letter, kim)), attest: null };
		expect((await ask(server, '/api/proofs', { ...proof, request: await blinded(letter) })).status).toBe(200);
		// Out of range, so that it spends nothing.
		const request = b64u(new Uint8Array(384));
		const told = (path: string, more: object) =>
			Promise.all(codes.map((voucher) => ask(server, path, { letter: letter.id, voucher, ...more })));
		for (const [path, more] of [
			['/api/vouchers/look', {}],
			['/api/vouchers', { request }],
		] as const) {
			const [proved, not] = await told(path, more);
			expect(proved).toEqual(not);
		}
		const rows = await server.deps.db.selectFrom('vouchers').select(['revoked', 'request']).distinct().execute();
		expect(rows).toEqual([{ revoked: false, request: null }]);
	});

	test('on closing, counts of each kind stay and nothing else', async () => {
		const { server, letter, make } = await open();
		const [voucher = ''] = vouchersOf((await make(3)).body);
		await ask(server, '/api/vouchers', {
			letter: letter.id,
			voucher,
			request: await blinded(letter, letter.contractors),
		});
		const code = await rosterCode(server, letter, 'kim.doe@northwind.example');
		await ask(server, '/api/vouchers', { letter: letter.id, voucher: code, request: await blinded(letter) });
		for (const address of ['lee.roe@northwind.example', 'ana@mail.northwind.example']) {
			const secret = byCode(await askForCode(server, letter, address));
			await ask(server, '/api/proofs', { secret, request: await blinded(letter), attest: null });
		}
		await server.due(new Date(letter.charter.closesAt));
		const { db } = server.deps;
		const issued = await db.selectFrom('issued').selectAll().orderBy('group_id').execute();
		const rows = [
			{ letter: letter.id, group_id: letter.staff.id, mailbox: 2, roster: 1, voucher: 0 },
			{ letter: letter.id, group_id: letter.contractors.id, mailbox: 0, roster: 0, voucher: 1 },
		];
		expect(issued).toEqual(expect.arrayContaining(rows));
		for (const table of ['mailboxes', 'vouchers', 'confirmations'] as const) {
			expect(await db.selectFrom(table).select('letter').execute(), table).toEqual([]);
		}
		expect(await loadKeys(server.deps, letter.id)).toBeNull();
	});
});
