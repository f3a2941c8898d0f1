import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { amendmentRequest, approveCharterRequest, decisionRequest, noteRequest } from '../../shared/api/desk.ts';
import { bytes32, id } from '../../shared/api/shapes.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, oneLargeBody, requireOrganizer } from '../organizer/session-api.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { approveAmendment, discardAmendment, propose } from './amendment.ts';
import { decide, takeDecisionBack } from './decision.ts';
import { deskView } from './desk-view.ts';
import { createLink } from './link.ts';
import { revokeLink } from './link-store.ts';

const linkParam = v.strictObject({ link: id });
const fingerprintParam = v.strictObject({ fingerprint: bytes32 });
const kindParam = v.strictObject({ kind: decisionRequest.entries.kind });

/** The desk of a letter, and what its organizers decide while it lives. */
export const deskApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.get('/api/desk', requireOrganizer(deps), async (c) => c.json(await deskView(deps, c.var.organizer)))
		.post('/api/desk/links', requireOrganizer(deps), vValidator('json', noteRequest, refuseInvalid), async (c) => {
			const link = await createLink(deps, c.var.organizer, c.req.valid('json').note);
			return c.json({ link });
		})
		.delete(
			'/api/desk/links/:link',
			requireOrganizer(deps),
			vValidator('param', linkParam, refuseInvalid),
			async (c) => {
				const { id, letter } = c.var.organizer;
				const revoked = await revokeLink(deps.db, letter, c.req.valid('param').link, id);
				if (!revoked) throw new Problem('not-found');
				return c.body(null, 204);
			},
		)
		.post(
			'/api/desk/decisions',
			requireOrganizer(deps),
			vValidator('json', decisionRequest, refuseInvalid),
			async (c) => c.json({ state: await decide(deps, c.var.organizer, c.req.valid('json')) }),
		)
		.delete(
			'/api/desk/decisions/:kind',
			requireOrganizer(deps),
			vValidator('param', kindParam, refuseInvalid),
			async (c) => {
				await takeDecisionBack(deps, c.var.organizer, c.req.valid('param').kind);
				return c.body(null, 204);
			},
		)
		.post(
			'/api/desk/amendments',
			requireOrganizer(deps),
			oneLargeBody,
			vValidator('json', amendmentRequest, refuseInvalid),
			async (c) => c.json(await propose(deps, c.var.organizer, c.req.valid('json'))),
		)
		.post(
			'/api/desk/amendments/approve',
			requireOrganizer(deps),
			vValidator('json', approveCharterRequest, refuseInvalid),
			async (c) => c.json(await approveAmendment(deps, c.var.organizer, c.req.valid('json'))),
		)
		.delete(
			'/api/desk/amendments/:fingerprint',
			requireOrganizer(deps),
			vValidator('param', fingerprintParam, refuseInvalid),
			async (c) => {
				await discardAmendment(deps, c.var.organizer, c.req.valid('param').fingerprint);
				return c.body(null, 204);
			},
		);
