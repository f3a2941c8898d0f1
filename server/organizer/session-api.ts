import { vValidator } from '@hono/valibot-validator';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { loginRequest, type SessionAnswer, wordsLoginRequest } from '../../shared/api/desk.ts';
import { FOR_ORGANIZER } from '../../shared/for-organizer.ts';
import { spending } from '../allowance-api.ts';
import type { Deps, Env } from '../deps.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import type { SignedIn } from './enrol.ts';
import { loginWithPasskey, loginWithWords, wordsChallengeFor } from './login.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Organizer } from './organizer-store.ts';
import { requestOptions } from './passkey.ts';
import { closeSession, findOrganizerOf, sessionSeconds } from './session.ts';

export interface OrganizerEnv {
	Variables: Env['Variables'] & { organizer: Organizer };
}

/** Guessing is hopeless anyway; this keeps the checks from being a way to keep the server busy. */
export const spendingAtDesk = (deps: Deps) => spending(deps, 'desk', { burst: 30, perMinute: 15 });

const nothing = v.strictObject({});

/** On https the prefix keeps other hosts of the domain, and plain http, from setting it. */
const cookieName = ({ config }: Deps): string =>
	config.origin.startsWith('https:') ? '__Host-organizer' : 'organizer';

const cookieAttributes = ({ config }: Deps) =>
	({ path: '/', httpOnly: true, sameSite: 'Strict', secure: config.origin.startsWith('https:') }) as const;

/** Another desk was opened in the same browser since the one that asks. */
function isForAnother(c: Context, { id }: Organizer): boolean {
	const asking = c.req.header(FOR_ORGANIZER);
	return asking !== undefined && asking !== id;
}

/**
 * Answers a stranger, an ended session, a made-up one and that of another organizer than the one who asks alike. Proven by test/server/organizer/login.test.ts and
 * sessions.test.ts.
 */
export const requireOrganizer = (deps: Deps) =>
	createMiddleware<OrganizerEnv>(async (c, next) => {
		const session = getCookie(c, cookieName(deps));
		const organizer = session && (await findOrganizerOf(deps, session));
		if (!organizer || isForAnother(c, organizer)) throw new Problem('not-signed-in');
		c.set('organizer', organizer);
		await next();
	});

/** After requireOrganizer, where a body may be large (platform/http.ts). */
export const oneLargeBody = createMiddleware<OrganizerEnv>(async (c, next) =>
	oneAtATime(c.var.organizer.id, c.req.raw.headers, next),
);

export function setSession(deps: Deps, c: Context, session: string): void {
	setCookie(c, cookieName(deps), session, { ...cookieAttributes(deps), maxAge: sessionSeconds });
}

/** Sets the new session's cookie; the session that the browser had before, if any, ends. */
export async function signedIn(deps: Deps, c: Context, by: SignedIn): Promise<SessionAnswer> {
	const before = getCookie(c, cookieName(deps));
	if (before) await closeSession(deps.db, before);
	setSession(deps, c, by.session);
	const { id, letter, name, key } = by.organizer;
	return { organizer: id, letter, name, key, passkeyId: by.passkeyId, wrappedSeed: by.wrappedSeed };
}

export const sessionApi = (deps: Deps) =>
	new Hono<Env>()
		.post('/api/desk/login/options', spendingAtDesk(deps), vValidator('json', nothing, refuseInvalid), async (c) => {
			return c.json(await requestOptions(deps));
		})
		.post('/api/desk/login', spendingAtDesk(deps), vValidator('json', loginRequest, refuseInvalid), async (c) => {
			const by = await loginWithPasskey(deps, c.req.valid('json').passkey);
			return c.json(await signedIn(deps, c, by));
		})
		.post(
			'/api/desk/login/words/options',
			spendingAtDesk(deps),
			vValidator('json', nothing, refuseInvalid),
			async (c) => {
				return c.json({ challenge: await wordsChallengeFor(deps) });
			},
		)
		.post(
			'/api/desk/login/words',
			spendingAtDesk(deps),
			vValidator('json', wordsLoginRequest, refuseInvalid),
			async (c) => {
				const by = await loginWithWords(deps, c.req.valid('json'));
				return c.json(await signedIn(deps, c, by));
			},
		)
		.post('/api/desk/logout', async (c) => {
			const session = getCookie(c, cookieName(deps));
			const organizer = session && (await findOrganizerOf(deps, session));
			if (organizer && isForAnother(c, organizer)) return c.body(null, 204);
			if (session) await closeSession(deps.db, session);
			deleteCookie(c, cookieName(deps), cookieAttributes(deps));
			return c.body(null, 204);
		});
