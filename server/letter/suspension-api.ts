import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { id } from '../../shared/api/shapes.ts';
import { suspensionRequest } from '../../shared/api/suspension.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { suspend, takeSuspensionBack } from './suspension.ts';

const organizerParam = v.strictObject({ organizer: id });

/** Organizers who leave, or whom the others suspend. */
export const suspensionApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/suspensions',
			requireOrganizer(deps),
			vValidator('json', suspensionRequest, refuseInvalid),
			async (c) => c.json({ suspended: await suspend(deps, c.var.organizer, c.req.valid('json')) }),
		)
		.delete(
			'/api/desk/suspensions/:organizer',
			requireOrganizer(deps),
			vValidator('param', organizerParam, refuseInvalid),
			async (c) => {
				await takeSuspensionBack(deps, c.var.organizer, c.req.valid('param').organizer);
				return c.body(null, 204);
			},
		);
