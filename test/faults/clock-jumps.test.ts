/** The server's clock jumps an hour ahead, and an hour back: sessions, codes, counters and releases go on, nothing happens twice, and nothing that was open ends for good. */
import { describe, expect, test } from 'vitest';
import { readDesk } from '../../shared/client/organizer.ts';
import { ask, askForCode, blinded, byCode } from '../server/employment/asking.ts';
import { MINUTE, placeInReview, REVIEW } from '../server/release/in-review.ts';
import { databaseKinds } from '../support/databases.ts';
import { comeBack, openLetter as openAtDesk, startLetter } from '../support/desk.ts';
import { hours } from '../support/drafts.ts';
import { openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';

const at = (time: Date, hour: number) => new Date(time.getTime() + hours(hour));
/** Each jump as it is noticed: at once, by whatever is due then. */
const jump = (server: TestServer, hour: number) => server.due(at(server.clock.now(), hour));

describe.each(databaseKinds)('a clock that jumps (%s)', (database) => {
	test('whoever is logged in stays so, and a session does not outlive its twelve hours by more than the jump', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		await openAtDesk(server, [r, k]);
		await comeBack(r);
		const began = server.clock.now();
		await jump(server, 1);
		expect((await readDesk(r.call)).letter.state).toBe('open');
		await jump(server, -2);
		expect((await readDesk(r.call)).letter.state).toBe('open');
		// Logging in works while the clock stands before the last login.
		await comeBack(r);
		await comeBack(k);
		expect((await readDesk(k.call)).letter.state).toBe('open');
		await server.due(at(began, 12));
		await expect(readDesk(r.call)).rejects.toMatchObject({ code: 'not-signed-in' });
	});

	test('a code asked for before a jump ahead may be too old, and another works; one asked for before a jump back works once', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const prove = async (asked: Awaited<ReturnType<typeof askForCode>>, request: string) =>
			(await ask(server, '/api/proofs', { secret: byCode(asked), request, attest: null })).code ?? 'proved';
		const [early, late] = [await blinded(letter), await blinded(letter)];
		const kim = await askForCode(server, letter, 'kim@northwind.example');
		await jump(server, 1);
		expect(await prove(kim, early)).toBe('code-expired');
		const again = await askForCode(server, letter, 'kim@northwind.example');
		await jump(server, -1);
		expect(await prove(again, early)).toBe('proved');
		expect(await prove(again, early)).toBe('proved');
		expect(await prove(again, late)).toBe('already-used');
		// Allowances fill up again after a jump back, too.
		for (let i = 0; i < 20; i++)
			await ask(server, '/api/confirmations', { letter: letter.id, address: `p${i}@northwind.example` });
		await jump(server, -1);
		expect(
			(await ask(server, '/api/confirmations', { letter: letter.id, address: 'q@northwind.example' })).status,
		).toBe(429);
		server.clock.advance(2);
		expect(
			(await ask(server, '/api/confirmations', { letter: letter.id, address: 'q@northwind.example' })).status,
		).toBe(202);
	});

	test('counters move once for each hour that the clock shows, and again once it has caught up', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const lastTick = async () =>
			(await server.deps.db.selectFrom('ticks').select('hour').executeTakeFirstOrThrow()).hour;
		await server.due();
		const before = await lastTick();
		for (let i = 0; i < 5; i++) {
			const signer = await letter.signer();
			await signer.appear({ shown: 'named', name: `Nora ${i}`, title: '', condition: null });
			await signer.askForCode(`nora.${i}@northwind.example`);
			const { text } = await server.relay.mailTo(`nora.${i}@northwind.example`);
			await signer.proveByCode(text.slice(0, 8));
			await signer.sign();
		}
		await jump(server, 1);
		const ahead = await lastTick();
		expect(ahead?.getTime()).toBe((before?.getTime() ?? 0) + hours(1));
		await jump(server, -1);
		await jump(server, 1);
		expect(await lastTick()).toEqual(ahead);
		await server.due(at(server.clock.now(), 24));
		expect((await lastTick())?.getTime()).toBe((ahead?.getTime() ?? 0) + hours(24));
	});

	test('a release goes out at the minute that the clock shows, once; a jump back afterwards takes nothing back and does nothing twice', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		const { slug } = await server.deps.db.selectFrom('letters').select('slug').executeTakeFirstOrThrow();
		const status = async () => (await server.fetch(`/letters/${slug}/`)).status;
		await server.due(at(MINUTE, -1));
		await jump(server, -1);
		expect(await status()).toBe(404);
		await jump(server, 1);
		expect(await status()).toBe(404);
		await jump(server, 1);
		expect(await status()).toBe(200);
		const bytes = await (await server.fetch(`/letters/${slug}/release.json`)).text();
		await jump(server, -1);
		await jump(server, 1);
		expect(await (await server.fetch(`/letters/${slug}/release.json`)).text()).toBe(bytes);
		expect(server.logs.filter((line) => line.includes('"event":"released"'))).toHaveLength(1);
	});
});
