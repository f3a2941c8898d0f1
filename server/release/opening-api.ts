import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { strikeRequest } from '../../shared/api/desk.ts';
import { bytes32 } from '../../shared/api/shapes.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Deps } from '../deps.ts';
import { getLetter } from '../letter/letter-store.ts';
import { type OrganizerEnv, oneLargeBody, requireOrganizer } from '../organizer/session-api.ts';
import { piecewise } from '../platform/broken-off.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { announced, isLarge } from '../platform/http.ts';
import { bytesOf, withPieces } from '../platform/json-pieces.ts';
import { readContribution } from './contribution-body.ts';
import { type Brought, largestBody } from './largest-body.ts';
import { contribute, contributionsAsJson, proposeStrike, requireOpening, sealedPage } from './opening.ts';

const pageQuery = v.strictObject({ after: v.optional(bytes32) });

/** Before a large body is read: whether it can be needed at all. What decides, in the transaction, looks again. */
export const whileOpening = (deps: Deps) =>
	createMiddleware<OrganizerEnv>(async (c, next) => {
		if (isLarge(c.req.raw.headers)) requireOpening(await getLetter(deps.db, c.var.organizer.letter), deps.clock.now());
		await next();
	});

/** After requireOrganizer, before a large body is read: none is larger than what its letter has. */
export const asLargeAsItsLetter = (deps: Deps, what: Brought) =>
	createMiddleware<OrganizerEnv>(async (c, next) => {
		const { headers } = c.req.raw;
		const most = isLarge(headers) ? await largestBody(deps.db, c.var.organizer.letter, what) : Number.POSITIVE_INFINITY;
		if (announced(headers) > most) throw new Problem('too-large');
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
			asLargeAsItsLetter(deps, 'contribution'),
			async (c) => {
				await withPieces(c.req.raw, async (body) => {
					const contribution = await readContribution(body);
					const now = deps.clock.now();
					await deps.db.transaction().execute((trx) => contribute(trx, c.var.organizer, contribution, now));
				});
				return c.body(null, 204);
			},
		)
		.get('/api/desk/contributions', requireOrganizer(deps), async (c) => {
			c.header('Content-Type', 'application/json');
			return c.body(piecewise(bytesOf(contributionsAsJson(deps.db, c.var.organizer)), deps.log));
		})
		.put('/api/desk/strikes', requireOrganizer(deps), vValidator('json', strikeRequest, refuseInvalid), async (c) => {
			const strike = c.req.valid('json');
			const now = deps.clock.now();
			await deps.db.transaction().execute((trx) => proposeStrike(trx, c.var.organizer, strike, now));
			return c.body(null, 204);
		});
