import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { confirmationRequest, followRequest, proofRequest } from '../../shared/api/signing.ts';
import { spending } from '../allowance-api.ts';
import type { Deps, Env } from '../deps.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { askConfirmation, followLink } from './confirmation.ts';
import { prove } from './proof.ts';
import { Work } from './work.ts';

/** Proving through a mailbox. Nothing here reads or sets a cookie. */
export function proofApi(deps: Deps) {
	const surge = new Work(deps);
	return new Hono<Env>()
		.post(
			'/api/confirmations',
			spending(deps, 'confirmation', { burst: 20, perMinute: 4 }),
			vValidator('json', confirmationRequest, refuseInvalid),
			async (c) => {
				const { letter, address, work } = c.req.valid('json');
				await surge.require(work);
				return c.json({ confirmation: await askConfirmation(deps, letter, address) }, 202);
			},
		)
		.post(
			'/api/confirmations/work',
			spending(deps, 'work', { burst: 20, perMinute: 10 }),
			vValidator('json', v.strictObject({}), refuseInvalid),
			async (c) => {
				return c.json({ challenge: await surge.challenge() });
			},
		)
		.post(
			'/api/confirmations/follow',
			spending(deps, 'follow', { burst: 30, perMinute: 10 }),
			vValidator('json', followRequest, refuseInvalid),
			async (c) => {
				const { id, letter, group } = await followLink(deps, c.req.valid('json').link);
				return c.json({ letter, group, confirmation: id });
			},
		)
		.post(
			'/api/proofs',
			spending(deps, 'proof', { burst: 30, perMinute: 10 }),
			vValidator('json', proofRequest, refuseInvalid),
			async (c) => {
				return c.json(await prove(deps, c.req.valid('json')));
			},
		);
}
