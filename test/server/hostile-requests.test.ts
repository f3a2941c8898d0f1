/**
 * Every route that changes anything, as the router itself lists them, against whoever is not the page: a new route is in these tests
 * before its author has thought of them, and fails here until test/support/route-table.ts says what it reads. What another letter's organizer is
 * answered: test/server/another-letter.test.ts.
 */
import { request } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../server/organizer/session.ts';
import { bodyLimit, largeBodies } from '../../server/platform/http.ts';
import { newId } from '../../shared/bytes.ts';
import { errorCodes } from '../../shared/error-codes.ts';
import { type Seat, startLetter } from '../support/desk.ts';
import { everyRow } from '../support/every-row.ts';
import { bodySchemas, deskWithoutSession, filled, type Route, routesOf } from '../support/route-table.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** As a browser says how long a body is. */
const announced = new Headers({ 'content-length': '1' });
const changes = ({ method }: Route) => method !== 'GET' && method !== 'ALL';
const isProduction = ({ path }: Route) => !path.startsWith('/dev/');
/** A parameter that every route takes. */
const pathOf = ({ path }: Route) => filled(path, path.endsWith('/:kind') ? 'close' : newId());

let server: TestServer;
let seats: [Seat, Seat];
let routes: Route[];

beforeAll(async () => {
	server = await startServer();
	seats = await startLetter(server, 'R.', 'K.');
	routes = routesOf(server.deps).filter(changes);
	return server.stop;
});

const cookieOf = async ({ organizer }: Seat) =>
	`organizer=${await openSession(server.deps.db, organizer.id, server.clock.now())}`;

/** Sends it as it is. Time passes, so that nobody is told to come slower. @returns the answer, read as a problem where it is one */
async function knock({ method, name }: Route, path: string, init: RequestInit) {
	server.clock.advance(/\/(start|lost-words)$/.test(name) ? 6 : 0.5);
	const answer = await server.fetch(path, { method, ...init });
	const text = await answer.text();
	const { status } = answer;
	if (status < 400) return { status, code: null, text };
	expect([name, answer.headers.get('content-type')]).toEqual([name, 'application/problem+json']);
	const problem: { code: keyof typeof errorCodes; status: number } = JSON.parse(text);
	expect([name, errorCodes[problem.code]?.status, problem.status]).toEqual([name, status, status]);
	return { status, code: problem.code, text };
}

const json = (cookie: string, body: unknown): RequestInit => ({
	headers: { cookie, 'content-type': 'application/json' },
	body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
});

