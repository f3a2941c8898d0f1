/**
 * Four organizers, of whom three have to agree, and two moles among them: with their sessions, their keys and every route of the desk they get
 * no name, no release, no closing, no amendment and no end of the letter. With the third honest one each of it works.
 */
import { expect, test } from 'vitest';
import { signLetter } from '../../server/command/client/signing.ts';
import { type ApprovalKind, abandonSubject, approve, closeSubject } from '../../shared/approval.ts';
import { amend, approveAmendment, readAmendment } from '../../shared/client/amending.ts';
import { type Call, Refused } from '../../shared/client/call.ts';
import { approveCharter, type DecisionKind, decide, readFrozen } from '../../shared/client/deciding.ts';
import { freeze, makeLink } from '../../shared/client/drafting.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { checkSealed, contribute, fetchSealed, type Opening, openNames } from '../../shared/client/opening.ts';
import { readDesk } from '../../shared/client/organizer.ts';
import { approveRelease, buildRelease, newAttempt, proposeRelease } from '../../shared/client/releasing.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { comeBack, refusal, type Seat, standing, startLetter, stateOf, write } from '../support/desk.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { routesOf } from '../support/route-table.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { worldOf } from '../support/world.ts';

const quietly = () => {};
const NAME = 'Amara Okafor';
const kinds: ApprovalKind[] = ['charter', 'amendment', 'close', 'release', 'stop', 'abandon', 'strike'];

/** Which kind each route takes, and what it wants beside the authenticator. */
const approving = (subject: string, attempt: string): [ApprovalKind, string, Record<string, unknown>][] => [
	['charter', '/api/desk/charter/approve', { fingerprint: subject }],
	['amendment', '/api/desk/amendments/approve', { fingerprint: subject }],
	['close', '/api/desk/decisions', { kind: 'close', subject }],
	['abandon', '/api/desk/decisions', { kind: 'abandon', subject }],
	['release', '/api/desk/release/approve', { attempt, releaseHash: subject, release: null }],
	['stop', '/api/desk/stop', {}],
];

/** What two can do in every state by design: one stop takes a scheduled release back. */
const mayStop = (state: string) => state === 'scheduled';

/** Whatever the server answers, refusals too. */
async function ask(call: Call, ...request: Parameters<Call>): Promise<string> {
	try {
		return JSON.stringify(await call(...request)) ?? '';
	} catch (refused) {
		if (!(refused instanceof Refused)) throw refused;
		expect([request[1], refused.status < 500]).toEqual([request[1], true]);
		return refused.message;
	}
}

/** Every approval that the moles' keys can make, of every kind, over everything that there is to approve, to every route that takes one. */
async function assault(server: TestServer, moles: Seat[], more: string[] = []): Promise<void> {
	const [first] = moles;
	if (!first) throw new Error('there is no mole');
	const { root, fingerprint } = await standing(first);
	const state = await stateOf(first);
	const decisions = [await closeSubject(fingerprint), await abandonSubject(fingerprint)];
	const subjects = new Set([root, fingerprint, ...decisions, ...more]);
	const before = await publicView(server, first);
	const attempt = (await readDesk(first.call)).release?.attempt ?? newAttempt();
	for (const { call, organizer } of moles) {
		for (const by of moles) {
			for (const kind of kinds) {
				for (const subject of subjects) {
					const authenticator = await approve(by.organizer.secrets.approval, kind, root, subject);
					for (const [takes, path, fields] of approving(subject, attempt)) {
						// A kind that is not the route's is tried once, over the newest.
						const tried = takes === kind || (by.call === call && subject === [...subjects].at(-1));
						if (tried && !(takes === 'stop' && mayStop(state)))
							await ask(call, 'POST', path, { ...fields, authenticator });
					}
				}
			}
		}
		for (const { id } of (await readDesk(call)).organizers) {
			if (id !== organizer.id) await ask(call, 'DELETE', `/api/desk/organizers/${id}`);
		}
		await ask(call, 'POST', '/api/desk/invitations', { note: 'one more of us' });
		const { draft } = await readDesk(call);
		if (draft)
			await ask(call, 'PUT', '/api/desk/draft', { version: draft.version, draft: { ...draft.draft, threshold: 2 } });
		await ask(call, 'POST', '/api/desk/freeze', { version: draft?.version ?? 1 });
	}
	expect(await publicView(server, first)).toEqual(before);
	for (const { call } of moles) {
		for (const kind of ['close', 'abandon']) await ask(call, 'DELETE', `/api/desk/decisions/${kind}`);
	}
}

