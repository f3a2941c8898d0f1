import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { openSession } from '../../../server/organizer/session.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { placeInReview, REVIEW, type Review } from './in-review.ts';

const LARGE = 300_000;
const routes = [
	['PUT', '/api/desk/release'],
	['PUT', '/api/desk/contribution'],
	['POST', '/api/desk/release/approve'],
] as const;

async function begin() {
	const server = await startServer({ database: 'pglite', now: REVIEW });
	return { server, review: await placeInReview(server) };
}

/** A session of organizer `by` (from 0), in a cookie. */
async function sessionOf({ deps }: TestServer, { letter }: Review, by: number): Promise<string> {
	return `organizer=${await openSession(deps.db, letter.organizers[by]?.id ?? '', deps.clock.now())}`;
}

/** A request that announces a large body and has sent none of it yet. */
function announced({ origin }: TestServer, cookie: string, [method, path]: readonly [string, string]) {
	const headers = {
		...{ origin, cookie, 'content-type': 'application/json', 'content-length': LARGE, expect: '100-continue' },
	};
	const asking = request(`${origin}${path}`, { method, headers });
	onTestFinished(() => void asking.destroy());
	const answered = new Promise<IncomingMessage>((resolve, reject) => {
		asking.once('error', reject).once('response', resolve);
	});
	// Said before the program is called, in the same turn.
	const reached = new Promise<void>((resolve) => asking.once('continue', resolve));
	asking.flushHeaders();
	return { asking, answered, reached };
}

/** Of one that is answered with its body unread. */
async function unread(server: TestServer, cookie: string, route: readonly [string, string]) {
	const answer = await announced(server, cookie, route).answered;
	return [answer.statusCode, answer.headers['retry-after'], JSON.parse(await text(answer)).code];
}

test('an organizer sends one large body at a time; others, and what is small, do not wait for it', async () => {
	const { server, review } = await begin();
	const { release, releaseHash } = await review.compose();
	const [first, second] = [await sessionOf(server, review, 0), await sessionOf(server, review, 1)];
	const { asking, answered, reached } = announced(server, first, routes[0]);
	await reached;
	// Whichever of them it is, and from whichever of the organizer's browsers.
	const again = await sessionOf(server, review, 0);
	for (const route of routes) {
		expect(await unread(server, again, route)).toEqual([503, '30', 'overloaded']);
	}
	expect(await review.ask(0, 'PUT', '/api/desk/contribution', {})).toMatchObject({ status: 400 });
	const other = announced(server, second, routes[0]);
	other.asking.end(`{"box":"${'A'.repeat(LARGE - 10)}"}`);
	expect((await other.answered).statusCode).toBe(400);

	const { attempt, slug, releaseAt } = release.terms;
	const keys = review.letter.organizers.map(({ id }) => ({ organizer: id, sealed: b64u(randomBytes(80)) }));
	const rest = { attempt, slug, releaseHash, releaseAt, keys, box: '' };
	const draft = JSON.stringify({ ...rest, box: 'A'.repeat(LARGE - JSON.stringify(rest).length) });
	asking.end(draft);
	expect((await answered).statusCode).toBe(204);
	// And the next one after it.
	const next = announced(server, first, routes[0]);
	next.asking.end(draft);
	expect((await next.answered).statusCode).toBe(204);
});

test('a large body that cannot be needed is refused unread', async () => {
	const { server, review } = await begin();
	await review.schedule(await review.compose());
	const cookie = await sessionOf(server, review, 0);
	for (const route of routes.slice(0, 2)) {
		expect(await unread(server, cookie, route)).toEqual([409, undefined, 'wrong-state']);
	}
});
