/**
 * The mail relay refuses, is gone, says nothing, is slow, or takes a mail and breaks off. Whoever asks for a code then is told so, the same for everybody; nobody gets a mail twice; the server
 * stays quick; and mails that were promised come once the relay works again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, blinded } from '../server/employment/asking.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { codeIn } from '../support/world.ts';

/** As long as the server lets a relay be that did not work, and a little. */
const PAUSE_MS = 5_500;

let server: TestServer;
let letter: OpenLetter;
let people = 0;

beforeAll(async () => {
	server = await startServer({ database: 'postgres' });
	letter = await openLetter(server);
	return server.stop;
});

beforeEach(() => {
	// So that nobody is told to come slower.
	server.clock.advance(10);
});

const newAddress = () => `person.${people++}@northwind.example`;

async function askFor(address: string) {
	const began = performance.now();
	const answer = await ask(server, '/api/confirmations', { letter: letter.id, address });
	// Whatever the relay does, the answer does not wait for it.
	expect(performance.now() - began).toBeLessThan(10_000);
	return answer;
}

const mailsTo = (address: string) => server.relay.mails.filter(({ to }) => to.includes(address));
const kept = async () => (await server.deps.db.selectFrom('confirmations').select('id').execute()).length;

/** Everybody is told the same, and nothing is kept of them. */
async function expectSaid(): Promise<void> {
	const before = await kept();
	const answer = await server.send('/api/confirmations', { letter: letter.id, address: newAddress() });
	expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
	expect(await answer.json()).toMatchObject({ code: 'mail-unavailable' });
	expect(await kept()).toBe(before);
	expect((await server.fetch('/readyz')).status).toBe(200);
}

/** The one mail comes, and its code proves. */
async function expectProves(address: string, confirmation: unknown): Promise<void> {
	const code = codeIn((await server.relay.mailTo(address)).text);
	const secret = { by: 'code', confirmation, code };
	const proof = { secret, request: await blinded(letter), attest: null };
	expect((await ask(server, '/api/proofs', proof)).status).toBe(200);
	expect(mailsTo(address)).toHaveLength(1);
}

const faults: Record<string, { begin: () => unknown; end: () => unknown; noticed: number }> = {
	refuses: { begin: () => server.relay.fail(true), end: () => server.relay.fail(false), noticed: 0 },
	'is gone': { begin: () => server.relay.gone(true), end: () => server.relay.gone(false), noticed: 0 },
	'says nothing': { begin: () => server.relay.mute(true), end: () => server.relay.mute(false), noticed: 20_000 },
};

test.each(Object.keys(faults))(
	'a relay that %s: whoever asked before that was known gets the mail later, once; others are told',
	async (what) => {
		const { begin, end, noticed } = faults[what] ?? { begin() {}, end() {}, noticed: 0 };
		await begin();
		const first = newAddress();
		const { status, body } = await askFor(first);
		expect(status).toBe(202);
		if (noticed > 0) await pause(noticed);
		await server.deps.afterwards.idle();
		await expectSaid();
		await end();
		await expectProves(first, body.confirmation);
		const next = newAddress();
		const after = await askFor(next);
		expect(after.status).toBe(202);
		await expectProves(next, after.body.confirmation);
	},
);

test('a slow relay: answers do not wait for it, and everybody gets one mail', async () => {
	server.relay.slow(1_500);
	const addresses = Array.from({ length: 12 }, newAddress);
	const asked = await Promise.all(addresses.map(askFor));
	expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([202]));
	await server.deps.afterwards.idle();
	expect(addresses.map((address) => mailsTo(address).length)).toEqual(addresses.map(() => 1));
	server.relay.slow(0);
});

test('a relay that takes a mail and breaks off may have sent it: it is not sent again, and whoever asks next is told', async () => {
	server.relay.drop(true);
	const address = newAddress();
	expect((await askFor(address)).status).toBe(202);
	await server.deps.afterwards.idle();
	await expectSaid();
	server.relay.drop(false);
	await pause(PAUSE_MS);
	expect(mailsTo(address)).toEqual([]);
	const again = await askFor(address);
	expect(again.status).toBe(202);
	await expectProves(address, again.body.confirmation);
});

test('mailboxes that do not exist hold nobody up, however many are asked for in a row', async () => {
	const unknown = Array.from({ length: 12 }, newAddress);
	for (const [at, address] of unknown.entries()) {
		server.relay.refuse(address, true, at % 2 === 0 ? [550, '5.1.1 no such mailbox'] : [553, 'no such mailbox']);
		expect((await askFor(address)).status).toBe(202);
		await server.deps.afterwards.idle();
	}
	const known = newAddress();
	await expectProves(known, (await askFor(known)).body.confirmation);
});
