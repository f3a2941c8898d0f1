import { Hono } from 'hono';
import type { Env } from '../deps.ts';
import { Problem } from '../platform/errors.ts';

/** With it comes what reads fonts, which a server needs for nothing else. */
const fonts = () => import('./fonts.ts');

/** The fonts of a letter's files, for organizers who print them in their browser before the release. Under no name that tells their version, so nobody keeps them. */
export const fontsApi = () =>
	new Hono<Env>()
		.get('/assets/type/ranges.json', async (c) => c.json((await fonts()).fontRanges))
		.get('/assets/type/:name/:file', async (c) => {
			const font = (await fonts()).readFont(c.req.param());
			if (font === null) throw new Problem('not-found');
			return c.body(font, 200, { 'Content-Type': 'font/woff' });
		});