describe('the routes that change something', () => {
	test('are all known here, with what they read', async () => {
		expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(bodySchemas).sort());
		// A route for all methods would hide among the middleware: these two are all of it.
		const all = routesOf(server.deps).filter(({ method }) => method === 'ALL');
		expect(all.map(({ path }) => path).sort()).toEqual(['/*', '/dev/*']);
		for (const { path } of largeBodies) expect(routes.some((route) => path.test(route.path))).toBe(true);
	});

	test('refuse whoever does not come from the page itself, with a cookie or without', async () => {
		const cookie = await cookieOf(seats[0]);
		const before = await everyRow(server.deps.db);
		const port = new URL(server.origin).port;
		const foreign = ['https://elsewhere.example', 'null', '', `${server.origin}/`, `http://127.0.0.1:${port}`];
		for (const route of routes.filter(isProduction)) {
			for (const origin of [...foreign, `${server.origin}.elsewhere.example`, server.origin.toUpperCase()]) {
				const headers = { origin, cookie, 'content-type': 'application/json' };
				const answer = await knock(route, pathOf(route), { headers, body: '{}' });
				expect([route.name, origin, answer.code]).toEqual([route.name, origin, 'wrong-origin']);
			}
			const none = await fetch(`${server.origin}${pathOf(route)}`, { method: route.method, headers: { cookie } });
			expect([route.name, none.status]).toEqual([route.name, 403]);
		}
		expect(await everyRow(server.deps.db)).toEqual(before);
	});

	test('do nothing when they are only read', async () => {
		const cookie = await cookieOf(seats[0]);
		const before = await everyRow(server.deps.db);
		for (const route of routes) {
			for (const method of ['GET', 'HEAD', 'OPTIONS']) {
				const headers = { cookie, 'x-http-method-override': route.method };
				const answer = await server.fetch(`${pathOf(route)}?_method=${route.method}`, { method, headers });
				expect([route.name, method, answer.status < 500]).toEqual([route.name, method, true]);
			}
		}
		expect(await everyRow(server.deps.db)).toEqual(before);
	});

	test('refuse what is too large before they read it', async () => {
		const cookie = await cookieOf(seats[0]);
		for (const route of routes.filter(isProduction)) {
			const path = pathOf(route);
			const code = await announce(route, path, bodyLimit(path, announced) + 1, cookie);
			expect([route.name, code]).toEqual([route.name, 'too-large']);
			// Without saying how much comes, nobody may send more than a little: it would be read before anybody knows who it is.
			const unannounced = new Blob(['x'.repeat(300 * 1024)]).stream();
			const init = { body: unannounced, duplex: 'half', headers: { cookie } } as RequestInit;
			expect([route.name, (await knock(route, path, init)).code]).toEqual([route.name, 'too-large']);
		}
	});

	test('refuse what is not JSON, and JSON of another shape', async () => {
		const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
		for (const route of routes) {
			if (!bodySchemas[route.name]) continue;
			const path = pathOf(route);
			const cookie = await cookieOf(seats[0]);
			const send = async (body: unknown) => (await knock(route, path, json(cookie, body))).code;
			for (const body of ['', '{', '<a/>', 'NaN', '{"a":1}}', "{'a':1}", new Uint8Array([0xff, 0xfe, 0x00])]) {
				expect([route.name, body, await send(body)]).toEqual([route.name, body, 'malformed-request']);
			}
			for (const body of ['null', '0', '"x"', 'true', '[1]', '{"unexpected":1}', '{"__proto__":{}}']) {
				expect([route.name, body, await send(body)]).toEqual([route.name, body, 'invalid-input']);
			}
			expect([route.name, await send(`{"a":${deep}}`)]).toEqual([route.name, 'invalid-input']);
		}
	});

	test('that read no body do not mind one', async () => {
		for (const route of routes.filter(isProduction)) {
			if (bodySchemas[route.name]) continue;
			for (const body of ['{', 'null', '{"unexpected":1}']) {
				const { status } = await knock(route, pathOf(route), json(await cookieOf(seats[0]), body));
				expect([route.name, status < 500]).toEqual([route.name, true]);
			}
		}
	});
});

describe('the desk', () => {
	test('answers strangers, ended and made-up sessions alike', async () => {
		const ended = await cookieOf(seats[0]);
		await server.fetch('/api/desk/logout', { method: 'POST', headers: { cookie: ended } });
		const reading = routesOf(server.deps).filter(({ method }) => method === 'GET');
		const desk = [...routes, ...reading].filter(({ path }) => /^\/api\/desk(\/|$)/.test(path));
		const open: string[] = [];
		for (const route of desk) {
			const init = (cookie: string) => (route.method === 'GET' ? { headers: { cookie } } : json(cookie, {}));
			const stranger = await knock(route, pathOf(route), init(''));
			if (stranger.code !== 'not-signed-in') open.push(route.name);
			if (deskWithoutSession.includes(route.name)) continue;
			for (const cookie of [
				ended,
				'organizer=',
				`organizer=${newId()}`,
				'organizer=%00',
				'organizer=%ff; organizer=x',
			]) {
				expect([route.name, cookie, await knock(route, pathOf(route), init(cookie))]).toEqual([
					route.name,
					cookie,
					stranger,
				]);
			}
		}
		expect(open.sort()).toEqual([...deskWithoutSession].sort());
	});
});

test('a path that no database takes leads nowhere', async () => {
	for (const path of ['/letters/%00', '/letters/%00/release.json', '/letters/a%00/recount', '/l/%00', '/assets/%00']) {
		expect([path, (await server.fetch(path)).status]).toEqual([path, 404]);
	}
	expect((await server.fetch('/api/links/%00')).status).toBe(400);
});

/** Says how long the body will be, and waits for the answer without sending it. @returns the problem's code */
function announce({ method }: Route, path: string, bytes: number, cookie: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = { cookie, origin: server.origin, 'content-type': 'application/json', 'content-length': bytes };
		const asking = request(new URL(path, server.origin), { method, headers }, async (answer) => {
			const chunks: Buffer[] = [];
			for await (const chunk of answer) chunks.push(chunk);
			asking.destroy();
			resolve(JSON.parse(Buffer.concat(chunks).toString()).code);
		});
		asking.once('error', reject);
		asking.write('{');
	});
}
