/**
 * Four organizers, of whom three have to agree, and two moles among them: with their sessions, their keys and every route of the desk they get
 * no name, no release, no closing, no amendment and no end of the letter. With the third honest one each of it works.
 */
import { expect, test } from 'vitest';
import { signLetter } from '../../server/command/client/signing.ts';
import { APPROVAL_KINDS, approve } from '../../shared/approval.ts';
import { fingerprint } from '../../shared/charter.ts';
import { amend, approveAmendment, readAmendment } from '../../shared/client/amending.ts';
import { approveCharter, type DecisionKind, decide, readFrozen } from '../../shared/client/deciding.ts';
import { freeze, makeLink } from '../../shared/client/drafting.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { checkSealed, contribute, fetchSealed, type Opening, openNames } from '../../shared/client/opening.ts';
import { readDesk } from '../../shared/client/organizer.ts';
import { approveRelease, buildRelease, newAttempt, proposeRelease } from '../../shared/client/releasing.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { type Answers, assault, routeOf, tablesOf, takeBack } from '../support/assault.ts';
import { comeBack, refusal, type Seat, standing, startLetter, stateOf, write } from '../support/desk.ts';
import { mayChange, mayDiffer, powers } from '../support/desk-powers.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { bodySchemas, routesOf } from '../support/route-table.ts';
import { startServer } from '../support/server.ts';
import { worldOf } from '../support/world.ts';

const quietly = () => {};
const NAME = 'Amara Okafor';

test('every route of the desk, every kind of approval and every table is placed', async () => {
	const server = await startServer();
	const desk = routesOf(server.deps).filter(({ method, path }) => method !== 'ALL' && /^\/api\/desk(\/|$)/.test(path));
	expect([...new Set(Object.keys(powers).map(routeOf))].sort()).toEqual(desk.map(({ name }) => name).sort());
	const taken = Object.values(powers).flatMap((power) => (power.kind === 'takes' ? [power.takes] : []));
	expect([...new Set(taken)].sort()).toEqual([...APPROVAL_KINDS].sort());
	for (const [name, power] of Object.entries(powers)) {
		expect([name, power.kind === 'reads']).toEqual([name, name.startsWith('GET ')]);
		if (power.kind === 'own' || power.kind === 'reads') continue;
		expect([name, Object.hasOwn(bodySchemas, routeOf(name))]).toEqual([name, true]);
	}
	const tables = await tablesOf(server.deps.db);
	expect(Object.keys({ ...mayChange, ...mayDiffer }).filter((name) => !tables.includes(name))).toEqual([]);
});

/** Every route was tried, and no answer has the name. */
function expectNoName(answers: Answers): void {
	const tried = new Set(answers.map(({ route }) => route));
	const missed = Object.entries(powers).filter(([name, { kind }]) => kind !== 'own' && !tried.has(routeOf(name)));
	expect(missed.map(([name]) => name)).toEqual([]);
	expect(answers.filter(({ text }) => text.includes(NAME)).map(({ route }) => route)).toEqual([]);
}

async function openAs({ call, organizer }: Seat): Promise<Opening> {
	const stands = await standing({ call } as Seat);
	const { signatures } = await checkSealed(stands, await fetchSealed(call, null, quietly), quietly);
	return openNames(call, organizer, stands, signatures, quietly);
}

async function contributeAs({ call, organizer }: Seat): Promise<void> {
	const stands = await standing({ call } as Seat);
	const { signatures } = await checkSealed(stands, await fetchSealed(call, null, quietly), quietly);
	await contribute(call, organizer, stands, signatures, quietly);
}

const decideAs = async (seat: Seat, kind: DecisionKind) =>
	decide(seat.call, seat.organizer, await standing(seat), kind);

