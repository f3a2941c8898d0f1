import { describe, expect, test } from 'vitest';
import { destroyKeys, lettersWithKeys, loadKeys } from '../../../server/credential/keyring.ts';
import { keysFit } from '../../../server/letter/charter-keys.ts';
import { lockLetter } from '../../../server/letter/letter-store.ts';
import { transition } from '../../../server/letter/transitions.ts';
import type { Draft } from '../../../shared/api/desk.ts';
import { approve } from '../../../shared/approval.ts';
import { b64u, newId, randomBytes } from '../../../shared/bytes.ts';
import { readCharter } from '../../../shared/charter.ts';
import { approveCharter, readFrozen } from '../../../shared/client/deciding.ts';
import { freeze, goBackToWriting, invite, leaveOut, newGroup, saveDraft } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { tellCompared } from '../../../shared/client/readiness.ts';
import { databaseKinds } from '../../support/databases.ts';
import { logIn, refusal, type Seat, startLetter, stateOf, takeSeat, write } from '../../support/desk.ts';
import { hours, instant, wholeDraft } from '../../support/drafts.ts';
import { createKeys } from '../../support/keys.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { waitingForLock } from '../../support/waiting.ts';

/** One mailbox group: one RSA key less to wait for. */
const small = ({ clock }: TestServer) => ({ groups: wholeDraft(clock.now()).groups.slice(0, 1) });

const polish = {
	language: 'pl',
	title: 'Nie będziemy współwinni',
	addressees: 'zarząd Northwind',
	text: 'Wypowiedzcie umowę.[1]',
	references: ['Rejestr zamówień publicznych.'],
};

const approveAs = async ({ call, organizer, roots }: Seat) =>
	approveCharter(call, organizer, roots, await readDesk(call));

