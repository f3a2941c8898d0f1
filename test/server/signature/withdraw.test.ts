import { describe, expect, test } from 'vitest';
import { signerKeys } from '../../../shared/keys.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { seedFromWords } from '../../../shared/words.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';
import { codeIn } from '../../support/world.ts';
import { ask } from '../employment/asking.ts';

describe.each(databaseKinds)('withdrawing (%s)', (database) => {
	const signed = async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const signers = [];
		for (const name of ['kim', 'lee']) {
			const signer = await letter.signer();
			await signer.appear({ shown: 'named', name: `${name} Doe`, title: '', condition: null });
			await signer.askForCode(`${name}@northwind.example`);
			await signer.proveByCode(codeIn((await server.relay.mailTo(`${name}@northwind.example`)).text));
			await signer.sign();
			signers.push(signer);
		}
		const [kim] = signers;
		if (!kim) throw new Error('nobody signed');
		const keys = await signerKeys(seedFromWords((await kim.words()) ?? [], 12), letter.root);
		// Kim's first turn was drawn: it counts as 1 here.
		const { turn: first } = await kim.record();
		const at = (turn: number) => first - 1 + turn;
		const make = async (turn: number) => ({
			...{ root: letter.root, key: keys.publicKey },
			...(await signWithdrawal(keys.privateKey, letter.root, keys.publicKey, at(turn))),
		});
		const row = () =>
			server.deps.db.selectFrom('signatures').selectAll().where('key', '=', keys.publicKey).executeTakeFirst();
		return { server, letter, kim, make, row, at };
	};

	test('nothing that could be opened stays; the same request gets the same answer, an old one none', async () => {
		const { server, make, row, at } = await signed();
		const send = async (turn: number) => ask(server, '/api/withdrawals', await make(turn));
		expect(await send(1)).toMatchObject({ status: 409, code: 'turn-too-low' });
		expect(await send(2)).toMatchObject({ status: 200, body: { turn: at(2) } });
		expect(await send(2)).toMatchObject({ status: 200, body: { turn: at(2) } });
		expect(await send(1)).toMatchObject({ status: 409, code: 'turn-too-low' });
		const nothing = { statement: null, authenticator: null, attestation: null, sealed: null };
		expect(await row()).toMatchObject({ ...nothing, status: 'withdrawn', turn: at(1), withdrawal_turn: at(2) });
	});

	test('only the key itself can withdraw', async () => {
		const { server, make, row, at } = await signed();
		const forged = { ...(await make(2)), turn: at(3) };
		expect(await ask(server, '/api/withdrawals', forged)).toMatchObject({ status: 400, code: 'withdrawal-refused' });
		expect(await row()).toMatchObject({ status: 'live' });
	});

	test('a withdrawal from before is not one again after signing anew', async () => {
		const { server, kim, make, row } = await signed();
		const old = await make(2);
		await ask(server, '/api/withdrawals', old);
		await kim.own();
		await kim.sign();
		expect(await ask(server, '/api/withdrawals', old)).toMatchObject({ status: 409, code: 'turn-too-low' });
		expect(await row()).toMatchObject({ status: 'live', turn: (await kim.record()).turn, withdrawal: null });
	});

	test('in last call one can still withdraw, and the row says so to the organizers; signing again is over', async () => {
		const { server, letter, kim, row } = await signed();
		await server.due(new Date(letter.charter.closesAt));
		await kim.withdraw();
		expect(await row()).toMatchObject({
			status: 'withdrawn',
			sealed: null,
			withdrawal_turn: (await kim.record()).turn,
		});
		await expect(kim.sign()).rejects.toMatchObject({ code: 'signing-ended' });
	});

	test('while a letter is open a higher turn takes the place of a withdrawal, so that nothing between them can be signed', async () => {
		const { server, make, row, at } = await signed();
		const send = async (turn: number) => ask(server, '/api/withdrawals', await make(turn));
		await send(2);
		expect(await send(3)).toMatchObject({ status: 200, body: { turn: at(3) } });
		expect(await row()).toMatchObject({ withdrawal_turn: at(3) });
	});

	test('once signing is over the first withdrawal stays: the list that organizers approve holds it, and each other one would end their approvals', async () => {
		const { server, letter, make, row, at } = await signed();
		await server.due(new Date(letter.charter.closesAt));
		const send = async (turn: number) => ask(server, '/api/withdrawals', await make(turn));
		expect(await send(2)).toMatchObject({ status: 200, body: { turn: at(2) } });
		const first = await row();
		expect(await send(7)).toMatchObject({ status: 200, body: { turn: at(7) } });
		expect(await row()).toEqual(first);
		expect(await send(2)).toMatchObject({ status: 200, body: { turn: at(2) } });
	});
});
