import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { releaseDraftRequest, stopRequest } from '../../shared/api/desk.ts';
import { writeTime } from '../../shared/document.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { readApproval } from './approval-body.ts';
import { approveRelease, takeBackApproval } from './approve.ts';
import { draftFor, dropDraft, proposeRelease } from './draft.ts';
import { oneLargeBody, whileOpening } from './opening-api.ts';
import { stopRelease } from './stop.ts';

/** From a proposed release to a scheduled one, and back. */
export const releaseApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.put(
			'/api/desk/release',
			requireOrganizer(deps),
			oneLargeBody,
			whileOpening(deps),
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
		.post('/api/desk/release/approve', requireOrganizer(deps), oneLargeBody, async (c) => {
			const body = piecesOf(c.req.raw);
			try {
				return c.json({ state: await approveRelease(deps, c.var.organizer, await readApproval(body)) });
			} finally {
				// Who sends a release that is not needed hears the answer after it, not a broken connection.
				for await (const _ of body);
			}
		})
		.delete('/api/desk/release/approve', requireOrganizer(deps), async (c) => {
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => takeBackApproval(trx, c.var.organizer, now));
			return c.body(null, 204);
		})
		.post('/api/desk/stop', requireOrganizer(deps), vValidator('json', stopRequest, refuseInvalid), async (c) =>
			c.json({ state: await stopRelease(deps, c.var.organizer, c.req.valid('json').authenticator) }),
		);

/** Of a body that is JSON, piece by piece: what has been read is passed over by whoever reads on. */
async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
	if (!request.headers.get('content-type')?.startsWith('application/json')) throw new Problem('invalid-input');
	if (request.body !== null) yield* request.body;
}
