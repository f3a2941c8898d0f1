import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { approvePostRequest, postRequest } from '../../shared/api/post.ts';
import { bytes32 } from '../../shared/api/shapes.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { approvePost, proposePost, takePostBack } from './post.ts';

const subjectParam = v.strictObject({ subject: bytes32 });

/** Updates, the reply, press links, the front page and removals, each by M organizers. */
export const postApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post('/api/desk/posts', requireOrganizer(deps), vValidator('json', postRequest, refuseInvalid), async (c) =>
			c.json(await proposePost(deps, c.var.organizer, c.req.valid('json'))),
		)
		.post(
			'/api/desk/posts/approve',
			requireOrganizer(deps),
			vValidator('json', approvePostRequest, refuseInvalid),
			async (c) => c.json(await approvePost(deps, c.var.organizer, c.req.valid('json'))),
		)
		.delete(
			'/api/desk/posts/:subject',
			requireOrganizer(deps),
			vValidator('param', subjectParam, refuseInvalid),
			async (c) => {
				await takePostBack(deps, c.var.organizer, c.req.valid('param').subject);
				return c.body(null, 204);
			},
		);
