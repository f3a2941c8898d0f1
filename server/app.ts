import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { parseAccept } from 'hono/utils/accept';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { spokenOf } from '../shared/locales/spoken.ts';
import { failedPage } from '../shared/pages/status-page.ts';
import { assetsApi } from './assets-api.ts';
import { answers, isAway } from './database.ts';
import type { Deps, Env } from './deps.ts';
import { devApi } from './dev/dev-api.ts';
import { proofApi } from './employment/proof-api.ts';
import { rosterApi } from './employment/roster-api.ts';
import { testMailApi } from './employment/test-mail-api.ts';
import { voucherApi, voucherDeskApi } from './employment/voucher-api.ts';
import { dayApi } from './letter/day-api.ts';
import { deskApi } from './letter/desk-api.ts';
import { draftApi } from './letter/draft-api.ts';
import { letterApi } from './letter/letter-api.ts';
import { suspensionApi } from './letter/suspension-api.ts';
import { enrolApi, invitationApi } from './organizer/enrol-api.ts';
import { passkeyApi } from './organizer/passkey-api.ts';
import { readinessApi } from './organizer/readiness-api.ts';
import { sessionApi } from './organizer/session-api.ts';
import { deskFolderApi } from './pages/desk-folder-api.ts';
import { deskPages } from './pages/desk-pages-api.ts';
import { frontApi } from './pages/front-api.ts';
import { pagesApi } from './pages/pages-api.ts';
import { reportApi } from './pages/report-api.ts';
import { takenDownApi } from './pages/taken-down-api.ts';
import { Admission } from './platform/admission.ts';
import { identifyClient } from './platform/client.ts';
import { Downloads } from './platform/downloads.ts';
import { Problem, toProblemJson } from './platform/errors.ts';
import { requireOwnOrigin, securityHeaders } from './platform/http.ts';
import { inLanguage } from './platform/languages.ts';
import { embargoApi, embargoDeskApi } from './press/embargo-api.ts';
import { postApi } from './press/post-api.ts';
import { fontsApi } from './published/fonts-api.ts';
import { publishedApi } from './published/published-api.ts';
import { lateStrikeApi } from './release/late-strike-api.ts';
import { openingApi } from './release/opening-api.ts';
import { releaseApi } from './release/release-api.ts';
import { classHeaders, type RouteClass, routeClass } from './route-classes.ts';
import { lostWordsApi, lostWordsDeskApi } from './signature/lost-words-api.ts';
import { signatureApi } from './signature/signature-api.ts';

/** Every concept's api, in one chain so that the types of all routes flow to the client. */
const routes = (deps: Deps) =>
	new Hono<Env>()
		.route('/', ground(deps))
		.route('/', assetsApi(deps))
		.route('/', fontsApi())
		.route('/', devApi(deps))
		.route('/', enrolApi(deps))
		.route('/', sessionApi(deps))
		.route('/', invitationApi(deps))
		.route('/', passkeyApi(deps))
		.route('/', readinessApi(deps))
		.route('/', testMailApi(deps))
		.route('/', draftApi(deps))
		.route('/', deskApi(deps))
		.route('/', suspensionApi(deps))
		.route('/', dayApi(deps))
		.route('/', letterApi(deps))
		.route('/', proofApi(deps))
		.route('/', voucherApi(deps))
		.route('/', voucherDeskApi(deps))
		.route('/', rosterApi(deps))
		.route('/', signatureApi(deps))
		.route('/', lostWordsApi(deps))
		.route('/', lostWordsDeskApi(deps))
		.route('/', openingApi(deps))
		.route('/', releaseApi(deps))
		.route('/', lateStrikeApi(deps))
		.route('/', postApi(deps))
		.route('/', embargoDeskApi(deps))
		.route('/', embargoApi(deps))
		.route('/', deskFolderApi(deps))
		.route('/', takenDownApi(deps))
		.route('/', publishedApi(deps))
		.route('/', frontApi(deps))
		.route('/', pagesApi(deps))
		.route('/', reportApi(deps))
		.route('/', deskPages(deps));

/** How a request came: over a connection; or the program asks itself, for whoever waits (`asker`) or for everybody (null). Tests come with neither. */
type Arriving = Partial<HttpBindings> & { asker?: IncomingMessage | null };

export type AppType = ReturnType<typeof routes>;

