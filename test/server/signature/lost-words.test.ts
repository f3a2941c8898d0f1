/** Who lost words and browser asks to be taken off: nobody reads it before the opening, and then it says whose signature it is about. */
import { describe, expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { openInvite, signLetter } from '../../../server/command/client/signing.ts';
import { fetchAsked, match, openAsked } from '../../../shared/client/asked-off.ts';
import { decide } from '../../../shared/client/deciding.ts';
import { makeLink } from '../../../shared/client/drafting.ts';
import { writeInviteLink } from '../../../shared/client/invite-link.ts';
import { askable, LostWords } from '../../../shared/client/lost-words.ts';
import { checkSealed, contribute, fetchSealed, openNames } from '../../../shared/client/opening.ts';
import { strike } from '../../../shared/client/releasing.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { sealWish, wishFor } from '../../../shared/lost-words.ts';
import { databaseKinds } from '../../support/databases.ts';
import { comeBack, openLetter, refusal, type Seat, standing, startLetter } from '../../support/desk.ts';
import { hours } from '../../support/drafts.ts';
import { everyRow } from '../../support/every-row.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { worldOf } from '../../support/world.ts';

const quietly = () => {};
const named = (name: string) => ({ shown: 'named', name, title: '', condition: null }) as const;
const amara = { name: 'Amara Okafor', address: 'a.okafor@northwind.example' };
const joerg = { name: 'Jörg Müller', address: 'j.mueller@northwind.example' };

/** An open letter of two, which these two have signed by name. */
async function signedLetter(server: TestServer) {
	const seats = await startLetter(server, 'R.', 'K.');
	const { root } = await openLetter(server, seats, { lastCallHours: 24 });
	const invite = writeInviteLink(server.origin, await makeLink(seats[0].call, 'for colleagues'), root);
	const world = worldOf(server);
	for (const { name, address } of [amara, joerg]) await signLetter(world, invite, named(name), { address });
	/** In another browser, which knows nothing. */
	const asker = async () => {
		const { opened } = await openInvite(world, invite);
		return { opened, lost: new LostWords(httpCall(server.origin), opened) };
	};
	return { seats, asker, world, invite };
}

async function opened(seats: readonly Seat[]) {
	let last: Awaited<ReturnType<typeof openAs>> | null = null;
	for (const seat of seats) await contributeAs(seat);
	for (const seat of seats) last = await openAs(seat);
	if (last === null) throw new Error('nobody opened it');
	return last;
}

async function sealedFor({ call }: Seat) {
	const stands = await standing({ call } as Seat);
	const { signatures } = await checkSealed(stands, await fetchSealed(call, null, quietly), quietly);
	return { stands, signatures, asked: await fetchAsked(call, stands) };
}

async function contributeAs(seat: Seat) {
	const { stands, signatures, asked } = await sealedFor(seat);
	await contribute(seat.call, seat.organizer, stands, [...signatures, ...asked], quietly);
}

async function openAs({ call, organizer }: Seat) {
	const { stands, signatures, asked } = await sealedFor({ call } as Seat);
	const { names } = await openNames(call, organizer, stands, signatures, quietly);
	return { names, asked: match(await openAsked(call, organizer, stands, asked), names) };
}

describe.each(databaseKinds)('asking without the words (%s)', (database) => {
	test('is sealed until the opening, proven while open, and leads to the signature of the same mailbox', async () => {
		const server = await startServer({ database });
		const { seats, asker, world } = await signedLetter(server);
		const first = await asker();
		expect(askable(first.opened)).toBe('by-mail');
		await first.lost.begin(amara);
		await first.lost.askForCode();
		await first.lost.sendWithCode(await world.code(amara.address));
		// A mailbox with which nobody signed proves nothing here.
		const stranger = await asker();
		await stranger.lost.begin({ name: 'Kim Doe', address: 'kim.doe@northwind.example' });
		await stranger.lost.askForCode();
		const code = await world.code('kim.doe@northwind.example');
		expect(await refusal(stranger.lost.sendWithCode(code))).toBe('409 mailbox-not-proved');
		const [{ call }] = seats;
		expect(await refusal(call('GET', '/api/desk/lost-words'))).toBe('409 wrong-state');

		for (const seat of seats) await decide(seat.call, seat.organizer, await standing(seat), 'close');
		// In last call the keys that prove mailboxes are gone.
		const late = await asker();
		expect(askable(late.opened)).toBe('unproven');
		await late.lost.begin(joerg);
		await late.lost.sendUnproven();
		const other = await asker();
		await other.lost.begin({ name: 'Nobody Signed', address: '' });
		await other.lost.sendUnproven();
		expect(await refusal(call('GET', '/api/desk/lost-words'))).toBe('409 last-call-running');
		const copy = (await everyRow(server.deps.db)).join('\n') + server.logs.join('\n');
		for (const { name, address } of [amara, joerg]) {
			expect(copy).not.toContain(name);
			expect(copy).not.toContain(address);
		}

		server.clock.set(new Date(server.clock.now().getTime() + hours(25)));
		for (const seat of seats) await comeBack(seat);
		const over = await asker();
		expect(askable(over.opened)).toBe('over');
		await over.lost.begin(amara);
		expect(await refusal(over.lost.sendUnproven())).toBe('409 wrong-state');

		const { names, asked } = await opened(seats);
		const keyOf = (address: string) => names.find(({ opened: { contents } }) => contents.address === address)?.key;
		expect(asked.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
			{ key: expect.any(String), ...amara, proven: true, signatures: [keyOf(amara.address)] },
			{ key: expect.any(String), ...joerg, proven: false, signatures: [keyOf(joerg.address)] },
			{ key: expect.any(String), name: 'Nobody Signed', address: null, proven: false, signatures: [] },
		]);
		await strike(call, keyOf(amara.address) ?? '', 'asked');
		expect(await server.deps.db.selectFrom('strikes').select('reason').execute()).toEqual([{ reason: 'asked' }]);

		for (const seat of seats) await decide(seat.call, seat.organizer, await standing(seat), 'abandon');
		expect(await server.deps.db.selectFrom('lost_words').selectAll().execute()).toEqual([]);
	});
});

