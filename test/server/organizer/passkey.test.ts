import { expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { SoftwarePasskey } from '../../../server/command/software-passkey.ts';
import { startInvitation } from '../../../server/organizer/invitation.ts';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { enrol } from '../../../shared/client/enrolling.ts';
import {
	loginWithPasskey,
	loginWithWords,
	type Passkeys,
	prfSalt,
	SeedLocked,
} from '../../../shared/client/organizer.ts';
import { altering, refusal, startLetter } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

const secret = 'bm90IGZvciB0aGUgc2VydmVyLCBub3QgZm9yIGFueWJvZHk';

test('a PRF result that a browser forgot to strip is neither kept nor logged', async () => {
	const server = await startServer();
	const leaking = (path: string) =>
		altering(httpCall(server.origin), path, (body) => ({
			...body,
			passkey: { ...(body.passkey as object), clientExtensionResults: { prf: { results: { first: secret } } } },
		}));
	const passkeys = new SoftwarePasskey(server.origin);
	const invitation = await startInvitation(server.deps, 'command');
	await enrol(leaking('/api/desk/enrol'), passkeys, { invitation, name: 'R.' });
	await loginWithPasskey(leaking('/api/desk/login'), passkeys);
	const { db } = server.deps;
	const rows = await Promise.all([
		db.selectFrom('passkeys').selectAll().execute(),
		db.selectFrom('sessions').selectAll().execute(),
		db.selectFrom('challenges').selectAll().execute(),
		db.selectFrom('organizers').selectAll().execute(),
	]);
	expect(JSON.stringify(rows)).not.toContain(secret);
	expect(server.logs.join('')).not.toContain(secret);
});

test('an authenticator that cannot verify the person is refused', async () => {
	const server = await startServer();
	const invitation = await startInvitation(server.deps, 'command');
	const weak = new SoftwarePasskey(server.origin, { verifiesUser: false });
	const enrolling = enrol(httpCall(server.origin), weak, { invitation, name: 'R.' });
	expect(await refusal(enrolling)).toBe('400 passkey-refused passkey');
});

test('without PRF the passkey logs in, and the words open the seed', async () => {
	const server = await startServer();
	const invitation = await startInvitation(server.deps, 'command');
	const plain = new SoftwarePasskey(server.origin, { prf: false });
	const { wrapped } = await enrol(httpCall(server.origin), plain, { invitation, name: 'R.' });
	expect(wrapped).toBe(false);
	await expect(loginWithPasskey(httpCall(server.origin), plain)).rejects.toThrow('words');
});

test('where keeping the seed fails after the invitation is spent, the words are still shown, and open the desk', async () => {
	const server = await startServer();
	const invitation = await startInvitation(server.deps, 'command');
	const through = httpCall(server.origin);
	const breaking: Call = async (method, path, body) => {
		if (path === '/api/desk/seed') throw new Unanswered('The connection dropped.');
		return through(method, path, body);
	};
	const passkeys = new SoftwarePasskey(server.origin);
	const { wrapped, words, organizer } = await enrol(breaking, passkeys, { invitation, name: 'R.' });
	expect(wrapped).toBe(false);
	expect(words).toHaveLength(24);
	const again = await loginWithWords(httpCall(server.origin), words, server.origin);
	expect(again.id).toBe(organizer.id);
});

test('a passkey whose PRF answers otherwise than before asks for the words', async () => {
	const server = await startServer();
	const invitation = await startInvitation(server.deps, 'command');
	const passkeys = new SoftwarePasskey(server.origin);
	await enrol(httpCall(server.origin), passkeys, { invitation, name: 'R.' });
	const elsewhere: Passkeys = {
		create: (options, salt) => passkeys.create(options, salt),
		get: async (options, salt) => ({ ...(await passkeys.get(options, salt)), prf: new Uint8Array(32) }),
		prf: (id, salt) => passkeys.prf(id, salt),
	};
	await expect(loginWithPasskey(httpCall(server.origin), elsewhere)).rejects.toBeInstanceOf(SeedLocked);
});

test('the options ask for what is required, and name no passkey to a stranger', async () => {
	const server = await startServer();
	const [r] = await startLetter(server, 'R.');
	const creation = await r.call('POST', '/api/desk/passkeys/options', {});
	expect(creation).toMatchObject({
		rp: { id: 'localhost' },
		attestation: 'none',
		authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
		excludeCredentials: [{ type: 'public-key' }],
	});
	expect(JSON.stringify(creation)).not.toContain('"prf"');
	const request = await httpCall(server.origin)('POST', '/api/desk/login/options', {});
	expect(request).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
	expect(request).not.toHaveProperty('allowCredentials');
});

test('a software passkey answers PRF alike for one salt, and otherwise for another', async () => {
	const passkeys = new SoftwarePasskey('https://letters.example');
	const options = { challenge: 'AAAA', rp: { id: 'letters.example' }, user: { id: 'AAAA' } };
	const { passkey, prf } = await passkeys.create(options, await prfSalt());
	expect(prf).toHaveLength(32);
	expect(await passkeys.prf(passkey.id, await prfSalt())).toEqual(prf);
	expect(await passkeys.prf(passkey.id, new Uint8Array(32))).not.toEqual(prf);
});
