import { describe, expect, test } from 'vitest';
import { lettersWithKeys } from '../../../server/credential/keyring.ts';
import { closeDueLetters } from '../../../server/letter/closing.ts';
import { lockLetter, setLetter } from '../../../server/letter/letter-store.ts';
import { makeLink } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { databaseKinds } from '../../support/databases.ts';
import { comeBack, openLetter, startLetter, stateOf } from '../../support/desk.ts';
import { hours } from '../../support/drafts.ts';
import { createKeys } from '../../support/keys.ts';
import { startServer } from '../../support/server.ts';
import { waitingForLock } from '../../support/waiting.ts';

describe.each(databaseKinds)('what the clock does (%s)', (database) => {
	test('at its closing time a letter leaves open, once; at its expiry all but a tombstone is erased', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const { letter } = r.organizer;
		const { charter } = await openLetter(server, [r, k]);
		const link = await makeLink(r.call, '');
		const closesAt = new Date(charter.closesAt);
		await server.due(new Date(closesAt.getTime() - 1));
		await comeBack(r);
		expect(await stateOf(r)).toBe('open');

		await server.due(closesAt);
		const { letter: closed } = await readDesk(r.call);
		expect(closed.state).toBe('review');
		expect(Date.parse(closed.lastCallUntil ?? '')).toBe(closesAt.getTime() + hours(24));
		expect(await lettersWithKeys(server.deps)).not.toContain(letter);
		server.clock.advance(60);
		await server.due();
		expect((await readDesk(r.call)).letter.lastCallUntil).toBe(closed.lastCallUntil);

		// What a crash between commit and destruction leaves behind goes with the next round.
		await createKeys(server.deps, letter, []);
		await server.due();
		expect(await lettersWithKeys(server.deps)).not.toContain(letter);

		await server.due(new Date(Date.parse(charter.expiresOn) - 1));
		const beside = async () => (await server.fetch(`/api/links/${link}`)).json();
		expect(await beside()).toMatchObject({ state: 'review', chain: { charters: [expect.any(String)] } });
		await server.due(new Date(charter.expiresOn));
		expect(await beside()).toMatchObject({ state: 'abandoned', chain: null });
	});

	test('a server that was down at both times gives up the letter in one go', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const { charter } = await openLetter(server, [r, k]);
		await server.due(new Date(charter.expiresOn));
		const view = await (await server.fetch(`/api/letters/${r.organizer.letter}`)).json();
		expect(view.state).toBe('abandoned');
		expect(await lettersWithKeys(server.deps)).toEqual([]);
	});
});

test('an amendment that keeps the letter open at the last moment keeps its keys', async () => {
	const server = await startServer({ database: 'postgres' });
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const { letter } = r.organizer;
	const { charter } = await openLetter(server, [r, k]);
	const closesAt = new Date(charter.closesAt);
	server.clock.set(closesAt);
	// The due task has found the letter and waits for its lock, held by who moves the closing time.
	const { db } = server.deps;
	const closing = await db.transaction().execute(async (trx) => {
		await lockLetter(trx, letter);
		const closing = closeDueLetters(server.deps, closesAt);
		await waitingForLock(db);
		await setLetter(trx, letter, { closes_at: new Date(closesAt.getTime() + hours(1)) });
		return { done: closing };
	});
	await closing.done;
	await comeBack(r);
	expect(await stateOf(r)).toBe('open');
	expect(await lettersWithKeys(server.deps)).toContain(letter);
});

test('sessions, challenges and invitations that have ended are not kept', async () => {
	const server = await startServer();
	const [r] = await startLetter(server, 'R.');
	await r.call('POST', '/api/desk/login/options', {});
	await r.call('POST', '/api/desk/invitations', { note: 'for K.' });
	server.clock.advance(8 * 24 * 60);
	await server.due();
	for (const table of ['sessions', 'challenges', 'invitations'] as const) {
		expect(await server.deps.db.selectFrom(table).selectAll().execute()).toEqual([]);
	}
});
