import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { SoftwarePasskey } from '../../../server/command/software-passkey.ts';
import { startInvitation } from '../../../server/organizer/invitation.ts';
import { b64u, frame, fromB64u, randomBytes, utf8 } from '../../../shared/bytes.ts';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { invite } from '../../../shared/client/drafting.ts';
import { beginEnrolment, enrol } from '../../../shared/client/enrolling.ts';
import { lookAtInvitation, readDesk, wordsChecked } from '../../../shared/client/organizer.ts';
import { organizerKeys, signBytes } from '../../../shared/keys.ts';
import { databaseKinds } from '../../support/databases.ts';
import { altering, refusal, startLetter, takeSeat } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

describe.each(databaseKinds)('two organizers enrol (%s)', (database) => {
	test('the first with an invitation to start a letter, the second with one from the first', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		await wordsChecked(r.call);
		const desk = await readDesk(k.call);
		expect(desk.letter.state).toBe('draft');
		expect(desk.you).toEqual({ organizer: k.organizer.id, name: 'K.' });
		expect(desk.invitations).toEqual([]);
		expect(desk.organizers).toEqual([
			{ ...publicKeys(k.organizer), name: 'K.', passkey: true, wordsChecked: false, stopUsed: false },
			{ ...publicKeys(r.organizer), name: 'R.', passkey: true, wordsChecked: true, stopUsed: false },
		]);
		expect(r.words).toHaveLength(24);
	});

	test('an invitation works once, for seven days, and until it is taken back', async () => {
		const server = await startServer({ database });
		const [r] = await startLetter(server, 'R.');
		const invitation = await invite(r.call, 'for K.');
		const stranger = httpCall(server.origin);
		const about = { letter: { title: '', organizers: ['R.'] } };
		expect(await lookAtInvitation(stranger, invitation)).toEqual(about);
		expect(await lookAtInvitation(stranger, invitation)).toEqual(about);
		await takeSeat(server, invitation, 'K.');
		expect(await refusal(takeSeat(server, invitation, 'Mole'))).toBe('410 invitation-ended');

		const revoked = await invite(r.call, 'for L.');
		const [waiting] = (await readDesk(r.call)).invitations;
		await r.call('DELETE', `/api/desk/invitations/${waiting?.id}`);
		expect(await refusal(takeSeat(server, revoked, 'L.'))).toBe('410 invitation-ended');

		const late = await startInvitation(server.deps, 'command');
		server.clock.advance(7 * 24 * 60);
		expect(await refusal(lookAtInvitation(stranger, late))).toBe('410 invitation-ended');
	});
});

describe('an answer to enrolling that does not come', () => {
	/** Loses the answer to the first request, or that request itself. */
	const losing = (call: Call, lost: 'request' | 'answer'): Call => {
		let first = true;
		return async (method, path, body) => {
			if (path !== '/api/desk/enrol' || !first) return call(method, path, body);
			first = false;
			if (lost === 'answer') await call(method, path, body);
			throw new Unanswered('The connection dropped.');
		};
	};

	test.each(['request', 'answer'] as const)(
		'costs nothing: the %s was lost, and the same browser goes on',
		async (lost) => {
			const server = await startServer();
			const [r] = await startLetter(server, 'R.');
			const invitation = await invite(r.call, 'for K.');
			const call = losing(httpCall(server.origin), lost);
			const begun = await beginEnrolment(call, new SoftwarePasskey(server.origin), { invitation, name: 'K.' });
			await expect(begun.finish()).rejects.toThrow(Unanswered);

			// Whoever asks in the same way with an invitation that is no good any more gets nowhere.
			const other = await beginEnrolment(httpCall(server.origin), new SoftwarePasskey(server.origin), {
				invitation: await invite(r.call, 'for L.'),
				name: 'Mole',
			});
			await r.call(
				'DELETE',
				`/api/desk/invitations/${(await readDesk(r.call)).invitations.find(({ note }) => note === 'for L.')?.id}`,
			);
			const k = await begun.again(server.origin);
			expect(k.wrapped).toBe(true);
			expect(k.words).toHaveLength(24);
			expect((await readDesk(call)).you.name).toBe('K.');
			expect(await refusal(other.again(server.origin))).toBe('410 invitation-ended');
			expect((await readDesk(r.call)).organizers.map(({ name }) => name)).toEqual(['K.', 'R.']);
		},
	);
});

