import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { testNameOpened, testNamesRequest } from '../../shared/api/readiness.ts';
import type { Deps } from '../deps.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { type OrganizerEnv, requireOrganizer } from './session-api.ts';
import { openedTestName, sealTestNames } from './test-name.ts';

/** Whether each organizer's keys work, tried while the letter is a draft. */
export const readinessApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.put(
			'/api/desk/test-names',
			requireOrganizer(deps),
			vValidator('json', testNamesRequest, refuseInvalid),
			async (c) => {
				await sealTestNames(deps, c.var.organizer, c.req.valid('json').names);
				return c.body(null, 204);
			},
		)
		.post(
			'/api/desk/test-names/opened',
			requireOrganizer(deps),
			vValidator('json', testNameOpened, refuseInvalid),
			async (c) => {
				await openedTestName(deps, c.var.organizer, c.req.valid('json').name);
				return c.body(null, 204);
			},
		);
