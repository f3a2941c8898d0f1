import { Hono } from 'hono';
import type { Env } from '../deps.ts';
import { Problem } from '../platform/errors.ts';
import { fontRanges, readFont } from './fonts.ts';

/** The fonts of a letter's files, for organizers who print them in their browser before the release. Under no name that tells their version, so nobody keeps them. */
export const fontsApi = () =>
	new Hono<Env>()
		.get('/assets/type/ranges.json', (c) => c.json(fontRanges))
		.get('/assets/type/:name/:file', (c) => {
			const font = readFont(c.req.param());
			if (font === null) throw new Problem('not-found');
			return c.body(font, 200, { 'Content-Type': 'font/woff' });
		});
