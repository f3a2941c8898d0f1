import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { approveMailingRequest, mailingRequest, turnMailingRequest } from '../../shared/api/roster.ts';
import { id } from '../../shared/api/shapes.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, oneLargeBody, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { approveMailing, proposeMailing, takeMailingBack, turnMailing } from './roster.ts';

const idParam = v.strictObject({ id });

/** Writing to everybody on a list. Each shows on the desk of every organizer. */
export const rosterApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/mailings',
			requireOrganizer(deps),
			oneLargeBody,
			vValidator('json', mailingRequest, refuseInvalid),
			async (c) => c.json({ state: await proposeMailing(deps, c.var.organizer, c.req.valid('json')) }),
		)
		.post(
			'/api/desk/mailings/approve',
			requireOrganizer(deps),
			vValidator('json', approveMailingRequest, refuseInvalid),
			async (c) => c.json({ state: await approveMailing(deps, c.var.organizer, c.req.valid('json')) }),
		)
		.delete(
			'/api/desk/mailings/:id/approval',
			requireOrganizer(deps),
			vValidator('param', idParam, refuseInvalid),
			async (c) => {
				await takeMailingBack(deps, c.var.organizer, c.req.valid('param').id);
				return c.body(null, 204);
			},
		)
		.put(
			'/api/desk/mailings/:id',
			requireOrganizer(deps),
			vValidator('param', idParam, refuseInvalid),
			vValidator('json', turnMailingRequest, refuseInvalid),
			async (c) => {
				const { state } = c.req.valid('json');
				return c.json({ state: await turnMailing(deps, c.var.organizer, c.req.valid('param').id, state) });
			},
		);
