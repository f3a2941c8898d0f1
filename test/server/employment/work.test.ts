import { expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { requestConfirmation } from '../../../shared/client/confirmation.ts';
import { solveWork } from '../../../shared/client/work.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';
import { ask } from './asking.ts';

const address = (n: number) => `person${n}@northwind.example`;

test('where many ask, each device works for its mail, once, and by itself; when it is quiet again nobody does', async () => {
	const server = await startServer({ database: 'pglite', workFrom: 3, behindProxy: true });
	const { id } = await openLetter(server);
	const asks = (n: number, work?: string) =>
		ask(server, '/api/confirmations', { letter: id, address: address(n), ...(work && { work }) });
	for (const n of [1, 2, 3]) expect((await asks(n)).status).toBe(202);
	expect(await asks(4)).toMatchObject({ status: 428, code: 'work-needed' });

	const challenge = async () =>
		(await ask(server, '/api/confirmations/work', {})).body.challenge as Parameters<typeof solveWork>[0];
	const work = (await solveWork(await challenge())) ?? '';
	expect((await asks(4, work)).status).toBe(202);
	expect(await asks(5, work), 'used').toMatchObject({ code: 'work-needed' });
	const easy = { algorithm: 'PBKDF2/SHA-256', cost: 5_000, nonce: '00', salt: '00', keyPrefix: '00', keyLength: 32 };
	const made = { challenge: { parameters: easy, signature: '00' }, solution: { counter: 0, derivedKey: '00' } };
	const guessed = { challenge: await challenge(), solution: { counter: 7, derivedKey: '00'.repeat(32) } };
	for (const [what, false_] of Object.entries({
		made: JSON.stringify(made),
		guessed: JSON.stringify(guessed),
		'no JSON': '{',
	}))
		expect(await asks(5, false_), what).toMatchObject({ status: 428, code: 'work-needed' });
	const late = (await solveWork(await challenge())) ?? '';
	server.clock.advance(10);
	for (const n of [6, 7, 8]) expect((await asks(n)).status, 'quiet again').toBe(202);
	expect(await asks(9, late), 'too late').toMatchObject({ code: 'work-needed' });

	// The signer's own client does it without a word.
	const confirmation = await requestConfirmation(httpCall(server.origin), id, address(9));
	expect(confirmation).toMatch(/^[\w-]{16,}$/);
	await server.deps.afterwards.idle();
	expect(server.relay.mails.flatMap(({ to }) => to).sort()).toEqual([1, 2, 3, 4, 6, 7, 8, 9].map((n) => address(n)));
});

test('a clock that is set back by an hour is no surge', async () => {
	const server = await startServer({ database: 'pglite', workFrom: 3, behindProxy: true });
	const { id } = await openLetter(server);
	const asks = (n: number) => ask(server, '/api/confirmations', { letter: id, address: address(n) });
	for (const n of [1, 2, 3]) expect((await asks(n)).status).toBe(202);
	server.clock.advance(-60);
	expect((await asks(4)).status).toBe(202);
});
