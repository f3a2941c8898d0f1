import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { passkeyRequest, seedRequest } from '../../shared/api/desk.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { addPasskey, anotherPasskeyOptions } from './login.ts';
import { markWordsChecked } from './organizer-store.ts';
import { keepWrappedSeed } from './passkey-store.ts';
import { renewSessions } from './session.ts';
import { type OrganizerEnv, requireOrganizer, setSession } from './session-api.ts';

const nothing = v.strictObject({});

/** An organizer's own passkeys, wrapped seed and words. */
export const passkeyApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post('/api/desk/passkeys/options', requireOrganizer(deps), vValidator('json', nothing, refuseInvalid), async (c) =>
			c.json(await anotherPasskeyOptions(deps, c.var.organizer)),
		)
		.post(
			'/api/desk/passkeys',
			requireOrganizer(deps),
			vValidator('json', passkeyRequest, refuseInvalid),
			async (c) => {
				const passkeyId = await addPasskey(deps, c.var.organizer, c.req.valid('json').passkey);
				// Who lost a device logs in with words and adds a passkey here: what was open there ends.
				setSession(deps, c, await renewSessions(deps.db, c.var.organizer.id, deps.clock.now()));
				return c.json({ passkeyId });
			},
		)
		.put('/api/desk/seed', requireOrganizer(deps), vValidator('json', seedRequest, refuseInvalid), async (c) => {
			const { passkeyId, wrapped } = c.req.valid('json');
			const kept = await keepWrappedSeed(deps.db, c.var.organizer.id, passkeyId, wrapped);
			if (!kept) throw new Problem('not-found');
			return c.body(null, 204);
		})
		.post('/api/desk/words-checked', requireOrganizer(deps), vValidator('json', nothing, refuseInvalid), async (c) => {
			await markWordsChecked(deps.db, c.var.organizer.id);
			return c.body(null, 204);
		});
