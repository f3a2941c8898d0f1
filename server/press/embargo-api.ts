import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { vValidator } from '@hono/valibot-validator';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { embargoLinkRequest } from '../../shared/api/embargo.ts';
import { id } from '../../shared/api/shapes.ts';
import { writeTime } from '../../shared/document.ts';
import { endedLinkPage, nothingApprovedPage, preparingPage } from '../../shared/pages/embargo-pages.ts';
import type { Deps, Env } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { orBrokenOff } from '../platform/broken-off.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { acceptedCodings } from '../published/accepted-coding.ts';
import { isSecret, makeLink, revokeLink, type Visit, visit } from './embargo.ts';
import { withBanner } from './prepared-for.ts';
import { openFile, type StagedFile } from './sealed-slices.ts';

const idParam = v.strictObject({ id });

/** Organizers give links to journalists, see for whom and by whom there are some, and take them back. */
export const embargoDeskApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/embargo-links',
			requireOrganizer(deps),
			vValidator('json', embargoLinkRequest, refuseInvalid),
			async (c) => {
				const secret = await makeLink(deps, c.var.organizer, c.req.valid('json'));
				return c.json({ link: `${deps.config.origin}/e/${secret}/` });
			},
		)
		.delete(
			'/api/desk/embargo-links/:id',
			requireOrganizer(deps),
			vValidator('param', idParam, refuseInvalid),
			async (c) => {
				await revokeLink(deps, c.var.organizer.letter, c.req.valid('param').id);
				return c.body(null, 204);
			},
		);

/** The letter's folder for one outlet: private in every header, readable without scripts. Proven by test/server/press/embargo.test.ts. */
export const embargoApi = (deps: Deps) =>
	new Hono<Env>()
		.get('/e/:secret', (c) => {
			const { secret } = c.req.param();
			if (!isSecret(secret)) throw new Problem('not-found');
			return c.redirect(`/e/${secret}/`, 308);
		})
		.get('/e/:secret/:path{.*}', async (c) => {
			const { secret, path } = c.req.param();
			c.header('X-Robots-Tag', 'noindex, nofollow, noarchive');
			const met = await visit(deps, secret);
			if (met.kind !== 'open') return elsewhere(deps, c, met);
			const file = await openFile(deps, met, path === '' ? 'index.html' : path);
			if (file === null) throw new Problem('not-found');
			return send(deps, c, withBanner(file, met.outlet, writeTime(met.until)));
		});

type Elsewhere = Exclude<Visit, { kind: 'open' }>;

function elsewhere(deps: Deps, c: Context, met: Elsewhere): Response | Promise<Response> {
	const frame = { styles: [deps.assets.style('flow')], scripts: [] };
	switch (met.kind) {
		case 'unknown':
			throw new Problem('not-found');
		case 'released':
			return c.redirect(`/letters/${met.slug}/`, 302);
		case 'ended':
			return c.html(endedLinkPage(frame), 410);
		case 'unapproved':
			return c.html(nothingApprovedPage(frame));
		case 'preparing':
			return c.html(preparingPage(frame), 503, { 'Retry-After': '60' });
	}
}

/** Fonts and pictures are packed already. */
const compressible = /^(text\/|application\/(json|jose))/;

/** Packed on the way: few read it, and nothing readable may be kept ready. */
function send({ log }: Deps, c: Context, { mediaType, first, rest }: StagedFile): Response {
	const best = compressible.test(mediaType) ? acceptedCodings(c.req.header('accept-encoding'))[0] : 'identity';
	c.header('Content-Type', mediaType);
	c.header('Vary', 'Accept-Encoding');
	if (best !== undefined && best !== 'identity') c.header('Content-Encoding', best);
	if (c.req.method === 'HEAD') return c.body(null);
	const plain = Readable.from(orBrokenOff(log, whole(first, rest())));
	const packed = best === 'br' ? plain.compose(brotli()) : best === 'gzip' ? plain.compose(createGzip()) : plain;
	return c.body(Readable.toWeb(packed) as NodeStream as ReadableStream<Uint8Array>);
}

const brotli = () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

async function* whole(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield first;
	yield* rest;
}
