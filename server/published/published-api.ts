import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { slugSchema } from '../../shared/release.ts';
import type { Db } from '../database.ts';
import type { Deps, Env } from '../deps.ts';
import { piecewise } from '../platform/broken-off.ts';
import { Problem } from '../platform/errors.ts';
import { spent } from '../platform/spent-buffers.ts';
import { acceptedCodings } from './accepted-coding.ts';
import { askedRange, type ByteRange } from './byte-range.ts';
import { isSafePath } from './files-list.ts';
import { knowsTag } from './known-tag.ts';
import { findHead, type PublishedHead, readPiece } from './published-store.ts';
import { PAGE_PATH } from './rendered-file.ts';

/** All else is kept for a minute, as route-classes.ts says: a withdrawn name is gone from caches soon, and the ETag makes asking again cheap. Their names hold a hash of what is in them. */
const forAYear = 'public, max-age=31536000, immutable';

/** With the connection, where there is one. */
type FileEnv = Env & { Bindings: Partial<HttpBindings> };

/** A released letter to everybody: a folder of files, without cookies, each with a strong ETag. What other headers they have, route-classes.ts says. */
export const publishedApi = (deps: Deps) =>
	new Hono<FileEnv>()
		.get('/letters/:slug', async (c) => {
			const { slug } = c.req.param();
			await getHead(deps.db, c, slug, PAGE_PATH);
			// Relative, so that it holds behind any proxy and on any mirror; links in the page are, too.
			return c.body(null, 308, { Location: `${slug}/${new URL(c.req.url).search}` });
		})
		.get('/letters/:slug/:path{.*}', async (c) => {
			const { slug, path } = c.req.param();
			const file = await getHead(deps.db, c, slug, path === '' ? PAGE_PATH : path);
			if (!knowsTag(c.req.header('if-none-match'), file.etag)) return send(deps, c, file);
			name(c, file);
			return c.body(null, 304);
		});

/** Which version it is, and for how long: of an answer that is one. */
function name(c: Context, { etag, path }: PublishedHead): void {
	c.header('ETag', etag);
	if (path.startsWith('assets/')) c.header('Cache-Control', forAYear);
	c.header('Vary', 'Accept-Encoding');
}

/** What cannot be an address reaches no query: a database refuses some of it with an error. @throws Problem `not-found` */
async function getHead(db: Db, c: Context, slug: string, path: string): Promise<PublishedHead> {
	const known = v.is(slugSchema, slug) && isSafePath(path);
	const file = known ? await findHead(db, slug, path, acceptedCodings(c.req.header('accept-encoding'))) : null;
	if (file === null) throw new Problem('not-found');
	return file;
}

/** Ranges are of files as they are, not packed: there a part can be used without the rest. */
function send({ db, log }: Deps, c: Context<FileEnv>, file: PublishedHead): Response {
	const { coding, mediaType, length } = file;
	const asIs = coding === 'identity';
	const headers = { range: c.req.header('range'), ifRange: c.req.header('if-range') };
	const range = asIs && c.req.method === 'GET' ? askedRange(headers, file.etag, length) : null;
	if (range === 'unsatisfiable') {
		name(c, file);
		return c.body(null, 416, { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes */${length}` });
	}
	const part = range ?? { first: 0, last: length - 1 };
	const bytes = part.last - part.first + 1;
	const isHead = c.req.method === 'HEAD';
	// It may be refused, and a refusal has none of the headers below.
	if (!isHead) c.var.willTake(bytes);
	name(c, file);
	if (asIs) c.header('Accept-Ranges', 'bytes');
	else c.header('Content-Encoding', coding);
	if (range) c.header('Content-Range', `bytes ${range.first}-${range.last}/${length}`);
	c.header('Content-Type', mediaType);
	c.header('Content-Length', String(bytes));
	c.status(range ? 206 : 200);
	return isHead ? c.body(null) : c.body(piecewise(piecesOf(db, file, part), log));
}

/** Ends with an error where a withdrawal has replaced the file meanwhile: it is asked for again. */
async function* piecesOf(db: Db, file: PublishedHead, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
	for (let from = first; from <= last; ) {
		const piece = await readPiece(db, file, from);
		if (piece === null) throw new Problem('not-found');
		yield piece.subarray(0, last + 1 - from);
		from += piece.length;
		spent(piece);
	}
}
