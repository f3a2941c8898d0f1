import { describe, expect, test } from 'vitest';
import type { SignatureRequest } from '../../../shared/api/signing.ts';
import { b64u, newId, randomBytes } from '../../../shared/bytes.ts';
import type { Signer } from '../../../shared/client/signer.ts';
import { signerKeys } from '../../../shared/keys.ts';
import { composeSignature, type SignatureParts } from '../../../shared/sign.ts';
import { seedFromWords } from '../../../shared/words.ts';
import { databaseKinds } from '../../support/databases.ts';
import { type OpenLetter, openLetter } from '../../support/open-letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { codeIn, linkIn } from '../../support/world.ts';
import { ask } from '../employment/asking.ts';

const anonymous = { shown: 'anonymous', label: null, condition: null } as const;
const named = { shown: 'named', name: 'Kim Doe', title: 'Driver', condition: null } as const;

/** Asks for a code and proves with it. */
async function prove(server: TestServer, signer: Signer, address: string): Promise<void> {
	await signer.askForCode(address);
	await signer.proveByCode(codeIn((await server.relay.mailTo(address)).text));
}

/** The signer's key and credential, as a thief of their device would have them. */
async function partsOf(letter: OpenLetter, signer: Signer): Promise<Omit<SignatureParts, 'turn' | 'appear'>> {
	const { proved } = await signer.record();
	const words = (await signer.words()) ?? [];
	const keys = await signerKeys(seedFromWords(words, 12), letter.root);
	return {
		...{ charter: letter.charter, root: letter.root, textHash: letter.charter.text, keys, condition: null },
		...{ group: proved?.group ?? '', credential: proved?.credential ?? '', attestation: null },
	};
}