test('two of four, where three have to agree, get nothing; the third makes each of it work', async () => {
	const server = await startServer({ database: 'postgres' });
	const seats = await startLetter(server, 'Mole A', 'Mole B', 'Honest C', 'Honest D');
	const [a, b, c, d] = seats;
	const moles = [a, b];
	const groups = wholeDraft(server.clock.now()).groups.slice(0, 1);
	await freeze(a.call, await write(server, a, { groups, threshold: 3 }));
	for (const { call, organizer, roots } of [a, b, c])
		await approveCharter(call, organizer, roots, await readDesk(call));
	// A charter needs all of them.
	expect(await stateOf(a)).toBe('draft');
	expect((await readFrozen(await readDesk(d.call))).charter.threshold).toBe(3);
	await approveCharter(d.call, d.organizer, d.roots, await readDesk(d.call));
	const { root, text, charter } = await standing(a);
	const world = worldOf(server);
	const appear = { shown: 'named', name: NAME, title: 'Engineer', condition: null } as const;
	const sign = async (address: string) =>
		signLetter(world, writeInviteLink(server.origin, await makeLink(c.call, 'for colleagues'), root), appear, {
			address,
		});
	await sign('a.okafor@northwind.example');

	// Open: nothing closes, nothing changes, nothing ends.
	expectNoName(await assault(server, moles));
	const closesAt = instant(server.clock.now().getTime() + hours(1));
	const amended = async () => {
		const change = { closesAt, text: { ...text, text: 'We agree.' } };
		const waiting = (await readDesk(a.call)).amendment;
		if (waiting !== null) await a.call('DELETE', `/api/desk/amendments/${await fingerprint(waiting.charter)}`);
		expect(await amend(a.call, a.organizer, await standing(a), change)).toMatchObject({ applied: false });
		const proposed = await readAmendment(await readDesk(b.call), await standing(b));
		if (!proposed) throw new Error('there is no amendment');
		expect(await approveAmendment(b.call, b.organizer, proposed)).toMatchObject({ applied: false });
		return proposed;
	};
	await amended();
	expectNoName(await assault(server, moles));
	expect((await standing(c)).text.text).toBe(text.text);
	expect(await approveAmendment(c.call, c.organizer, await amended())).toMatchObject({ applied: true });
	expect((await standing(c)).text.text).toBe('We agree.');
	await sign('a.okafor.2@northwind.example');

	// Close: the third makes it three.
	await takeBack(moles);
	for (const mole of moles) await decideAs(mole, 'close');
	expect(await stateOf(a)).toBe('open');
	await decideAs(c, 'close');
	expect(await stateOf(a)).toBe('review');
	expect(await refusal(fetchSealed(a.call, null, quietly))).toBe('409 last-call-running');

	// Opening: two shares open nothing.
	server.clock.set(new Date(server.clock.now().getTime() + hours(charter.lastCallHours) + 60_000));
	for (const seat of seats) await comeBack(seat);
	expectNoName(await assault(server, moles));
	for (const mole of moles) await contributeAs(mole);
	const closed = await openAs(a);
	expect([closed.names, closed.unreadable, closed.waiting.length]).toEqual([[], [], 1]);
	await contributeAs(c);
	const opening = await openAs(b);
	expect(opening.names.map(({ opened }) => opened.contents.display?.name)).toEqual([NAME]);

	// Release: two approvals, with the file, schedule nothing.
	await takeBack(moles);
	const releaseAt = instant(server.clock.now().getTime() + hours(2));
	const choice = { slug: 'we-agree', press: 'press@letter.example', releaseAt, deliveries: [], attempt: newAttempt() };
	const composed = await buildRelease(await readDesk(a.call), opening, choice);
	const { releaseHash } = composed;
	const file = writeReleaseFile(composed.release);
	const proposed = async () => {
		await proposeRelease(a.call, await standing(a), composed);
		for (const { call, organizer } of [...moles, ...moles]) {
			const authenticator = await approve(organizer.secrets.approval, 'release', root, releaseHash);
			const body = { attempt: choice.attempt, releaseHash, authenticator, release: file };
			expect(await call('POST', '/api/desk/release/approve', body)).toEqual({ state: 'review' });
		}
	};
	await proposed();
	const release = { attempt: choice.attempt, releaseHash, file };
	await assault(server, moles, { release });
	await takeBack(moles);
	await proposed();
	await server.due(new Date(Date.parse(releaseAt) - 60_000));
	expect((await server.fetch('/letters/we-agree/')).status).toBe(404);
	expect(await approveRelease(c.call, c.organizer, await standing(c), await readDesk(c.call), composed)).toBe(
		'scheduled',
	);
	await assault(server, moles, { release });
	expect((await server.fetch('/letters/we-agree/')).status).toBe(404);
	await server.due(new Date(releaseAt));
	expect((await server.fetch('/letters/we-agree/')).status).toBe(200);
	const [first] = composed.release.signatures;
	const after = { release, entry: { number: 1, digest: first?.digest ?? '' } };
	await assault(server, moles, after);
	expect(await (await server.fetch('/letters/we-agree/release.json')).text()).toContain(NAME);
	// The same by three does what two could not.
	await expect(assault(server, [a, b, c], after)).rejects.toThrow('to deeply equal');
});
