import { describe, expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { SoftwarePasskey } from '../../../server/command/software-passkey.ts';
import { b64u, frame, randomBytes, utf8 } from '../../../shared/bytes.ts';
import { addPasskey, loginWithPasskey, loginWithWords, readDesk } from '../../../shared/client/organizer.ts';
import { organizerKeys, signBytes } from '../../../shared/keys.ts';
import { wordsFromSeed } from '../../../shared/words.ts';
import { databaseKinds } from '../../support/databases.ts';
import { altering, logIn, loginAnswer, refusal, startLetter } from '../../support/desk.ts';
import { startServer, type TestServer } from '../../support/server.ts';

describe.each(databaseKinds)('an organizer comes back (%s)', (database) => {
	test('with the passkey, which opens the seed as well; with the words on a new device, which gets a passkey of its own', async () => {
		const server = await startServer({ database });
		const [r] = await startLetter(server, 'R.');

		const again = await loginWithPasskey(httpCall(server.origin), r.passkeys);
		expect(again.seed).toEqual(r.organizer.seed);
		expect(again.secrets.key).toBe(r.organizer.secrets.key);

		const phone = httpCall(server.origin);
		const onPhone = await loginWithWords(phone, r.words, server.origin);
		expect(onPhone).toMatchObject({ id: r.organizer.id, letter: r.organizer.letter, name: 'R.' });
		const phonePasskey = new SoftwarePasskey(server.origin);
		expect(await addPasskey(phone, phonePasskey, onPhone)).toBe(true);
		const later = await loginWithPasskey(httpCall(server.origin), phonePasskey);
		expect(later.seed).toEqual(r.organizer.seed);
		// One device keeps one passkey of an account.
		await expect(addPasskey(phone, phonePasskey, onPhone)).rejects.toThrow();
	});

	test('a session ends after twelve hours, by logging out, and by the next login', async () => {
		const server = await startServer({ database });
		const [r] = await startLetter(server, 'R.');
		server.clock.advance(12 * 60 - 1);
		expect((await readDesk(r.call)).you.name).toBe('R.');
		server.clock.advance(1);
		expect(await refusal(readDesk(r.call))).toBe('401 not-signed-in');

		const first = await logIn(server, r);
		expect(await statusWith(server, first)).toBe(200);
		const second = await logIn(server, r, first);
		expect([await statusWith(server, first), await statusWith(server, second)]).toEqual([401, 200]);
		await server.send('/api/desk/logout', {}, { headers: { cookie: second } });
		expect(await statusWith(server, second)).toBe(401);
	});
});

describe('the cookie', () => {
	test('is for this site’s own requests only, and the database holds its hash alone', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const answer = await loginAnswer(server, r);
		const cookie = answer.headers.get('set-cookie') ?? '';
		expect(cookie).toMatch(/^organizer=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
		const value = cookie.slice('organizer='.length, 'organizer='.length + 43);
		const rows = await server.deps.db.selectFrom('sessions').selectAll().execute();
		expect(rows).toHaveLength(2);
		for (const { hash } of rows) expect(b64u(hash)).not.toBe(value);
		expect(server.logs.join('')).not.toContain(value);
	});
});

describe('nobody else gets in', () => {
	test('words of no organizer, a challenge of another kind, used before, or six minutes old', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const call = httpCall(server.origin);
		const strange = wordsFromSeed(randomBytes(32));
		expect(await refusal(loginWithWords(call, strange, server.origin))).toBe('401 sign-in-failed');
		expect(await refusal(loginWithWords(call, r.words, 'https://elsewhere.example'))).toBe('401 sign-in-failed');

		const slow = altering(call, '/api/desk/login/words', (body) => {
			server.clock.advance(6);
			return body;
		});
		expect(await refusal(loginWithWords(slow, r.words, server.origin))).toBe('409 challenge-ended');

		let sent = {};
		await loginWithWords(
			altering(call, '/api/desk/login/words', (body) => {
				sent = body;
				return body;
			}),
			r.words,
			server.origin,
		);
		expect(await refusal(call('POST', '/api/desk/login/words', sent))).toBe('409 challenge-ended');

		// The challenge for a passkey does not do for words.
		const { challenge } = (await call('POST', '/api/desk/login/options', {})) as { challenge: string };
		const { approval, key } = await organizerKeys(r.organizer.seed);
		const proof = frame('undersigned/login/1', utf8(server.origin), utf8(challenge));
		const authenticator = await signBytes(approval, proof);
		const posted = { key, challenge, authenticator };
		expect(await refusal(call('POST', '/api/desk/login/words', posted))).toBe('409 challenge-ended');
	});

	test('a stranger, a made-up session and another letter’s organizer find nothing of a letter', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const [other] = await startLetter(server, 'Other');
		const organizer = r.organizer.id;
		const stranger = httpCall(server.origin);
		expect(await refusal(stranger('DELETE', `/api/desk/organizers/${organizer}`))).toBe('401 not-signed-in');
		expect(await refusal(other.call('DELETE', `/api/desk/organizers/${organizer}`))).toBe('404 not-found');
		expect(await statusWith(server, `organizer=${b64u(randomBytes(32))}`)).toBe(401);
		expect((await readDesk(other.call)).organizers.map(({ name }) => name)).toEqual(['Other']);
		const draft = await server.fetch(`/api/letters/${r.organizer.letter}`);
		expect(draft.status).toBe(404);
	});

	test('a passkey made for another site, or without verifying the person', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const answering = (alter: (response: Record<string, string>) => object) =>
			altering(httpCall(server.origin), '/api/desk/login', (body) => {
				const passkey = body.passkey as { response: Record<string, string> };
				return { passkey: { ...passkey, response: { ...passkey.response, ...alter(passkey.response) } } };
			});
		const elsewhere = answering(({ clientDataJSON = '' }) => ({
			clientDataJSON: b64u(utf8(atob(clientDataJSON).replace(server.origin, 'https://elsewhere.example'))),
		}));
		expect(await refusal(loginWithPasskey(elsewhere, r.passkeys))).toBe('400 passkey-refused passkey');
		const forged = answering(() => ({ signature: b64u(randomBytes(64)) }));
		expect(await refusal(loginWithPasskey(forged, r.passkeys))).toBe('401 sign-in-failed');
		const unknown = altering(httpCall(server.origin), '/api/desk/login', ({ passkey }) => ({
			passkey: { ...(passkey as object), id: 'AAAA', rawId: 'AAAA' },
		}));
		expect(await refusal(loginWithPasskey(unknown, r.passkeys))).toBe('401 sign-in-failed');
	});
});

const statusWith = async (server: TestServer, cookie: string): Promise<number> =>
	(await server.fetch('/api/desk', { headers: { cookie } })).status;