describe('enrolling is refused', () => {
	const enrolling = async (alter: (body: Record<string, unknown>) => object) => {
		const server = await startServer();
		const invitation = await startInvitation(server.deps, 'command');
		const call = altering(httpCall(server.origin), '/api/desk/enrol', alter);
		const refused = await refusal(enrol(call, new SoftwarePasskey(server.origin), { invitation, name: 'R.' }));
		// Whatever was wrong, the invitation is still good.
		await takeSeat(server, invitation, 'R.');
		return refused;
	};

	test('with a key that did not sign', async () => {
		const other = b64u(crypto.getRandomValues(new Uint8Array(32)));
		expect(await enrolling((body) => ({ ...body, key: other }))).toBe('400 authenticator-refused key');
		expect(await enrolling((body) => ({ ...body, sealing: other }))).toBe('400 authenticator-refused key');
	});

	test('under a name that cannot be seen, or is none', async () => {
		expect(await enrolling((body) => ({ ...body, name: 'R\u202e.' }))).toBe('400 invalid-input name');
		expect(await enrolling((body) => ({ ...body, name: '  ' }))).toBe('400 invalid-input name');
	});

	test('with a sealing key to which nobody can seal', async () => {
		const server = await startServer();
		const invitation = await startInvitation(server.deps, 'command');
		const call = httpCall(server.origin);
		const name = 'R.';
		const options = v.parse(challenged, await call('POST', '/api/desk/enrol/options', { invitation, name }));
		const { passkey } = await new SoftwarePasskey(server.origin).create(options, new Uint8Array(32));
		const { approval, key } = await organizerKeys(randomBytes(32));
		// Zero is a point of low order: every secret agreed with it is zero as well.
		const zero = new Uint8Array(32);
		const proof = frame('undersigned/enrol/1', utf8(options.challenge), fromB64u(key), zero);
		const body = {
			invitation,
			name,
			passkey,
			key,
			sealing: b64u(zero),
			authenticator: await signBytes(approval, proof),
		};
		expect(await refusal(call('POST', '/api/desk/enrol', body))).toBe('400 authenticator-refused sealing');
	});

	test('once the five minutes are over, and a second time', async () => {
		const server = await startServer();
		const invitation = await startInvitation(server.deps, 'command');
		const slow = altering(httpCall(server.origin), '/api/desk/enrol', (body) => {
			server.clock.advance(6);
			return body;
		});
		const passkeys = new SoftwarePasskey(server.origin);
		expect(await refusal(enrol(slow, passkeys, { invitation, name: 'R.' }))).toBe('409 challenge-ended');

		let sent = {};
		const first = altering(httpCall(server.origin), '/api/desk/enrol', (body) => {
			sent = body;
			return body;
		});
		await enrol(first, passkeys, { invitation, name: 'R.' });
		const second = { ...sent, invitation: await startInvitation(server.deps, 'command') };
		expect(await refusal(httpCall(server.origin)('POST', '/api/desk/enrol', second))).toBe('409 challenge-ended');
	});

	test('after the last organizer has left the draft, of which a tombstone stays', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const invitation = await invite(r.call, 'for K.');
		await r.call('DELETE', `/api/desk/organizers/${r.organizer.id}`);
		expect(await refusal(readDesk(r.call))).toBe('401 not-signed-in');
		expect(await refusal(takeSeat(server, invitation, 'K.'))).toBe('410 invitation-ended');
		const view = await server.fetch(`/api/letters/${r.organizer.letter}`);
		expect(await view.json()).toMatchObject({ state: 'abandoned', chain: null });
	});
});

const challenged = v.looseObject({ challenge: v.string() });

const publicKeys = ({ id, secrets }: { id: string; secrets: { key: string; sealingPublic: string } }) => ({
	id,
	key: secrets.key,
	sealing: secrets.sealingPublic,
});
