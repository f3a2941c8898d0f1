import { vValidator } from '@hono/valibot-validator';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { id } from '../../shared/api/shapes.ts';
import type { LetterView } from '../../shared/api/signing.ts';
import type { Deps, Env } from '../deps.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { letterView, linkedLetterView } from './letter-view.ts';

const byLink = v.strictObject({ link: id });
const byLetter = v.strictObject({ letter: id });

/** What signers' browsers read: no cookie, the same for everybody. */
export const letterApi = (deps: Deps) =>
	new Hono<Env>()
		.get('/api/links/:link', vValidator('param', byLink, refuseInvalid), async (c) =>
			answer(c, await linkedLetterView(deps.db, c.req.valid('param').link, deps.clock.now())),
		)
		.get('/api/letters/:letter', vValidator('param', byLetter, refuseInvalid), async (c) =>
			answer(c, await letterView(deps.db, c.req.valid('param').letter, deps.clock.now())),
		);

/** With all charters and texts that a letter ever had it can be megabytes. */
function answer(c: Context<Env>, view: LetterView): Response {
	const json = JSON.stringify(view);
	c.var.willTake(json.length);
	return c.body(json, 200, { 'Content-Type': 'application/json' });
}
