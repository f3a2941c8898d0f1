import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { stopRequest } from '../../shared/api/desk.ts';
import { writeTime } from '../../shared/document.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, oneLargeBody, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { bytesOf, piecesOf, withLast } from '../platform/json-pieces.ts';
import { readApproval } from './approval-body.ts';
import { approveRelease, takeBackApproval } from './approve.ts';
import { draftFor, dropDraft, proposeRelease } from './draft.ts';
import { readDraftBody } from './draft-body.ts';
import { asLargeAsItsLetter, whileOpening } from './opening-api.ts';
import { stopRelease } from './stop.ts';

/** From a proposed release to a scheduled one, and back. */
export const releaseApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.put(
			'/api/desk/release',
			requireOrganizer(deps),
			oneLargeBody,
			whileOpening(deps),
			asLargeAsItsLetter(deps, 'release'),
			async (c) => {
				const body = piecesOf(c.req.raw);
				try {
					await proposeRelease(deps, c.var.organizer, await readDraftBody(body));
					return c.body(null, 204);
				} finally {
					// Whoever sends what is refused hears why, not a broken connection.
					for await (const _ of body);
				}
			},
		)
		.get('/api/desk/release', requireOrganizer(deps), async (c) => {
			const { box, ...draft } = await draftFor(deps.db, c.var.organizer);
			c.header('Content-Type', 'application/json');
			return c.body(bytesOf(withLast({ ...draft, releaseAt: writeTime(draft.releaseAt) }, 'box', box), deps.log));
		})
		.delete('/api/desk/release', requireOrganizer(deps), async (c) => {
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => dropDraft(trx, c.var.organizer, now));
			return c.body(null, 204);
		})
		.post(
			'/api/desk/release/approve',
			requireOrganizer(deps),
			oneLargeBody,
			asLargeAsItsLetter(deps, 'release'),
			async (c) => {
				const body = piecesOf(c.req.raw);
				try {
					return c.json({ state: await approveRelease(deps, c.var.organizer, await readApproval(body)) });
				} finally {
					// Who sends a release that is not needed hears the answer after it, not a broken connection.
					for await (const _ of body);
				}
			},
		)
		.delete('/api/desk/release/approve', requireOrganizer(deps), async (c) => {
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => takeBackApproval(trx, c.var.organizer, now));
			return c.body(null, 204);
		})
		.post('/api/desk/stop', requireOrganizer(deps), vValidator('json', stopRequest, refuseInvalid), async (c) =>
			c.json({ state: await stopRelease(deps, c.var.organizer, c.req.valid('json').authenticator) }),
		);