test('what was not made with its key, or says another mailbox than was attested, is refused', async () => {
	const server = await startServer();
	const { asker } = await signedLetter(server);
	const { opened } = await asker();
	const { charter } = opened.standing ?? {};
	if (!charter) throw new Error('the letter is not open');
	const { root } = opened;
	const wish = await wishFor(charter, root, amara);
	const asked = await sealWish(charter, root, wish, null);
	const another = await sealWish(charter, root, await wishFor(charter, root, joerg), null);
	const group = charter.groups[0]?.id ?? null;
	for (const forged of [
		{ ...asked, key: another.key },
		{ ...asked, sealed: another.sealed },
		{ ...asked, group },
		{ ...asked, attestation: 'e30.e30.e30', group },
		{ ...(await sealWish(charter, root, wish, 'e30.e30.e30')), group },
	]) {
		const answer = await server.send('/api/lost-words', { root, ...forged });
		expect([answer.status, (await answer.json()).code]).toEqual([400, 'lost-words-refused']);
		server.clock.advance(600);
	}
	const send = async (body: object) => (await server.send('/api/lost-words', { root, ...body })).status;
	expect(await send(asked)).toBe(204);
	expect(await send(asked)).toBe(204);
	expect(await server.deps.db.selectFrom('lost_words').select('key').execute()).toEqual([{ key: asked.key }]);
});

test('requests that prove nothing have room of their own, so that they keep out nobody who proved a mailbox', async () => {
	const server = await startServer();
	const { asker, world } = await signedLetter(server);
	const { opened, lost } = await asker();
	const row = { letter: opened.view.letter, group_id: null, sealed: '', authenticator: '', attestation: null };
	const many = Array.from({ length: LIMITS.lostWordsUnproven }, (_, i) => ({ ...row, key: `${i}` }));
	await server.deps.db.insertInto('lost_words').values(many).execute();
	await lost.begin(amara);
	expect(await refusal(lost.sendUnproven())).toBe('409 lost-words-full');
	await lost.askForCode();
	await lost.sendWithCode(await world.code(amara.address));
	const kept = await server.deps.db
		.selectFrom('lost_words')
		.select('key')
		.where('attestation', 'is not', null)
		.execute();
	expect(kept).toHaveLength(1);
});
