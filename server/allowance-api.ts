import { createMiddleware } from 'hono/factory';
import type { Deps, Env } from './deps.ts';
import type { Allowance } from './platform/rate-limit.ts';

/**
 * Before a route's validator, where what may be asked depends on nothing in the body: one that does not fit is counted as well, or it would be a way to keep the
 * server busy for nothing. Proven by test/server/allowance.test.ts.
 */
export const spending = ({ limits }: Deps, use: string, allowance: Allowance) =>
	createMiddleware<Env>(async (c, next) => {
		limits.spend(use, c.var.client, allowance);
		await next();
	});
