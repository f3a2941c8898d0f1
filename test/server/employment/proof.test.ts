import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { verifyAttestation } from '../../../shared/attestation.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { databaseKinds } from '../../support/databases.ts';
import { type OpenLetter, openLetter } from '../../support/open-letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { ask, askForCode, blinded, byCode, byLink } from './asking.ts';

const kim = 'kim.doe@northwind.example';

describe.each(databaseKinds)('proving a mailbox (%s)', (database) => {
	const open = async (): Promise<{ server: TestServer; letter: OpenLetter }> => {
		const server = await startServer({ database });
		return { server, letter: await openLetter(server) };
	};

	test('the same request again gets the same answer, by code or by link, and another one is refused', async () => {
		const { server, letter } = await open();
		const asked = await askForCode(server, letter, kim);
		const request = await blinded(letter);
		const first = await ask(server, '/api/proofs', { secret: byCode(asked), request, attest: null });
		expect(first.status).toBe(200);
		expect(first.body).toMatchObject({ group: letter.staff.id, attestation: null });
		const again = await ask(server, '/api/proofs', { secret: byLink(asked), request, attest: null });
		expect(again.body).toEqual(first.body);
		const other = { secret: byCode(asked), request: await blinded(letter), attest: null };
		expect(await ask(server, '/api/proofs', other)).toMatchObject({ status: 409, code: 'already-used' });
	});

	test('a mailbox gets one credential, whoever asks from it again; with the very same request it comes again', async () => {
		const { server, letter } = await open();
		const request = await blinded(letter);
		const secret = byCode(await askForCode(server, letter, kim));
		const first = await ask(server, '/api/proofs', { secret, request, attest: null });
		const next = byLink(await askForCode(server, letter, kim));
		const other = { secret: next, request: await blinded(letter), attest: null };
		expect(await ask(server, '/api/proofs', other)).toMatchObject({ status: 409, code: 'mailbox-already-proved' });
		expect((await ask(server, '/api/proofs', { secret: next, request, attest: null })).body).toEqual(first.body);
	});

	test('two different requests at the same moment get one credential', async () => {
		const { server, letter } = await open();
		const secret = byCode(await askForCode(server, letter, kim));
		const requests = await Promise.all([blinded(letter), blinded(letter), blinded(letter)]);
		const answers = await Promise.all(
			requests.map((request) => ask(server, '/api/proofs', { secret, request, attest: null })),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
	});

	test('five wrong codes end a confirmation, also when they come at once; the right one is too late then', async () => {
		const { server, letter } = await open();
		const asked = await askForCode(server, letter, kim);
		const request = await blinded(letter);
		const guess = { secret: { ...byCode(asked), code: asked.wrong }, request, attest: null };
		const first = await ask(server, '/api/proofs', guess);
		expect(first).toMatchObject({ status: 400, code: 'code-wrong' });
		expect(first.detail).toContain('4 more tries');
		const rest = await Promise.all(Array.from({ length: 9 }, () => ask(server, '/api/proofs', guess)));
		expect(rest.filter(({ code }) => code === 'code-wrong')).toHaveLength(3);
		expect(rest.filter(({ code }) => code === 'code-ended')).toHaveLength(6);
		const right = { secret: byCode(asked), request, attest: null };
		expect(await ask(server, '/api/proofs', right)).toMatchObject({ status: 410, code: 'code-ended' });
	});

	test('a code works only beside its own confirmation, for as long as the mail says', async () => {
		const { server, letter } = await open();
		const asked = await askForCode(server, letter, kim);
		const other = await askForCode(server, letter, 'lee.roe@northwind.example');
		const request = await blinded(letter);
		const crossed = { secret: { ...byCode(asked), confirmation: other.confirmation }, request, attest: null };
		expect(await ask(server, '/api/proofs', crossed)).toMatchObject({ code: 'code-wrong' });
		server.clock.advance(121);
		const late = { secret: byCode(asked), request, attest: null };
		expect(await ask(server, '/api/proofs', late)).toMatchObject({ status: 410, code: 'code-expired' });
		const lateLink = { secret: byLink(asked), request, attest: null };
		expect(await ask(server, '/api/proofs', lateLink)).toMatchObject({ status: 404, code: 'link-unknown' });
		await server.due();
		expect(await server.deps.db.selectFrom('confirmations').select('id').execute()).toEqual([]);
		expect(await ask(server, '/api/proofs', late)).toMatchObject({ status: 410, code: 'code-expired' });
	});

	test('following a link spends nothing and says what it belongs to', async () => {
		const { server, letter } = await open();
		const { link, confirmation } = await askForCode(server, letter, kim);
		const followed = { letter: letter.id, group: letter.staff.id, confirmation };
		for (let i = 0; i < 2; i++) {
			expect((await ask(server, '/api/confirmations/follow', { link })).body).toEqual(followed);
		}
		const unknown = { link: b64u(randomBytes(32)) };
		expect(await ask(server, '/api/confirmations/follow', unknown)).toMatchObject({ code: 'link-unknown' });
		const request = await blinded(letter);
		const proved = await ask(server, '/api/proofs', { secret: { by: 'link', link }, request, attest: null });
		expect(proved.status).toBe(200);
	});

	test('an attestation speaks of the address that was confirmed; what is kept of the mailbox does not say that there is one', async () => {
		const { server, letter } = await open();
		const asked = await askForCode(server, letter, kim);
		const request = await blinded(letter);
		const key = b64u(randomBytes(32));
		const attest = { address: 'Kim.Doe+letters@NORTHWIND.example', salt: b64u(randomBytes(32)), key };
		const lied = { secret: byCode(asked), request, attest: { ...attest, address: 'lee.roe@northwind.example' } };
		expect(await ask(server, '/api/proofs', lied)).toMatchObject({ status: 400, code: 'address-differs' });
		expect((await ask(server, '/api/proofs', { secret: byCode(asked), request, attest: null })).status).toBe(200);
		const kept = () =>
			server.deps.db.selectFrom('mailboxes').selectAll().select(sql`xmin::text`.as('written')).execute();
		const anonymous = await kept();

		const named = { secret: byCode(await askForCode(server, letter, kim)), request: null, attest };
		const { body } = await ask(server, '/api/proofs', named);
		const spoken = { root: letter.root, group: letter.staff.id, key };
		expect(await verifyAttestation(letter.staff.attester, String(body.attestation), spoken)).not.toBeNull();
		expect(await kept()).toEqual(anonymous);
	});

	test('an attestation alone needs a mailbox that proved before', async () => {
		const { server, letter } = await open();
		const secret = byCode(await askForCode(server, letter, kim));
		const attest = { address: kim, salt: b64u(randomBytes(32)), key: b64u(randomBytes(32)) };
		const early = await ask(server, '/api/proofs', { secret, request: null, attest });
		expect(early).toMatchObject({ status: 409, code: 'mailbox-not-proved' });
		// Whoever reads a colleague's mailbox learns so that it has not proved: not for nothing, and not unseen.
		const tries = () => server.deps.db.selectFrom('refused_proofs').select('tries').execute();
		expect(await tries()).toEqual([{ tries: 1 }]);
		const proving = { secret, request: await blinded(letter), attest: null };
		expect(await ask(server, '/api/proofs', proving)).toMatchObject({ status: 409, code: 'already-used' });
		const another = { secret, request: null, attest: { ...attest, salt: b64u(randomBytes(32)) } };
		expect(await ask(server, '/api/proofs', another)).toMatchObject({ status: 409, code: 'already-used' });
		// The same again has the same answer, also once the mailbox has proved with another code, and counts once.
		const fresh = byCode(await askForCode(server, letter, kim));
		expect((await ask(server, '/api/proofs', { ...proving, secret: fresh })).status).toBe(200);
		const again = await ask(server, '/api/proofs', { secret, request: null, attest });
		expect(again).toMatchObject({ status: 409, code: 'mailbox-not-proved' });
		expect(await tries()).toEqual([{ tries: 1 }]);
		const nothing = await ask(server, '/api/proofs', { secret, request: null, attest: null });
		expect(nothing).toMatchObject({ status: 400, code: 'invalid-input' });
	});

	test('requests out of range spend nothing', async () => {
		const { server, letter } = await open();
		const secret = byCode(await askForCode(server, letter, kim));
		for (const request of [b64u(new Uint8Array(384)), b64u(new Uint8Array(384).fill(255))]) {
			const answer = await ask(server, '/api/proofs', { secret, request, attest: null });
			expect(answer).toMatchObject({ status: 400, code: 'blinded-request-refused' });
		}
		const good = { secret, request: await blinded(letter), attest: null };
		expect((await ask(server, '/api/proofs', good)).status).toBe(200);
	});
});
