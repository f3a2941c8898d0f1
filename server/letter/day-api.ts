import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { daySheetRequest } from '../../shared/api/day.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid, toProblemJson } from '../platform/errors.ts';
import { changeDaySheet, SheetChanged } from './day.ts';

/** The sheet for the day of the release. */
export const dayApi = (deps: Deps) =>
	new Hono<OrganizerEnv>().put(
		'/api/desk/day',
		requireOrganizer(deps),
		vValidator('json', daySheetRequest, refuseInvalid),
		async (c) => {
			try {
				return c.json({ version: await changeDaySheet(deps, c.var.organizer, c.req.valid('json')) });
			} catch (failure) {
				if (!(failure instanceof SheetChanged)) throw failure;
				// Problem JSON with what is there now as an extension member, as for the draft.
				const body = JSON.stringify({ ...toProblemJson(failure), present: failure.present });
				return new Response(body, { status: failure.status, headers: { 'Content-Type': 'application/problem+json' } });
			}
		},
	);
