import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { lostWordsRequest } from '../../shared/api/lost-words.ts';
import { spending } from '../allowance-api.ts';
import type { Deps, Env } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { askOff, readLostWords } from './lost-words.ts';

/** For signers who have neither their words nor the browser that they signed in. Reads and sets no cookie. */
export const lostWordsApi = (deps: Deps) =>
	new Hono<Env>().post(
		'/api/lost-words',
		spending(deps, 'lost-words', { burst: 5, perMinute: 0.2 }),
		vValidator('json', lostWordsRequest, refuseInvalid),
		async (c) => {
			await askOff(deps, c.req.valid('json'));
			return c.body(null, 204);
		},
	);

/** For organizers, at the opening. */
export const lostWordsDeskApi = (deps: Deps) =>
	new Hono<OrganizerEnv>().get('/api/desk/lost-words', requireOrganizer(deps), async (c) =>
		c.json(await readLostWords(deps.db, c.var.organizer.letter, deps.clock.now())),
	);
