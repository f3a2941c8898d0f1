import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { readTextDocument, type TextDocument } from '../../shared/charter.ts';
import { recountPage } from '../../shared/pages/recount-page.ts';
import { slugSchema } from '../../shared/release.ts';
import { sendAsset } from '../assets-api.ts';
import type { Db } from '../database.ts';
import type { Deps, Env } from '../deps.ts';
import { listCharters } from '../letter/charter-store.ts';
import { Problem } from '../platform/errors.ts';
import { type Coding, findHead, type PublishedHead, readSlice } from './published-store.ts';
import { JWS_PATH, PAGE_PATH, RELEASE_PATH, STYLE_PATH } from './render.ts';

/** Bytes that one query reads: a large release file is never in memory as a whole. */
const sliceBytes = 2 ** 20;

/** Short, so that a withdrawn name is gone from caches soon; the ETag makes asking again cheap. */
const forAMinute = 'public, max-age=60, must-revalidate';

/** A released letter to everybody: no cookie, no script needed, a strong ETag on each file. */
export const publishedApi = (deps: Deps) =>
	new Hono<Env>()
		.get(STYLE_PATH, (c) => {
			const style = deps.assets.find(deps.assets.style('letter').slice('/assets/'.length));
			if (!style) throw new Problem('not-found');
			return sendAsset(c, style, 'public, max-age=3600');
		})
		.get('/letters/:slug', (c) => serveFile(deps, c, slugOf(c.req.param('slug')), PAGE_PATH))
		.get('/letters/:slug/release.json', (c) => {
			shareWithEverybody(c);
			return serveFile(deps, c, slugOf(c.req.param('slug')), RELEASE_PATH);
		})
		.get('/letters/:slug/release.json.jws', (c) => {
			shareWithEverybody(c);
			return serveFile(deps, c, slugOf(c.req.param('slug')), JWS_PATH);
		})
		.get('/letters/:slug/recount', async (c) => {
			const slug = slugOf(c.req.param('slug'));
			const page = await findHead(deps.db, slug, PAGE_PATH, ['identity']);
			if (page === null) throw new Problem('not-found');
			const letter = `/letters/${slug}`;
			const links = { letter, release: `${letter}/${RELEASE_PATH}`, jws: `${letter}/${JWS_PATH}` };
			const { title, language } = await textOf(deps.db, page.letter);
			const built = { styles: [STYLE_PATH], scripts: [deps.assets.script('verify')] };
			return c.html(recountPage({ title, language, links, ...built }));
		});

/** What cannot be a letter's address reaches no query: a database refuses some of it with an error. @throws Problem `not-found` */
function slugOf(asked: string): string {
	if (!v.is(slugSchema, asked)) throw new Problem('not-found');
	return asked;
}

/** The text that stands: an abandoned letter has none, and no published file either. */
async function textOf(db: Db, letter: string): Promise<TextDocument> {
	const last = (await listCharters(db, letter)).findLast((row) => row.standing);
	if (last === undefined) throw new Problem('not-found');
	return readTextDocument(last.textDocument);
}

/** Anybody's recount page may fetch the files, from wherever it stands. */
function shareWithEverybody(c: Context): void {
	c.header('Access-Control-Allow-Origin', '*');
	c.header('Access-Control-Expose-Headers', 'ETag');
	c.header('Cross-Origin-Resource-Policy', 'cross-origin');
}

/** `br` is accepted unless it has a weight of 0 (RFC 9110, section 12.5.3). */
const acceptsBrotli = (header: string | undefined): boolean =>
	(header ?? '').split(',').some((one) => /^\s*br\s*(;\s*q=(0\.\d*[1-9]\d*|1(\.0*)?)\s*)?$/i.test(one));

/** RFC 9110, section 13.1.2: compared without regard to the mark of a weak one. */
const knows = (header: string | undefined, etag: string): boolean =>
	header?.trim() === '*' || (header ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

async function serveFile({ db }: Deps, c: Context, slug: string, path: string): Promise<Response> {
	const compressed = acceptsBrotli(c.req.header('accept-encoding'));
	const codings: Coding[] = compressed ? ['br', 'identity'] : ['identity'];
	const file = await findHead(db, slug, path, codings);
	if (file === null) throw new Problem('not-found');
	c.header('ETag', file.etag);
	c.header('Cache-Control', forAMinute);
	c.header('Vary', 'Accept-Encoding');
	if (knows(c.req.header('if-none-match'), file.etag)) return c.body(null, 304);
	c.header('Content-Type', file.mediaType);
	c.header('Content-Length', String(file.length));
	if (file.coding !== 'identity') c.header('Content-Encoding', file.coding);
	return c.req.method === 'HEAD' ? c.body(null) : c.body(sliced(db, file));
}

/** The file slice by slice, as fast as it is taken. Ends with an error where a withdrawal has replaced it meanwhile: it is asked for again. */
function sliced(db: Db, file: PublishedHead): ReadableStream<Uint8Array> {
	let from = 0;
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			if (from >= file.length) return controller.close();
			const slice = await readSlice(db, file, from, sliceBytes);
			if (slice === null) throw new Problem('not-found');
			from += slice.length;
			controller.enqueue(slice);
			if (from >= file.length) controller.close();
		},
	});
}
