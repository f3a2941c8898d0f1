import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { ownRequest, signatureRequest, withdrawalRequest } from '../../shared/api/signing.ts';
import type { IssuerCache } from '../../shared/credential.ts';
import { spending } from '../allowance-api.ts';
import type { Deps, Env } from '../deps.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { readOwn } from './own.ts';
import { acceptSignature } from './sign.ts';
import { withdraw } from './withdraw.ts';

/** Imported issuer keys, of the letters signed last. */
const mostIssuers = 1_000;

/** Signing, and what a signer can do about it later. Nothing here reads or sets a cookie. */
export function signatureApi(deps: Deps) {
	const issuers: IssuerCache = new Map();
	return new Hono<Env>()
		.post(
			'/api/signatures',
			spending(deps, 'signature', { burst: 30, perMinute: 10 }),
			vValidator('json', signatureRequest, refuseInvalid),
			async (c) => {
				if (issuers.size > mostIssuers) issuers.clear();
				return c.json({ turn: await acceptSignature(deps, c.req.valid('json'), issuers) });
			},
		)
		.post(
			'/api/withdrawals',
			spending(deps, 'withdrawal', { burst: 30, perMinute: 10 }),
			vValidator('json', withdrawalRequest, refuseInvalid),
			async (c) => {
				return c.json({ turn: await withdraw(deps, c.req.valid('json')) });
			},
		)
		.post(
			'/api/signatures/own',
			spending(deps, 'own', { burst: 60, perMinute: 20 }),
			vValidator('json', ownRequest, refuseInvalid),
			async (c) => {
				return c.json(await readOwn(deps, c.req.valid('json')));
			},
		);
}
