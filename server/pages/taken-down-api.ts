import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { takenDownPage } from '../../shared/pages/taken-down-page.ts';
import { slugSchema } from '../../shared/release.ts';
import type { Deps, Env } from '../deps.ts';
import { findStandingBySlug } from '../letter/take-down-store.ts';

/**
 * Stands before the folders of released letters: of one that was taken down, each address says so. With 451 (RFC 7725) where a legal demand is the reason, else with 410. The link says which
 * server refuses (section 4: “not any other entity mandating it”); who demanded it stands on the page. Proven by test/server/letter/take-down.test.ts.
 */
export const takenDownApi = (deps: Deps) =>
	new Hono<Env>().get('/letters/:slug', unlessShown(deps)).get('/letters/:slug/:path{.*}', unlessShown(deps));

const unlessShown = (deps: Deps) =>
	createMiddleware<Env>(async (c, next) => {
		const slug = c.req.param('slug');
		const down = v.is(slugSchema, slug) ? await findStandingBySlug(deps.db, slug) : null;
		if (down === null) return next();
		// It may be put back.
		c.header('Cache-Control', 'no-store');
		c.header('Vary', 'Accept-Language');
		c.header('X-Robots-Tag', 'noindex, nofollow, noarchive');
		if (down.ordered) c.header('Link', `<${deps.config.origin}>; rel="blocked-by"`);
		const page = takenDownPage(down, { styles: [deps.assets.style('flow')], scripts: [] });
		return c.html(page, down.ordered ? 451 : 410);
	});
