import { type Context, Hono } from 'hono';
import { sealIcon } from '../shared/pages/seal.ts';
import type { Asset, Coding } from './assets.ts';
import type { Deps, Env } from './deps.ts';
import { Problem } from './platform/errors.ts';

/** What Vite built, under names that hold a hash of the content; and the icon, for which browsers ask by its name. */
export const assetsApi = (deps: Deps) =>
	new Hono<Env>()
		.get('/assets/:name', (c) => {
			const asset = deps.assets.find(c.req.param('name'));
			if (!asset) throw new Problem('not-found');
			return sendAsset(c, asset);
		})
		.get('/build.json', (c) => c.json(deps.assets.build))
		.get('/favicon.ico', (c) =>
			c.body(sealIcon, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
		);

/** In the smallest coding that the browser takes. */
function sendAsset(c: Context, asset: Asset): Response {
	const accepted = c.req.header('accept-encoding') ?? '';
	const coding = (['br', 'gzip'] satisfies Coding[]).find((one) =>
		new RegExp(`\\b${one}\\b(?!\\s*;\\s*q=0(\\.0*)?(,|$))`).test(accepted),
	);
	const packed = coding && asset.packed(coding);
	const cacheControl = 'public, max-age=31536000, immutable';
	const headers = { 'Content-Type': asset.type, 'Cache-Control': cacheControl, Vary: 'Accept-Encoding' };
	if (!packed) return c.body(asset.bytes, 200, headers);
	return c.body(packed, 200, { ...headers, 'Content-Encoding': coding });
}
