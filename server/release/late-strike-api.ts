import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { lateStrikeRequest } from '../../shared/api/post.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { strikeLate, takeStrikeBack } from './late-strike.ts';

const { digest, reason } = lateStrikeRequest.entries;
const whichParam = v.strictObject({ digest, reason });

/** Strikes from a released letter, each by M organizers. */
export const lateStrikeApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/late-strikes',
			requireOrganizer(deps),
			vValidator('json', lateStrikeRequest, refuseInvalid),
			async (c) => c.json(await strikeLate(deps, c.var.organizer, c.req.valid('json'))),
		)
		.delete(
			'/api/desk/late-strikes/:digest/:reason',
			requireOrganizer(deps),
			vValidator('param', whichParam, refuseInvalid),
			async (c) => {
				await takeStrikeBack(deps, c.var.organizer, c.req.valid('param'));
				return c.body(null, 204);
			},
		);
