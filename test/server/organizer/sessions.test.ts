import { describe, expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { SoftwarePasskey } from '../../../server/command/software-passkey.ts';
import { openSession } from '../../../server/organizer/session.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import type { Call } from '../../../shared/client/call.ts';
import { saveDraft } from '../../../shared/client/drafting.ts';
import { addPasskey, loginWithPasskey, loginWithWords, logOut, readDesk } from '../../../shared/client/organizer.ts';
import { databaseKinds } from '../../support/databases.ts';
import { logIn, loginAnswer, refusal, startLetter } from '../../support/desk.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const statusWith = async (server: TestServer, cookie: string): Promise<number> =>
	(await server.fetch('/api/desk', { headers: { cookie } })).status;

const sessionsOf = async ({ deps }: TestServer, organizer: string): Promise<number> =>
	(await deps.db.selectFrom('sessions').select('hash').where('organizer', '=', organizer).execute()).length;

describe.each(databaseKinds)('an organizer’s sessions (%s)', (database) => {
	test('end wherever they are when a passkey is added, and whoever adds it goes on in a new one', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const lost = await logIn(server, r);
		const phone = httpCall(server.origin);
		const onPhone = await loginWithWords(phone, r.words, server.origin);
		expect([await statusWith(server, lost), await sessionsOf(server, r.organizer.id)]).toEqual([200, 3]);

		const passkey = new SoftwarePasskey(server.origin);
		expect(await addPasskey(phone, passkey, onPhone)).toBe(true);
		expect((await readDesk(phone)).you.name).toBe('R.');
		expect([await statusWith(server, lost), await refusal(readDesk(r.call))]).toEqual([401, '401 not-signed-in']);
		expect(await sessionsOf(server, r.organizer.id)).toBe(1);
		// Nobody else's, and the old passkey still logs in.
		expect((await readDesk(k.call)).you.name).toBe('K.');
		await loginWithPasskey(r.call, r.passkeys);
		expect((await readDesk(r.call)).you.name).toBe('R.');
	});
});

describe('an organizer’s sessions', () => {
	test('are never one that came along: each login makes a new one, also over one that somebody planted', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const planted = `organizer=${b64u(randomBytes(32))}`;
		const own = await logIn(server, r, planted);
		expect(own).not.toBe(planted);
		expect([await statusWith(server, planted), await statusWith(server, own)]).toEqual([401, 200]);
		// On a device that two share the one before is logged out.
		const other = (await loginAnswer(server, k, own)).headers.get('set-cookie')?.split(';')[0] ?? '';
		expect([await statusWith(server, own), await statusWith(server, other)]).toEqual([401, 200]);
	});

	test('end with whoever leaves, and are not kept once they have ended by themselves', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const elsewhere = await logIn(server, k);
		await k.call('DELETE', `/api/desk/organizers/${k.organizer.id}`);
		expect([await statusWith(server, elsewhere), await refusal(readDesk(k.call))]).toEqual([401, '401 not-signed-in']);
		expect(await sessionsOf(server, k.organizer.id)).toBe(0);
		// One that was opened in the same moment is nobody's.
		const late = `organizer=${await openSession(server.deps.db, k.organizer.id, server.clock.now())}`;
		expect(await statusWith(server, late)).toBe(401);

		expect(await statusWith(server, await logIn(server, r))).toBe(200);
		server.clock.advance(12 * 60);
		await server.due();
		expect(await server.deps.db.selectFrom('sessions').select('hash').execute()).toEqual([]);
	});

	test('end by logging out, and an ended one is not brought back by asking again', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.');
		const [own, elsewhere] = [await logIn(server, r), await logIn(server, r)];
		const answer = await server.send('/api/desk/logout', {}, { headers: { cookie: own } });
		expect(answer.headers.get('set-cookie')).toMatch(/^organizer=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
		expect([await statusWith(server, own), await statusWith(server, own)]).toEqual([401, 401]);
		expect(await statusWith(server, elsewhere)).toBe(200);
	});

	test('serve only whom a request is meant for: a desk that stayed open beside another one reads and changes nothing there', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const [elsewhere] = await startLetter(server, 'E.');
		// One browser: the second tab logs in to another letter.
		const browser = httpCall(server.origin);
		await loginWithWords(browser, r.words, server.origin);
		const first: Call = (method, path, body) => browser(method, path, body, r.organizer.id);
		expect((await readDesk(first)).you.organizer).toBe(r.organizer.id);
		await loginWithWords(browser, elsewhere.words, server.origin);
		const { draft } = await readDesk(browser);
		if (draft === null) throw new Error('There is no draft.');
		expect(await refusal(readDesk(first))).toBe('401 not-signed-in');
		expect(await refusal(saveDraft(first, draft.version, { ...draft.draft, title: 'Of the other letter' }))).toBe(
			'401 not-signed-in',
		);
		await logOut(first);
		// Who says nothing of it is whose session it is, and nothing happened to that.
		expect(await readDesk(browser)).toMatchObject({ you: { name: 'E.' }, draft });
		// Another organizer of the same letter is somebody else as well.
		await loginWithWords(browser, k.words, server.origin);
		expect(await refusal(readDesk(first))).toBe('401 not-signed-in');
	});
});
