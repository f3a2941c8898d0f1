import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { approveReleaseRequest, releaseDraftRequest, stopRequest } from '../../shared/api/desk.ts';
import { writeTime } from '../../shared/document.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { approveRelease, takeBackApproval } from './approve.ts';
import { draftFor, dropDraft, proposeRelease } from './draft.ts';
import { stopRelease } from './stop.ts';

/** From a proposed release to a scheduled one, and back. */
export const releaseApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.put(
			'/api/desk/release',
			requireOrganizer(deps),
			vValidator('json', releaseDraftRequest, refuseInvalid),
			async (c) => {
				const draft = c.req.valid('json');
				const now = deps.clock.now();
				await deps.db.transaction().execute((trx) => proposeRelease(trx, c.var.organizer, draft, now));
				return c.body(null, 204);
			},
		)
		.get('/api/desk/release', requireOrganizer(deps), async (c) => {
			const draft = await draftFor(deps.db, c.var.organizer);
			return c.json({ ...draft, releaseAt: writeTime(draft.releaseAt) });
		})
		.delete('/api/desk/release', requireOrganizer(deps), async (c) => {
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => dropDraft(trx, c.var.organizer, now));
			return c.body(null, 204);
		})
		.post(
			'/api/desk/release/approve',
			requireOrganizer(deps),
			vValidator('json', approveReleaseRequest, refuseInvalid),
			async (c) => c.json({ state: await approveRelease(deps, c.var.organizer, c.req.valid('json')) }),
		)
		.delete('/api/desk/release/approve', requireOrganizer(deps), async (c) => {
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => takeBackApproval(trx, c.var.organizer, now));
			return c.body(null, 204);
		})
		.post('/api/desk/stop', requireOrganizer(deps), vValidator('json', stopRequest, refuseInvalid), async (c) =>
			c.json({ state: await stopRelease(deps, c.var.organizer, c.req.valid('json').authenticator) }),
		);