describe.each(databaseKinds)('from a draft to an open letter (%s)', (database) => {
	test('two organizers write, freeze, compare and approve; with the second approval it is open', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const waiting = await invite(r.call, 'for nobody');
		const version = await write(server, r);
		const print = await freeze(k.call, version);
		expect(await freeze(r.call, version)).toBe(print);

		expect(await refusal(tellCompared(k.call, b64u(randomBytes(32))))).toBe('409 charter-changed');
		await tellCompared(k.call, print);
		expect((await readDesk(r.call)).readiness.compared).toEqual([k.organizer.id]);

		const frozen = await readFrozen(await readDesk(r.call));
		expect(frozen.fingerprint).toBe(print);
		expect(frozen.charter).toMatchObject({ threshold: 2, lastCallHours: 24, origin: server.origin, previous: null });
		expect(frozen.charter.organizers.map(({ name }) => name)).toEqual(['K.', 'R.']);
		expect(frozen.charter.groups.map(({ domains, limit }) => [domains, limit])).toEqual([
			[['northwind.example'], null],
			[[], 20],
		]);
		expect(frozen.charter.headcounts).toMatchObject([{ count: 900, source: 'annual report' }]);

		await approveAs(r);
		expect(await stateOf(r)).toBe('draft');
		expect((await readDesk(k.call)).chain?.approvals[0]?.map(({ organizer }) => organizer)).toEqual([r.organizer.id]);
		await approveAs(k);
		const desk = await readDesk(r.call);
		expect(desk.letter).toMatchObject({ state: 'open', closesAt: frozen.charter.closesAt });
		expect(desk.letter.expiresOn).toBe(frozen.charter.expiresOn);
		expect(desk.invitations).toEqual([]);
		expect(await refusal(takeSeat(server, waiting, 'Late'))).toBe('410 invitation-ended');

		// The answer to the last approval was lost on its way: the same again gets the same.
		const authenticator = await approve(k.organizer.secrets.approval, 'charter', print, print);
		const again = { fingerprint: print, authenticator };
		expect(await k.call('POST', '/api/desk/charter/approve', again)).toEqual({ state: 'open' });

		expect(await refusal(write(server, r))).toBe('409 wrong-state');
		expect(await refusal(freeze(r.call, version))).toBe('409 wrong-state');
		expect(await refusal(leaveOut(r.call, k.organizer.id))).toBe('409 wrong-state');
		expect(await refusal(invite(r.call, 'too late'))).toBe('409 wrong-state');
	});

	test('title, text, a domain and a second organizer are enough: the charter has real values for all else', async () => {
		const server = await startServer({ database });
		const [r] = await startLetter(server, 'R.', 'K.');
		const { draft } = await readDesk(r.call);
		const groups = [{ ...newGroup('mailbox'), domains: ['northwind.example'] }];
		const bare = { ...(draft?.draft as Draft), title: 'We refuse', text: 'Cancel the contract.', groups };
		await freeze(r.call, await saveDraft(r.call, draft?.version ?? 0, bare));
		const { charter } = await readFrozen(await readDesk(r.call));
		const closesAt = new Date(server.clock.now().getTime() + hours(24 * 14)).setUTCHours(18, 0, 0, 0);
		expect(charter).toMatchObject({
			...{ threshold: 2, lastCallHours: 48, smallestCell: 5, labels: [], advice: '', codeOnly: false },
			...{ closesAt: instant(closesAt), expiresOn: instant(closesAt + hours(24 * 60)) },
		});
		expect(charter.groups.map(({ name }) => name)).toEqual(['northwind.example']);
	});

	test('a letter in two languages is one text, which all of them approve', async () => {
		const server = await startServer({ database });
		const [r] = await startLetter(server, 'R.', 'K.');
		await freeze(r.call, await write(server, r, { ...small(server), translations: [polish] }));
		const frozen = await readFrozen(await readDesk(r.call));
		expect(frozen.text).toMatchObject({ language: 'en', translations: [polish] });
	});

	test('a draft from before there were translations can be read and frozen', async () => {
		const server = await startServer({ database });
		const [r] = await startLetter(server, 'R.', 'K.');
		const version = await write(server, r, small(server));
		const { translations: _, ...earlier } = wholeDraft(server.clock.now(), small(server));
		const { db } = server.deps;
		await db
			.updateTable('letters')
			.set({ draft: JSON.stringify(earlier) })
			.where('id', '=', r.organizer.letter)
			.execute();
		expect((await readDesk(r.call)).draft?.draft.translations).toEqual([]);
		expect(await freeze(r.call, version)).toMatch(/^[\w-]{43}$/);
	});

	test('going back to writing, another organizer, or one who leaves ends the freeze, its approvals and its keys', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const { letter } = r.organizer;
		const refreeze = async () => freeze(r.call, await write(server, r, small(server)));
		const nothingLeft = async () => {
			const desk = await readDesk(r.call);
			expect([desk.chain, desk.letter.state]).toEqual([null, 'draft']);
			expect(await lettersWithKeys(server.deps)).not.toContain(letter);
			expect(await server.deps.db.selectFrom('approvals').selectAll().execute()).toEqual([]);
		};

		const first = await refreeze();
		await approveAs(r);
		const { draft } = await readDesk(k.call);
		if (draft === null) throw new Error('There is no draft.');
		const version = await goBackToWriting(k.call, draft.version, draft.draft);
		await nothingLeft();
		const stale = {
			fingerprint: first,
			authenticator: await approve(k.organizer.secrets.approval, 'charter', first, first),
		};
		expect(await refusal(k.call('POST', '/api/desk/charter/approve', stale))).toBe('409 charter-changed');

		// The same draft, frozen again, has other keys: another charter.
		expect(await freeze(r.call, version)).not.toBe(first);
		await approveAs(k);
		const third = await takeSeat(server, await invite(r.call, 'for L.'), 'L.');
		await nothingLeft();

		await refreeze();
		await approveAs(r);
		await leaveOut(r.call, third.organizer.id);
		await nothingLeft();
		expect(await refusal(readDesk(third.call))).toBe('401 not-signed-in');
	});

	test('two who freeze at once end up with one charter, whose keys are there', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const version = await write(server, r, small(server));
		const [one, other] = await Promise.all([freeze(r.call, version), freeze(k.call, version)]);
		expect(one).toBe(other);
		await approveAs(r);
		await approveAs(k);
		expect(await stateOf(r)).toBe('open');
	});

	test('two who write at once: the second is shown what the first made of it', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const draft = wholeDraft(server.clock.now());
		const version = await saveDraft(r.call, 1, { ...draft, title: 'What R. wrote' });
		// Sent twice, since the answer did not arrive.
		expect(await saveDraft(r.call, 1, { ...draft, title: 'What R. wrote' })).toBe(version);
		expect(await refusal(saveDraft(k.call, 1, { ...draft, title: 'What K. wrote' }))).toBe('409 draft-changed');
		expect(await refusal(freeze(k.call, 1))).toBe('409 draft-changed');
		const headers = { cookie: await logIn(server, k) };
		const answer = await server.send('/api/desk/draft', { version: 1, draft }, { method: 'PUT', headers });
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
		const present = { version, draft: { title: 'What R. wrote' } };
		expect(await answer.json()).toMatchObject({ code: 'draft-changed', status: 409, present });
		expect(await saveDraft(k.call, version, { ...draft, title: 'What both wrote' })).toBe(version + 1);
	});
});

