import { describe, expect, test } from 'vitest';
import { approve, closeSubject, suspendSubject } from '../../../shared/approval.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { amend, approveAmendment, readAmendment } from '../../../shared/client/amending.ts';
import { decide } from '../../../shared/client/deciding.ts';
import { loginWithPasskey, loginWithWords, readDesk } from '../../../shared/client/organizer.ts';
import { decideSuspension, takeSuspensionBack } from '../../../shared/client/suspending.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter, refusal, type Seat, standing, startLetter, stateOf } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

const about = async (by: Seat, whom: Seat, turn: number) =>
	decideSuspension(by.call, by.organizer, await standing(by), whom.organizer.id, turn);
const suspensions = async ({ call }: Seat) => (await readDesk(call)).suspensions;

describe.each(databaseKinds)('suspending an organizer (%s)', (database) => {
	test('two of three close the third one’s desk: nothing of theirs that waits counts, nothing opens, and two open it again', async () => {
		const server = await startServer({ database });
		const [r, k, l] = await startLetter(server, 'R.', 'K.', 'L.');
		const { root, fingerprint } = await openLetter(server, [r, k, l]);
		const id = l.organizer.id;
		await decide(l.call, l.organizer, await standing(l), 'close');
		expect(await about(l, r, 1)).toBe(false);

		expect(await about(r, l, 1)).toBe(false);
		expect(await about(r, l, 1)).toBe(false);
		const [proposed] = (await suspensions(k)).filter(({ organizer }) => organizer === id);
		expect(proposed).toMatchObject({ suspended: false, next: 1, approvals: [{ organizer: r.organizer.id }] });
		await takeSuspensionBack(r.call, id);
		expect((await suspensions(k)).some(({ organizer }) => organizer === id)).toBe(false);
		expect(await about(k, l, 1)).toBe(false);
		expect((await readDesk(l.call)).you.organizer).toBe(id);
		expect(await about(r, l, 1)).toBe(true);
		// The answer was lost: sent again, it is the same.
		expect(await about(r, l, 1)).toBe(true);

		expect(await refusal(readDesk(l.call))).toBe('401 not-signed-in');
		expect(await refusal(loginWithPasskey(l.call, l.passkeys))).toBe('403 suspended');
		expect(await refusal(loginWithWords(l.call, l.words, server.origin))).toBe('403 suspended');
		const desk = await readDesk(r.call);
		expect(desk.suspensions).toEqual([{ organizer: id, suspended: true, left: false, next: 2, approvals: [] }]);
		expect(desk.decisions).toEqual([]);
		// What has acted stays: the charter has all its approvals, and nobody’s keys were replaced.
		expect(desk.chain?.approvals[0]).toHaveLength(3);
		await decide(r.call, r.organizer, await standing(r), 'close');
		expect(await stateOf(r)).toBe('open');

		expect(await about(r, l, 2)).toBe(true);
		expect(await about(k, l, 2)).toBe(false);
		await loginWithPasskey(l.call, l.passkeys);
		expect((await suspensions(l))[0]).toMatchObject({ organizer: id, suspended: false, next: 3 });
		// What was approved before is over; somebody who kept a copy gets nowhere with it.
		const old = await approve(k.organizer.secrets.approval, 'suspend', root, await suspendSubject(root, id, 1));
		const again = { organizer: id, turn: 1, authenticator: old };
		expect(await refusal(k.call('POST', '/api/desk/suspensions', again))).toBe('409 suspension-changed');
		expect(await stateOf(l)).toBe('open');
		expect(fingerprint).toBe(root);
	});

	test('who cannot go on leaves alone, and what they proposed goes with them', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const stands = await openLetter(server, [r, k]);
		await amend(k.call, k.organizer, stands, { text: { ...stands.text, text: 'Another text.' } });
		expect(await about(k, k, 1)).toBe(true);
		expect(await refusal(readDesk(k.call))).toBe('401 not-signed-in');
		const desk = await readDesk(r.call);
		expect(desk.suspensions).toEqual([
			{ organizer: k.organizer.id, suspended: true, left: true, next: 2, approvals: [] },
		]);
		expect(desk.amendment).toBeNull();
		// One of two cannot take the other back: the desk says so before.
		expect(await about(r, k, 2)).toBe(true);
		expect(await refusal(loginWithPasskey(k.call, k.passkeys))).toBe('403 suspended');
	});
});

test('an approval that was under way while its organizer was suspended does not count', async () => {
	const server = await startServer({ database: 'postgres' });
	const [r, k, l] = await startLetter(server, 'R.', 'K.', 'L.');
	const stands = await openLetter(server, [r, k, l]);
	await amend(r.call, r.organizer, stands, { text: { ...stands.text, text: 'Another text.' } });
	const { insertApproval } = await import('../../../server/letter/charter-store.ts');
	await about(r, l, 1);
	await about(k, l, 1);
	const of = { letter: l.organizer.letter, kind: 'close', subject: await closeSubject(stands.fingerprint) } as const;
	const late = server.deps.db
		.transaction()
		.execute((trx) => insertApproval(trx, of, { organizer: l.organizer.id, authenticator: 'x'.repeat(86) }));
	expect(await refusal(late)).toBe('401 not-signed-in');
	const proposed = await readAmendment(await readDesk(k.call), await standing(k));
	if (!proposed) throw new Error('R.’s proposal is gone, though R. is still here');
	expect(await approveAmendment(k.call, k.organizer, proposed)).toMatchObject({ applied: true });
});

test('over another turn, another letter’s organizer or with another key it counts for nothing, and in a draft there is none', async () => {
	const server = await startServer({ database: 'postgres' });
	const [r, k, l] = await startLetter(server, 'R.', 'K.', 'L.');
	const send = async (by: Seat, organizer: string, turn: number, over: string) => {
		const authenticator = await approve(by.organizer.secrets.approval, 'suspend', over, over);
		return refusal(r.call('POST', '/api/desk/suspensions', { organizer, turn, authenticator }));
	};
	const anything = b64u(randomBytes(32));
	expect(await send(r, l.organizer.id, 1, anything)).toBe('409 wrong-state');
	const { root } = await openLetter(server, [r, k, l]);
	const [stranger] = await startLetter(server, 'S.');
	expect(await send(r, stranger.organizer.id, 1, root)).toBe('404 not-found');
	expect(await send(r, l.organizer.id, 1, anything)).toBe('400 authenticator-refused authenticator');
	const kSays = await approve(
		k.organizer.secrets.approval,
		'suspend',
		root,
		await suspendSubject(root, l.organizer.id, 1),
	);
	const asR = { organizer: l.organizer.id, turn: 1, authenticator: kSays };
	expect(await refusal(r.call('POST', '/api/desk/suspensions', asR))).toBe('400 authenticator-refused authenticator');
	expect(await refusal(about(r, l, 3))).toBe('409 suspension-changed');
	expect(await suspensions(k)).toEqual([]);
});
