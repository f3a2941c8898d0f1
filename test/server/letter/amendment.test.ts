import { describe, expect, test } from 'vitest';
import { approve } from '../../../shared/approval.ts';
import { checkChain } from '../../../shared/chain.ts';
import { type Charter, fingerprint, textHash, writeCharter, writeTextDocument } from '../../../shared/charter.ts';
import { decide, type Standing } from '../../../shared/client/deciding.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter, refusal, type Seat, standing, startLetter } from '../../support/desk.ts';
import { hours, instant } from '../../support/drafts.ts';
import { openLetter as placeOpenLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';

/** A successor of what stands, with these changes and perhaps another text. */
async function amended(
	{ charter, fingerprint: previous, text }: Standing,
	changes: Partial<Charter>,
	words = text.text,
) {
	const document = writeTextDocument({ ...text, text: words });
	const written = writeCharter({ ...charter, previous, text: await textHash(document), ...changes });
	return { charter: written, text: document, fingerprint: await fingerprint(written) };
}

type Amended = Awaited<ReturnType<typeof amended>>;

const authenticate = ({ organizer }: Seat, root: string, subject: string) =>
	approve(organizer.secrets.approval, 'amendment', root, subject);

async function propose(seat: Seat, root: string, { charter, text, fingerprint }: Amended): Promise<unknown> {
	const authenticator = await authenticate(seat, root, fingerprint);
	return seat.call('POST', '/api/desk/amendments', { charter, text, authenticator });
}

async function approveAs(seat: Seat, root: string, subject: string, by = seat): Promise<unknown> {
	const authenticator = await authenticate(by, root, subject);
	return seat.call('POST', '/api/desk/amendments/approve', { fingerprint: subject, authenticator });
}

const drop = (seat: Seat, subject: string) => seat.call('DELETE', `/api/desk/amendments/${subject}`);

describe.each(databaseKinds)('amending an open letter (%s)', (database) => {
	test('M organizers change the text and the closing time; every browser follows the chain from the same root', async () => {
		const server = await startServer({ database });
		const [r, k, l] = await startLetter(server, 'R.', 'K.', 'L.');
		const before = await openLetter(server, [r, k, l]);
		const { root } = before;
		await decide(l.call, l.organizer, before, 'close');
		const closesAt = instant(Date.parse(before.charter.closesAt) + hours(24));
		const next = await amended(before, { closesAt }, 'A clearer text.');

		expect(await propose(r, root, next)).toEqual({ fingerprint: next.fingerprint, applied: false });
		const shown = await readDesk(k.call);
		expect(shown.amendment).toMatchObject({ charter: next.charter, text: next.text });
		expect(shown.amendment?.approvals.map(({ organizer }) => organizer)).toEqual([r.organizer.id]);
		expect(shown.letter.closesAt).toBe(before.charter.closesAt);
		// Signers do not see what only one organizer wants.
		const view = async () => (await server.fetch(`/api/letters/${r.organizer.letter}`)).json();
		expect((await view()).chain.charters).toHaveLength(1);

		expect(await approveAs(k, root, next.fingerprint)).toEqual({ fingerprint: next.fingerprint, applied: true });
		expect(await approveAs(k, root, next.fingerprint)).toEqual({ fingerprint: next.fingerprint, applied: true });
		const after = await readDesk(l.call);
		expect(after).toMatchObject({ amendment: null, decisions: [], letter: { state: 'open', closesAt } });
		const { chain } = await view();
		const checked = await checkChain(root, chain);
		expect(checked).toMatchObject({ fingerprint: next.fingerprint, text: { text: 'A clearer text.' } });
		expect(chain.texts).toHaveLength(2);
		expect(chain.approvals[1]).toHaveLength(2);

		// The old closing time does not close it any more; the new one does.
		await server.due(new Date(before.charter.closesAt));
		expect((await view()).state).toBe('open');
		await server.due(new Date(closesAt));
		expect((await view()).state).toBe('review');
	});

	test('headcounts alone leave the text; one that was replaced never comes back, or signatures on it would count by themselves', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const first = await openLetter(server, [r, k]);
		const { root } = first;
		const apply = async (next: Amended) => {
			await propose(r, root, next);
			await approveAs(k, root, next.fingerprint);
		};
		await apply(await amended(first, {}, 'Another text.'));
		const back = await amended(await standing(r), {}, first.text.text);
		expect(await refusal(propose(r, root, back))).toBe('400 invalid-input text');
		const [group] = first.charter.groups;
		await apply(
			await amended(await standing(r), { headcounts: [{ group: group?.id ?? '', count: 5, source: 'a count' }] }),
		);
		const { chain } = await readDesk(k.call);
		expect([chain?.charters.length, chain?.texts.length]).toEqual([3, 2]);
		expect((await standing(k)).text.text).toBe('Another text.');
	});
});

