import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { stopRequest } from '../../shared/api/desk.ts';
import { writeTime } from '../../shared/document.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, oneLargeBody, requireOrganizer } from '../organizer/session-api.ts';
import { piecewise } from '../platform/broken-off.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { bytesOf, withLast, withPieces } from '../platform/json-pieces.ts';
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
				await withPieces(c.req.raw, async (body) => proposeRelease(deps, c.var.organizer, await readDraftBody(body)));
				return c.body(null, 204);
			},
		)
		.get('/api/desk/release', requireOrganizer(deps), async (c) => {
			const { box, ...draft } = await draftFor(deps.db, c.var.organizer);
			c.header('Content-Type', 'application/json');
			const answer = withLast({ ...draft, releaseAt: writeTime(draft.releaseAt) }, 'box', box);
			return c.body(piecewise(bytesOf(answer), deps.log));
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
				const state = await withPieces(c.req.raw, async (body) =>
					approveRelease(deps, c.var.organizer, await readApproval(body)),
				);
				return c.json({ state });
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
