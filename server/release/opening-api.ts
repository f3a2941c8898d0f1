import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { contributionRequest, strikeRequest } from '../../shared/api/desk.ts';
import { bytes32 } from '../../shared/api/shapes.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Deps } from '../deps.ts';
import { getLetter } from '../letter/letter-store.ts';
import { oneAtATime } from '../organizer/one-at-a-time.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { isLarge } from '../platform/http.ts';
import { contribute, proposeStrike, requireOpening, sealedPage } from './opening.ts';
import { readContributions } from './opening-store.ts';

const pageQuery = v.strictObject({ after: v.optional(bytes32) });

/** After requireOrganizer, where a body may be large. */
export const oneLargeBody = createMiddleware<OrganizerEnv>(async (c, next) =>
	oneAtATime(c.var.organizer.id, c.req.raw.headers, next),
);

/** Before a large body is read: whether it can be needed at all. What decides, in the transaction, looks again. */
export const whileOpening = (deps: Deps) =>
	createMiddleware<OrganizerEnv>(async (c, next) => {
		if (isLarge(c.req.raw.headers)) requireOpening(await getLetter(deps.db, c.var.organizer.letter), deps.clock.now());
		await next();
	});

/** After last call: sealed names to organizers' browsers, their shares to each other, strikes proposed. */
export const openingApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.get('/api/desk/signatures', requireOrganizer(deps), vValidator('query', pageQuery, refuseInvalid), async (c) => {
			const { letter } = c.var.organizer;
			requireOpening(await getLetter(deps.db, letter), deps.clock.now());
			const { after } = c.req.valid('query');
			return c.json(await sealedPage(deps.db, letter, after ?? '', LIMITS.signaturesPerPage));
		})
		.put(
			'/api/desk/contribution',
			requireOrganizer(deps),
			oneLargeBody,
			whileOpening(deps),
			vValidator('json', contributionRequest, refuseInvalid),
			async (c) => {
				const contribution = c.req.valid('json');
				const now = deps.clock.now();
				await deps.db.transaction().execute((trx) => contribute(trx, c.var.organizer, contribution, now));
				return c.body(null, 204);
			},
		)
		.get('/api/desk/contributions', requireOrganizer(deps), async (c) => {
			const { id, letter } = c.var.organizer;
			return c.json(await readContributions(deps.db, letter, id));
		})
		.put('/api/desk/strikes', requireOrganizer(deps), vValidator('json', strikeRequest, refuseInvalid), async (c) => {
			const strike = c.req.valid('json');
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => proposeStrike(trx, c.var.organizer, strike, now));
			return c.body(null, 204);
		});