test('a freeze that comes late leaves the keys of an open letter alone', async () => {
	const server = await startServer({ database: 'postgres' });
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const version = await write(server, r, small(server));
	const { letter } = r.organizer;
	const [kept] = await createKeys(server.deps, letter, [newId()]);
	const { db } = server.deps;
	// The other freeze is at the letter's lock while the last approval opens it.
	const late = await db.transaction().execute(async (trx) => {
		await lockLetter(trx, letter);
		const late = refusal(freeze(k.call, version));
		await waitingForLock(db);
		await transition(trx, letter, 'draft', 'open');
		return { said: late };
	});
	expect(await late.said).toBe('409 wrong-state');
	expect([...((await loadKeys(server.deps, letter))?.groups.keys() ?? [])]).toEqual([kept?.id]);
});

describe('approving is refused', () => {
	test('over another fingerprint, by another key, of another letter', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const print = await freeze(r.call, await write(server, r, small(server)));
		const send = (seat: Seat, fingerprint: string, authenticator: string) =>
			refusal(seat.call('POST', '/api/desk/charter/approve', { fingerprint, authenticator }));
		const by = (seat: Seat, subject: string) => approve(seat.organizer.secrets.approval, 'charter', subject, subject);
		const other = b64u(randomBytes(32));
		expect(await send(r, other, await by(r, other))).toBe('409 charter-changed');
		expect(await send(r, print, await by(r, other))).toBe('400 authenticator-refused authenticator');
		expect(await send(r, print, await by(k, print))).toBe('400 authenticator-refused authenticator');
		const [stranger] = await startLetter(server, 'S.');
		expect(await send(stranger, print, await by(stranger, print))).toBe('409 charter-changed');
		expect(await stateOf(r)).toBe('draft');
	});

	test('when the closing time has passed meanwhile, or the keys are not there', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const closesAt = instant(server.clock.now().getTime() + hours(1));
		const version = await write(server, r, { ...small(server), closesAt });
		const first = await freeze(r.call, version);
		await approveAs(r);
		await destroyKeys(server.deps, r.organizer.letter);
		expect(await refusal(approveAs(k))).toBe('409 charter-outdated');
		// Freezing again makes them anew.
		expect(await freeze(r.call, version)).not.toBe(first);
		const charter = readCharter((await readDesk(r.call)).chain?.charters[0] ?? '');
		expect(await keysFit(server.deps, charter)).toBe(true);
		await approveAs(r);
		server.clock.set(new Date(charter.closesAt));
		expect(await refusal(approveAs(k))).toBe('409 charter-outdated');
		expect((await server.fetch(`/api/letters/${r.organizer.letter}`)).status).toBe(404);
	});
});

