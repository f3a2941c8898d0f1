import { describe, expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { SoftwarePasskey } from '../../../server/command/software-passkey.ts';
import { startInvitation } from '../../../server/organizer/invitation.ts';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { enrol } from '../../../shared/client/enrolling.ts';
import {
	addPasskey,
	letPasskeyOpen,
	loginWithPasskey,
	loginWithWords,
	SeedLocked,
} from '../../../shared/client/organizer.ts';
import { refusal, startLetter } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

/** Its second prompt is turned away. */
class Hurried extends SoftwarePasskey {
	override prf(): Promise<null> {
		return Promise.reject(new Error('The prompt was closed.'));
	}
}

describe('a passkey that logs in, but was not let open the keys', () => {
	test('since the second prompt was turned away, is let open them later', async () => {
		const server = await startServer();
		const [call, passkeys] = [httpCall(server.origin), new Hurried(server.origin)];
		const invitation = await startInvitation(server.deps, 'command');
		const { organizer, wrapped } = await enrol(call, passkeys, { invitation, name: 'R.' });
		expect(wrapped).toBe(false);
		await expect(loginWithPasskey(call, passkeys)).rejects.toThrow(SeedLocked);
		const patient: typeof passkeys = Object.assign(Object.create(passkeys), {
			create: passkeys.create.bind(passkeys),
			get: passkeys.get.bind(passkeys),
			prf: SoftwarePasskey.prototype.prf.bind(passkeys),
		});
		expect(await letPasskeyOpen(call, patient, organizer)).toBe(true);
		expect((await loginWithPasskey(call, patient)).key).toBe(organizer.key);
	});

	test('since no answer came while it was kept, counts as made, and is let open them later', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const phone = httpCall(server.origin);
		const passkey = new SoftwarePasskey(server.origin);
		const organizer = await loginWithWords(phone, r.words, server.origin);
		const losing: Call = async (method, path, body) => {
			if (path === '/api/desk/seed') throw new Unanswered('No answer came.');
			return phone(method, path, body);
		};
		expect(await addPasskey(losing, passkey, organizer)).toBe(false);
		await expect(loginWithPasskey(phone, passkey)).rejects.toThrow(SeedLocked);
		expect(await letPasskeyOpen(phone, passkey, organizer)).toBe(true);
		expect((await loginWithPasskey(phone, passkey)).key).toBe(organizer.key);
	});

	test('is not, where it cannot, or belongs to another desk', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const phone = httpCall(server.origin);
		const organizer = await loginWithWords(phone, r.words, server.origin);
		const plain = new SoftwarePasskey(server.origin, { prf: false });
		await addPasskey(phone, plain, organizer);
		expect(await letPasskeyOpen(phone, plain, organizer)).toBe(false);
		expect(await refusal(letPasskeyOpen(phone, k.passkeys, organizer))).toBe('404 not-found');
		expect((await loginWithPasskey(k.call, k.passkeys)).key).toBe(k.organizer.key);
	});
});