/** State, charters with their approvals, times: everything that signers go by. */
async function publicView(server: TestServer, { organizer }: Seat): Promise<unknown> {
	return (await server.fetch(`/api/letters/${organizer.letter}`)).json();
}

/** No answer to a mole, of any route that answers, has the name. */
async function expectNoName(server: TestServer, moles: Seat[]): Promise<void> {
	const reading = routesOf(server.deps).filter(({ method, path }) => method === 'GET' && path.startsWith('/api/desk'));
	expect(reading.length).toBeGreaterThan(3);
	for (const { call } of moles) {
		for (const { path } of reading)
			expect([path, (await ask(call, 'GET', path)).includes(NAME)]).toEqual([path, false]);
	}
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
	const invite = writeInviteLink(server.origin, await makeLink(c.call, 'for colleagues'), root);
	const appear = { shown: 'named', name: NAME, title: 'Engineer', condition: null } as const;
	await signLetter(world, invite, appear, { address: 'a.okafor@northwind.example' });

	// Open: nothing closes, nothing changes, nothing ends.
	await assault(server, moles);
	await expectNoName(server, moles);
	const closesAt = instant(server.clock.now().getTime() + hours(1));
	expect(
		await amend(a.call, a.organizer, await standing(a), { closesAt, text: { ...text, text: 'We agree.' } }),
	).toMatchObject({
		applied: false,
	});
	const proposed = await readAmendment(await readDesk(b.call), await standing(b));
	if (!proposed) throw new Error('there is no amendment');
	expect(await approveAmendment(b.call, b.organizer, proposed)).toMatchObject({ applied: false });
	await assault(server, moles, [proposed.fingerprint]);
	expect((await standing(c)).text.text).toBe(text.text);
	expect(await approveAmendment(c.call, c.organizer, proposed)).toMatchObject({ applied: true });
	expect((await standing(c)).text.text).toBe('We agree.');
	await signLetter(world, invite, appear, { address: 'a.okafor.2@northwind.example' });

	// Close: the third makes it three.
	for (const mole of moles) await decideAs(mole, 'close');
	expect(await stateOf(a)).toBe('open');
	await decideAs(c, 'close');
	expect(await stateOf(a)).toBe('review');
	expect(await refusal(fetchSealed(a.call, null, quietly))).toBe('409 last-call-running');

	// Opening: two shares open nothing.
	server.clock.set(new Date(server.clock.now().getTime() + hours(charter.lastCallHours) + 60_000));
	for (const seat of seats) await comeBack(seat);
	for (const mole of moles) await contributeAs(mole);
	const closed = await openAs(a);
	expect([closed.names, closed.unreadable, closed.waiting.length]).toEqual([[], [], 1]);
	await expectNoName(server, moles);
	await assault(server, moles);
	await contributeAs(c);
	const opening = await openAs(b);
	expect(opening.names.map(({ opened }) => opened.contents.display?.name)).toEqual([NAME]);

	// Release: two approvals, with the file, schedule nothing.
	const releaseAt = instant(server.clock.now().getTime() + hours(2));
	const choice = { slug: 'we-agree', press: 'press@letter.example', releaseAt, attempt: newAttempt() };
	const composed = await buildRelease(await readDesk(a.call), opening, choice);
	await proposeRelease(a.call, await standing(a), composed);
	const { releaseHash } = composed;
	const file = writeReleaseFile(composed.release);
	for (const { call, organizer } of [...moles, ...moles]) {
		const authenticator = await approve(organizer.secrets.approval, 'release', root, releaseHash);
		const body = { attempt: choice.attempt, releaseHash, authenticator, release: file };
		expect(await call('POST', '/api/desk/release/approve', body)).toEqual({ state: 'review' });
	}
	await assault(server, moles, [releaseHash]);
	await server.due(new Date(Date.parse(releaseAt) - 60_000));
	expect((await server.fetch('/letters/we-agree/')).status).toBe(404);
	expect(await approveRelease(c.call, c.organizer, await standing(c), await readDesk(c.call), composed)).toBe(
		'scheduled',
	);
	await assault(server, moles, [releaseHash]);
	for (const mole of moles) await decideAs(mole, 'abandon');
	expect((await server.fetch('/letters/we-agree/')).status).toBe(404);
	await server.due(new Date(releaseAt));
	expect((await server.fetch('/letters/we-agree/')).status).toBe(200);
	await assault(server, moles, [releaseHash]);
});