test('a draft is stored whatever is missing; freezing names the first field that has to change', async () => {
	const server = await startServer();
	const [r] = await startLetter(server, 'R.');
	const tryFreezing = async (seat: Seat, changes: Parameters<typeof write>[2]) =>
		refusal(freeze(seat.call, await write(server, seat, changes)));
	expect(await tryFreezing(r, {})).toBe('400 invalid-input organizers');
	const k = await takeSeat(server, await invite(r.call, 'for K.'), 'K.');
	const now = server.clock.now();
	const [mailbox, voucher] = wholeDraft(now).groups as [never, never];
	const group = (changes: object) => ({ groups: [{ ...(mailbox as object), ...changes }] }) as never;
	const wrong: [Parameters<typeof write>[2], string][] = [
		[{ title: ' ' }, 'title'],
		[{ text: '' }, 'text'],
		[{ text: 'Look:\n\n![a chart](https://elsewhere.example/chart.png)' }, 'text'],
		[{ text: 'Read <b>this</b>.' }, 'text'],
		[{ text: '[Press here](javascript:alert(1))' }, 'text'],
		[{ title: 'We refuse \u202Eot esufer' }, 'title'],
		[{ advice: 'The works council\n+1\u200B555' }, 'advice'],
		[{ labels: ['Engineer\u2066'] }, 'labels.0'],
		[{ language: 'not a language' }, 'language'],
		[{ references: ['One.', ''] }, 'references.1'],
		[{ translations: [{ ...polish, title: ' ' }] }, 'translations.0.title'],
		[{ translations: [polish, { ...polish, language: 'pl' }] }, 'translations.1.language'],
		[{ translations: [{ ...polish, language: 'EN' }] }, 'translations.0.language'],
		[{ translations: [{ ...polish, text: '<i>Umowa</i>' }] }, 'translations.0.text'],
		[{ translations: [{ ...polish, references: [''] }] }, 'translations.0.references.0'],
		[{ translations: [{ ...polish, title: 'Um\u200Bowa' }] }, 'translations.0.title'],
		[
			{ translations: ['pl', 'de', 'fr'].map((language) => ({ ...polish, language, text: 'a'.repeat(70_000) })) },
			'translations',
		],
		[{ groups: [] }, 'groups'],
		[group({ name: 'North\u00adwind' }), 'groups.0.name'],
		[group({ domains: [] }), 'groups.0.domains'],
		[group({ domains: ['northwind.example', 'gmail.com'] }), 'groups.0.domains.1'],
		[group({ domains: ['xn--nrthwind-c1a.example'] }), 'groups.0.domains.0'],
		[group({ headcount: { count: 3, source: '' } }), 'groups.0.headcount.source'],
		[{ groups: [mailbox, { ...(mailbox as object), id: b64u(randomBytes(16)) }] as never }, 'groups.1.domains.0'],
		[{ groups: [mailbox, { ...(voucher as object), limit: 0 }] as never }, 'groups.1.limit'],
		[{ labels: ['Engineer', 'Engineer'] }, 'labels.1'],
		[{ threshold: 1 }, 'threshold'],
		[{ threshold: 3 }, 'threshold'],
		[{ closesAt: instant(now) }, 'closesAt'],
		[{ expiresOn: instant(now.getTime() + 3_600_000 * 24 * 7) }, 'expiresOn'],
		// Last call is over a second too late to leave three days for the release.
		[{ expiresOn: instant(now.getTime() + hours(24 * (7 + 1 + 3)) - 1_000) }, 'expiresOn'],
		[{ lastCallHours: 0 }, 'lastCallHours'],
		[{ smallestCell: 1 }, 'smallestCell'],
	];
	for (const [changes, field] of wrong) expect(await tryFreezing(k, changes)).toBe(`400 invalid-input ${field}`);
});
