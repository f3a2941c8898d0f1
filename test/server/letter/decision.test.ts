import { describe, expect, test } from 'vitest';
import { lettersWithKeys } from '../../../server/credential/keyring.ts';
import { abandonSubject, approve } from '../../../shared/approval.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import {
	type DecisionKind,
	decide,
	readFrozen,
	requireStanding,
	takeDecisionBack,
} from '../../../shared/client/deciding.ts';
import { freeze, makeLink } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { writeTime } from '../../../shared/document.ts';
import { databaseKinds } from '../../support/databases.ts';
import { comeBack, openLetter, refusal, type Seat, startLetter, stateOf, write } from '../../support/desk.ts';
import { hours } from '../../support/drafts.ts';
import { startServer } from '../../support/server.ts';

const decideAs = async ({ call, organizer, roots }: Seat, kind: DecisionKind) =>
	decide(call, organizer, await requireStanding(organizer, roots, await readDesk(call)), kind);

describe.each(databaseKinds)('what M organizers decide (%s)', (database) => {
	test('two of three close early: signing ends, the keys are gone, last call runs from now', async () => {
		const server = await startServer({ database });
		const [r, k, l] = await startLetter(server, 'R.', 'K.', 'L.');
		const { letter } = r.organizer;
		await openLetter(server, [r, k, l]);
		expect(await lettersWithKeys(server.deps)).toContain(letter);

		await decideAs(r, 'close');
		// The same organizer a second time is still one.
		await decideAs(r, 'close');
		expect(await stateOf(r)).toBe('open');
		const [pending] = (await readDesk(l.call)).decisions;
		expect(pending).toMatchObject({ kind: 'close', approvals: [{ organizer: r.organizer.id }] });
		await takeDecisionBack(r.call, 'close');
		expect((await readDesk(l.call)).decisions).toEqual([]);
		await decideAs(k, 'close');
		expect(await stateOf(r)).toBe('open');

		await decideAs(l, 'close');
		const desk = await readDesk(r.call);
		expect(desk.letter.state).toBe('review');
		expect(Date.parse(desk.letter.lastCallUntil ?? '')).toBe(server.clock.now().getTime() + hours(24));
		expect(desk.decisions).toEqual([]);
		expect(await lettersWithKeys(server.deps)).not.toContain(letter);
		// The last answer was lost: sent again, it says the same; a new one is too late.
		await decideAs(l, 'close');
		expect(await refusal(decideAs(r, 'close'))).toBe('409 wrong-state');
	});

	test('two of two give the letter up: a tombstone is left for whoever opens the link', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const { letter } = r.organizer;
		await openLetter(server, [r, k]);
		const link = await makeLink(r.call, 'the breakfast table');
		expect(await decideAs(r, 'abandon')).toBe('open');
		expect(await stateOf(k)).toBe('open');
		// The answer is the last that they hear: their sessions go with the letter.
		expect(await decideAs(k, 'abandon')).toBe('abandoned');
		expect(await refusal(readDesk(r.call))).toBe('401 not-signed-in');
		expect(await lettersWithKeys(server.deps)).not.toContain(letter);
		const tombstone = {
			...{
				letter,
				state: 'abandoned',
				chain: null,
				atLeast: { signatures: 0, named: 0 },
				enoughAnonymous: [],
				restored: null,
			},
			...{ lastCallUntil: null, releaseAt: null, slug: null, now: writeTime(server.clock.now()) },
		};
		expect(await (await server.fetch(`/api/links/${link}`)).json()).toEqual(tombstone);
		expect(await (await server.fetch(`/api/letters/${letter}`)).json()).toEqual(tombstone);
		const rows = JSON.stringify(await server.deps.db.selectFrom('links').selectAll().execute());
		expect(rows).not.toContain('breakfast');
		for (const table of ['organizers', 'passkeys', 'sessions', 'charters', 'approvals'] as const) {
			expect(await server.deps.db.selectFrom(table).selectAll().execute()).toEqual([]);
		}
	});

	test('a frozen draft can be given up together as well', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		await freeze(r.call, await write(server, r));
		const frozen = await readFrozen(await readDesk(r.call));
		await decide(r.call, r.organizer, frozen, 'abandon');
		expect(await stateOf(k)).toBe('draft');
		await decide(k.call, k.organizer, frozen, 'abandon');
		expect((await server.fetch(`/api/letters/${r.organizer.letter}`)).status).toBe(200);
		expect(await refusal(readDesk(k.call))).toBe('401 not-signed-in');
	});
});

test('a decision over something else, or with another key, counts for nothing', async () => {
	const server = await startServer();
	const [r, k] = await startLetter(server, 'R.', 'K.');
	expect(await refusal(k.call('DELETE', '/api/desk/decisions/abandon'))).toBe('409 wrong-state');
	const { fingerprint, root } = await openLetter(server, [r, k]);
	const send = async (seat: Seat, kind: DecisionKind, subject: string, by = seat, over: DecisionKind = kind) => {
		const authenticator = await approve(by.organizer.secrets.approval, over, root, subject);
		return refusal(seat.call('POST', '/api/desk/decisions', { kind, subject, authenticator }));
	};
	const subject = await abandonSubject(fingerprint);
	expect(await send(r, 'abandon', b64u(randomBytes(32)))).toBe('409 charter-changed');
	expect(await send(r, 'close', subject)).toBe('409 charter-changed');
	expect(await send(r, 'abandon', subject, k)).toBe('400 authenticator-refused authenticator');
	expect(await send(r, 'abandon', subject, r, 'close')).toBe('400 authenticator-refused authenticator');
	const [stranger] = await startLetter(server, 'S.');
	expect(await send(stranger, 'abandon', subject)).toBe('409 wrong-state');
	expect(await stateOf(r)).toBe('open');
});

test('in review a letter can still be given up, and not closed again', async () => {
	const server = await startServer();
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const { charter } = await openLetter(server, [r, k]);
	await server.due(new Date(charter.closesAt));
	await comeBack(r);
	await comeBack(k);
	expect(await stateOf(r)).toBe('review');
	expect(await refusal(decideAs(r, 'close'))).toBe('409 wrong-state');
	await decideAs(r, 'abandon');
	await decideAs(k, 'abandon');
	const view = await (await server.fetch(`/api/letters/${r.organizer.letter}`)).json();
	expect(view.state).toBe('abandoned');
});