export function createApp(deps: Deps, admission = new Admission(), downloads = new Downloads()) {
	const { config } = deps;
	const headers = Object.entries(securityHeaders(config));
	const style = () => deps.assets.style('flow');
	return new Hono<Env & { Bindings: Arriving }>()
		.use(async (c, next) => {
			for (const [name, value] of headers) c.header(name, value);
			setClass(c, routeClass(c.req.method, c.req.path));
			const { incoming, outgoing, asker } = c.env ?? {};
			// What came over no connection counts as coming from nowhere, never as local.
			const remote = (incoming ?? asker)?.socket.remoteAddress ?? '';
			c.set('client', identifyClient(remote, c.req.raw.headers, config.trustedProxies, deps.peers));
			const redirect = config.mode === 'development' && developmentRedirect(c, config.origin);
			if (redirect) return redirect;
			const devWithoutOrigin = c.req.path.startsWith('/dev/') && !c.req.header('origin');
			if (!devWithoutOrigin) requireOwnOrigin(c.req.method, c.req.raw.headers, config.origin);
			// What the program asks of itself waits for nobody.
			c.set('willTake', (bytes) => outgoing && downloads.begin(c.var.client, outgoing, bytes));
			const work = async (request: Request) => {
				c.req.raw = request;
				await next();
				if (outgoing) downloads.limit(outgoing);
			};
			return inLanguage(askedLanguage(c), () =>
				isGround(c.req.path)
					? next()
					: admission.within(c.var.client, { request: c.req.raw, incoming, own: asker === null }, work),
			);
		})
		.route('/', routes(deps))
		.notFound((c) => answer(c, new Problem('not-found'), style))
		.onError((failure, c) => answer(c, asProblem(failure, c, deps), style));
}

/** Of those that the pages speak. A released letter's files are in the letter's own. */
function askedLanguage(c: Context): string {
	const header = c.req.header('accept-language');
	if (!c.req.path.startsWith('/letters/')) c.header('Vary', 'Accept-Language', { append: true });
	return spokenOf(header ? parseAccept(header).map(({ type }) => type) : []);
}

/** A passkey belongs to a host name, so pages opened at 127.0.0.1 move to localhost; other hosts are somebody else's page. */
function developmentRedirect(c: Context, origin: string): Response | undefined {
	const { host, hostname, pathname, search } = new URL(c.req.url);
	if (host === new URL(origin).host) return undefined;
	if (hostname !== '127.0.0.1' && hostname !== '[::1]') throw new Problem('not-found');
	const wantsPage = c.req.method === 'GET' && c.req.header('accept')?.includes('text/html');
	return wantsPage ? c.redirect(`${origin}${pathname}${search}`) : undefined;
}

const isGround = (path: string): boolean => path === '/healthz' || path === '/readyz';

/** What every deployment asks of a server: is it up, does it work. However many others ask. */
const ground = (deps: Deps) =>
	new Hono<Env>()
		.get('/healthz', (c) => c.text('ok'))
		.get('/readyz', async (c) => {
			if (!(await answers(deps.db))) throw new Problem('unavailable');
			return c.text('ready');
		});

/** Only a Problem says what it is; all else is `internal`, or `unavailable` where the database is away, and the log alone learns where it happened. */
function asProblem(failure: unknown, c: Context, deps: Deps): Problem {
	if (failure instanceof Problem) return failure;
	if (failure instanceof HTTPException && failure.status === 400) return new Problem('malformed-request');
	deps.log('request failed', { failure, method: c.req.method, route: c.req.routePath });
	return new Problem(isAway(failure) ? 'unavailable' : 'internal');
}

function setClass(c: Context, kind: RouteClass): void {
	for (const [name, value] of Object.entries(classHeaders[kind])) c.header(name, value);
}

function answer(c: Context, problem: Problem, style: () => string): Response | Promise<Response> {
	// What is not there yet may be in a minute.
	setClass(c, 'private');
	const status: ContentfulStatusCode = problem.status;
	if (problem.retryAfter !== undefined) c.header('Retry-After', String(problem.retryAfter));
	// RFC 9110, section 15.5.9.
	if (status === 408) c.header('Connection', 'close');
	const wantsPage = !c.req.path.startsWith('/api/') && c.req.header('accept')?.includes('text/html');
	if (wantsPage) {
		return c.html(failedPage(status, problem.detail ?? problem.message, { styles: [style()], scripts: [] }), status);
	}
	return c.body(JSON.stringify(toProblemJson(problem)), status, { 'Content-Type': 'application/problem+json' });
}