test('an amendment changes nothing else, and there is one at a time', async () => {
	const server = await startServer();
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const before = await openLetter(server, [r, k]);
	const { root, charter } = before;
	const refused = async (changes: Partial<Charter>, words?: string) =>
		refusal(propose(r, root, await amended(before, changes, words)));
	expect(await refused({})).toBe('400 invalid-input charter');
	expect(await refused({ advice: 'Ask us.' })).toBe('400 invalid-input advice');
	expect(await refused({ organizers: charter.organizers.toReversed() })).toBe('400 invalid-input organizers');
	expect(await refused({ closesAt: instant(server.clock.now()) })).toBe('400 invalid-input closesAt');
	expect(await refused({ closesAt: charter.expiresOn })).toBe('400 invalid-input expiresOn');
	const latest = Date.parse(charter.expiresOn) - hours(charter.lastCallHours + 3 * 24);
	expect(await refused({ closesAt: instant(latest + 1_000) })).toBe('400 invalid-input closesAt');
	const last = await propose(r, root, await amended(before, { closesAt: instant(latest) }));
	expect(last).toMatchObject({ applied: false });
	const other = (await readDesk(k.call)).amendment;
	await drop(r, await fingerprint(other?.charter ?? ''));
	expect(await refused({ previous: null }, 'New.')).toBe('400 invalid-input previous');

	const next = await amended(before, {}, 'New.');
	expect(await refusal(propose(r, root, { ...next, text: `${next.text} ` }))).toBe('400 invalid-input text document');
	const wrongText = { ...next, text: next.text.replace('New.', 'Old.') };
	expect(await refusal(propose(r, root, wrongText))).toBe('400 invalid-input text');
	const unsigned = {
		charter: next.charter,
		text: next.text,
		authenticator: await authenticate(k, root, next.fingerprint),
	};
	expect(await refusal(r.call('POST', '/api/desk/amendments', unsigned))).toBe(
		'400 authenticator-refused authenticator',
	);
	expect((await readDesk(r.call)).amendment).toBeNull();

	await propose(r, root, next);
	expect(await refused({}, 'Something else.')).toBe('409 amendment-pending');
	expect(await refusal(approveAs(k, root, root))).toBe('409 charter-changed');
	expect(await refusal(approveAs(k, root, next.fingerprint, r))).toBe('400 authenticator-refused authenticator');
	// What a screen shows may be older than what is proposed now: then nothing is dropped.
	expect(await refusal(drop(k, await fingerprint(other?.charter ?? '')))).toBe('409 charter-changed');
	expect((await readDesk(r.call)).amendment?.charter).toBe(next.charter);
	await drop(k, next.fingerprint);
	// An answer may have been lost: once it is gone, it is gone.
	await drop(k, next.fingerprint);
	expect(await refusal(drop(k, root))).toBe('409 charter-changed');
	expect(await refusal(approveAs(k, root, next.fingerprint))).toBe('409 charter-changed');
	expect((await readDesk(r.call)).amendment).toBeNull();
	// Proposed again it starts from nothing: earlier approvals went with it.
	await propose(k, root, next);
	expect((await standing(r)).fingerprint).toBe(root);
});

test('who drops what others proposed or approved is shown to all, as long as the letter is open; who drops only their own is not', async () => {
	const server = await startServer();
	const [r, k, l] = await startLetter(server, 'R.', 'K.', 'L.');
	const { root } = await openLetter(server, [r, k, l], { threshold: 3 });
	const before = await standing(r);
	const dropped = async () => (await readDesk(l.call)).amendmentsDropped;
	const next = await amended(before, {}, 'New.');
	await propose(r, root, next);
	await drop(r, next.fingerprint);
	expect(await dropped()).toEqual([]);
	await propose(r, root, next);
	await drop(k, next.fingerprint);
	await propose(r, root, next);
	await approveAs(l, root, next.fingerprint);
	await drop(r, next.fingerprint);
	expect(await dropped()).toEqual([
		{ organizer: k.organizer.id, approved: 1 },
		{ organizer: r.organizer.id, approved: 1 },
	]);
	expect((await readDesk(k.call)).releaseChanges).toEqual([]);
});

test('after a hundred charters, which is as long as a chain can be, no other is proposed', async () => {
	const server = await startServer();
	const letter = await placeOpenLetter(server);
	for (let charter = 2; charter <= LIMITS.charters; charter++) await letter.amend(`The ${charter}th text.`);
	const { chain } = await (await server.fetch(`/api/letters/${letter.id}`)).json();
	const stands = await checkChain(letter.root, chain);
	const next = await amended(stands, {}, 'One too many.');
	const [ada] = letter.organizers;
	if (!ada) throw new Error('nobody organizes this letter');
	const authenticator = await approve(ada.secrets.approval, 'amendment', letter.root, next.fingerprint);
	const body = { charter: next.charter, text: next.text, authenticator };
	const answer = await server.send('/api/desk/amendments', body, { headers: { cookie: await letter.cookie() } });
	expect(await answer.json()).toMatchObject({ code: 'invalid-input', field: 'charter' });
});