describe.each(databaseKinds)('signing (%s)', (database) => {
	const open = async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const send = (request: SignatureRequest) => ask(server, '/api/signatures', request);
		return { server, letter, send };
	};

	test('Kim proves by code and signs anonymously; later by name, with the same credential', async () => {
		const { server, letter } = await open();
		const kim = await letter.signer();
		await kim.appear(anonymous);
		await prove(server, kim, 'kim.doe@northwind.example');
		await kim.sign();
		expect(await kim.own()).toEqual({ state: 'signed', shown: 'anonymous', current: true });
		const before = (await kim.record()).proved?.credential;

		await kim.appear(named);
		expect(await kim.needsProof()).toBe(true);
		await prove(server, kim, 'kim.doe@northwind.example');
		await kim.sign();
		expect(await kim.own()).toEqual({ state: 'signed', shown: 'named', current: true });
		expect((await kim.record()).proved?.credential).toBe(before);
		expect(await server.deps.db.selectFrom('signatures').select('key').execute()).toHaveLength(1);

		// There is no way back but withdrawing.
		await kim.appear(anonymous);
		await expect(kim.sign()).rejects.toMatchObject({ code: 'named-already' });
		await kim.withdraw();
		expect(await kim.own()).toMatchObject({ state: 'withdrawn', shown: null });
		await kim.sign();
		expect(await kim.own()).toEqual({ state: 'signed', shown: 'anonymous', current: true });
	});

	test('Lee follows the link on a second device and signs by name there; words bring the signature to a third', async () => {
		const { server, letter } = await open();
		const [asking, opening, third] = [await letter.signer(), await letter.signer(), await letter.signer()];
		await asking.askForCode('lee.roe@northwind.example');
		const { text } = await server.relay.mailTo('lee.roe@northwind.example');
		await opening.appear({ ...named, name: 'Lee Roe' });
		await opening.proveByLink(linkIn(text).replace('/v#', ''), 'Lee.Roe@northwind.example');
		await opening.sign();
		expect(await third.useWords(((await opening.words()) ?? []).join(' '))).toMatchObject({
			state: 'signed',
			shown: 'named',
		});
		await third.withdraw();
		expect(await opening.own()).toMatchObject({ state: 'withdrawn' });
	});

	test('nothing old can be sent again: neither a statement, nor a withdrawal', async () => {
		const { server, letter, send } = await open();
		const kim = await letter.signer();
		await kim.appear(anonymous);
		await prove(server, kim, 'kim.doe@northwind.example');
		const parts = await partsOf(letter, kim);
		const make = (turn: number) =>
			composeSignature({ ...parts, turn, appear: { shown: 'anonymous', label: 'Driver' } });
		const first = await make(1);
		expect(await send(first)).toMatchObject({ status: 200, body: { turn: 1 } });
		expect(await send(first)).toMatchObject({ status: 200, body: { turn: 1 } });
		expect(await send(await make(1))).toMatchObject({ status: 409, code: 'turn-too-low' });
		expect(await send(await make(3))).toMatchObject({ status: 200 });
		expect(await send(first)).toMatchObject({ status: 409, code: 'turn-too-low' });
		expect(await send(await make(2))).toMatchObject({ status: 409, code: 'turn-too-low' });

		await kim.own();
		await kim.withdraw();
		const { turn } = await kim.record();
		expect(await send(await make(turn))).toMatchObject({ status: 409, code: 'turn-too-low' });
		expect(await send(await make(turn + 1))).toMatchObject({ status: 200 });
	});

	test('what does not hold in any part is refused, and nothing of it is kept', async () => {
		const { server, letter, send } = await open();
		const kim = await letter.signer();
		await kim.appear(anonymous);
		await prove(server, kim, 'kim.doe@northwind.example');
		const parts = await partsOf(letter, kim);
		const appear = { shown: 'anonymous', label: null } as const;
		const other = await signerKeys(randomBytes(16), letter.root);
		const good = await composeSignature({ ...parts, turn: 1, appear });
		const another = await composeSignature({ ...parts, turn: 2, appear });
		const wrong: [string, SignatureRequest][] = [
			['another key', await composeSignature({ ...parts, keys: other, turn: 1, appear })],
			['another group', await composeSignature({ ...parts, group: letter.contractors.id, turn: 1, appear })],
			['no such group', await composeSignature({ ...parts, group: newId(), turn: 1, appear })],
			[
				'named without attestation',
				await composeSignature({ ...parts, turn: 1, appear: { shown: 'named', name: 'K', title: '' } }),
			],
			['another authenticator', { ...good, authenticator: another.authenticator }],
			['another sealed part', { ...good, sealed: another.sealed }],
			['an attestation that does not belong', { ...good, attestation: 'a.b.c' }],
			['a space more', { ...good, statement: good.statement.replace(':', ': ') }],
		];
		for (const [what, request] of wrong) {
			expect(await send(request), what).toMatchObject({ status: 400, code: 'signature-refused' });
		}
		expect(await server.deps.db.selectFrom('signatures').select('key').execute()).toEqual([]);
		const elsewhere = await composeSignature({ ...parts, root: b64u(randomBytes(32)), turn: 1, appear });
		expect(await send(elsewhere)).toMatchObject({ status: 404, code: 'not-found' });
	});

	test('a changed text asks everybody again, and a closed letter takes nothing', async () => {
		const { server, letter, send } = await open();
		const kim = await letter.signer();
		await kim.appear(anonymous);
		await prove(server, kim, 'kim.doe@northwind.example');
		await kim.sign();
		const parts = await partsOf(letter, kim);
		const next = await composeSignature({ ...parts, turn: 2, appear: { shown: 'anonymous', label: null } });
		await letter.amend('Nobody should be called between eight and eight.');
		expect(await send(next)).toMatchObject({ status: 409, code: 'text-changed' });
		await kim.openLetter(letter.id);
		expect(await kim.own()).toEqual({ state: 'signed', shown: 'anonymous', current: false });
		await kim.sign();
		expect(await kim.own()).toMatchObject({ current: true });
		// Not in the minute either in which the letter is over and nobody has moved it on.
		server.clock.set(new Date(letter.charter.closesAt));
		await expect(kim.sign()).rejects.toMatchObject({ code: 'signing-ended' });
		await expect(kim.askForCode('kim.doe@northwind.example')).rejects.toMatchObject({ code: 'signing-ended' });
		await server.due();
		await expect(kim.sign()).rejects.toMatchObject({ code: 'signing-ended' });
	});

	test('nobody else can ask whether a key signed', async () => {
		const { server, letter } = await open();
		const kim = await letter.signer();
		await kim.appear(anonymous);
		await prove(server, kim, 'kim.doe@northwind.example');
		await kim.sign();
		const { keys } = await partsOf(letter, kim);
		const minute = Math.floor(server.clock.now().getTime() / 60_000);
		const forged = { root: letter.root, key: keys.publicKey, minute, authenticator: b64u(randomBytes(64)) };
		expect(await ask(server, '/api/signatures/own', forged)).toMatchObject({ code: 'authenticator-refused' });
		const stale = { ...forged, minute: minute - 11 };
		expect(await ask(server, '/api/signatures/own', stale)).toMatchObject({ code: 'proof-outdated' });
	});
});
