import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { daySheetRequest } from '../../shared/api/day.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { changeDaySheet } from './day.ts';

/** The sheet for the day of the release. */
export const dayApi = (deps: Deps) =>
	new Hono<OrganizerEnv>().put(
		'/api/desk/day',
		requireOrganizer(deps),
		vValidator('json', daySheetRequest, refuseInvalid),
		async (c) => c.json({ version: await changeDaySheet(deps, c.var.organizer, c.req.valid('json')) }),
	);
