import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { confirmationRequest, followRequest, proofRequest } from '../../shared/api/signing.ts';
import type { Deps, Env } from '../deps.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { askConfirmation, followLink } from './confirmation.ts';
import { prove } from './proof.ts';
import { Work } from './work.ts';

/** Proving through a mailbox. Nothing here reads or sets a cookie. */
export function proofApi(deps: Deps) {
	const surge = new Work(deps);
	return new Hono<Env>()
		.post('/api/confirmations', vValidator('json', confirmationRequest, refuseInvalid), async (c) => {
			deps.limits.spend('confirmation', c.var.client, { burst: 20, perMinute: 4 });
			const { letter, address, work } = c.req.valid('json');
			await surge.require(work);
			return c.json({ confirmation: await askConfirmation(deps, letter, address) }, 202);
		})
		.post('/api/confirmations/work', vValidator('json', v.strictObject({}), refuseInvalid), async (c) => {
			deps.limits.spend('work', c.var.client, { burst: 20, perMinute: 10 });
			return c.json({ challenge: await surge.challenge() });
		})
		.post('/api/confirmations/follow', vValidator('json', followRequest, refuseInvalid), async (c) => {
			deps.limits.spend('follow', c.var.client, { burst: 30, perMinute: 10 });
			const { id, letter, group } = await followLink(deps, c.req.valid('json').link);
			return c.json({ letter, group, confirmation: id });
		})
		.post('/api/proofs', vValidator('json', proofRequest, refuseInvalid), async (c) => {
			deps.limits.spend('proof', c.var.client, { burst: 30, perMinute: 10 });
			return c.json(await prove(deps, c.req.valid('json')));
		});
}
