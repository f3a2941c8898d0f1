import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { id } from '../../shared/api/shapes.ts';
import type { Deps, Env } from '../deps.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { letterView, linkedLetterView } from './letter-view.ts';

const byLink = v.strictObject({ link: id });
const byLetter = v.strictObject({ letter: id });

/** What signers' browsers read: no cookie, the same for everybody. */
export const letterApi = (deps: Deps) =>
	new Hono<Env>()
		.get('/api/links/:link', vValidator('param', byLink, refuseInvalid), async (c) =>
			c.json(await linkedLetterView(deps.db, c.req.valid('param').link, deps.clock.now())),
		)
		.get('/api/letters/:letter', vValidator('param', byLetter, refuseInvalid), async (c) =>
			c.json(await letterView(deps.db, c.req.valid('param').letter, deps.clock.now())),
		);
