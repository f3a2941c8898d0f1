import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { createLink } from '../../../server/letter/link.ts';
import { openSession } from '../../../server/organizer/session.ts';
import { endSessions, saveSuspension } from '../../../server/organizer/suspension-store.ts';
import { Admission } from '../../../server/platform/admission.ts';
import { makeLink } from '../../../server/press/embargo.ts';
import { dropDraft } from '../../../server/release/draft.ts';
import { largestBody } from '../../../server/release/largest-body.ts';
import { findDraftHead } from '../../../server/release/release-store.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { type DatabaseKind, databaseKinds } from '../../support/databases.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { placeInReview, REVIEW, type Review } from './in-review.ts';

const LARGE = 300_000;
const routes = [
	['PUT', '/api/desk/release'],
	['PUT', '/api/desk/contribution'],
	['POST', '/api/desk/release/approve'],
	['PUT', '/api/desk/draft'],
	['POST', '/api/desk/amendments'],
	['POST', '/api/desk/mailings'],
] as const;

async function begin(database: DatabaseKind = 'pglite') {
	const server = await startServer({ database, now: REVIEW });
	return { server, review: await placeInReview(server) };
}

/** A session of organizer `by` (from 0), in a cookie. */
async function sessionOf({ deps }: TestServer, { letter }: Review, by: number): Promise<string> {
	return `organizer=${await openSession(deps.db, letter.organizers[by]?.id ?? '', deps.clock.now())}`;
}

interface At {
	origin: string;
	/** Where it is not the origin's. */
	port?: number;
}

/** A request that announces a large body and has sent none of it yet. */
function announced({ origin, port }: At, cookie: string, [method, path]: readonly [string, string], length = LARGE) {
	const headers = {
		...{ origin, cookie, 'content-type': 'application/json', 'content-length': length, expect: '100-continue' },
	};
	const to = new URL(path, origin);
	if (port !== undefined) to.port = String(port);
	const asking = request(to, { method, headers });
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
async function unread(server: At, cookie: string, route: readonly [string, string], length = LARGE) {
	const answer = await announced(server, cookie, route, length).answered;
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

test.each(databaseKinds)(
	'no body is larger than what its letter has, and what that is nobody comes near (%s)',
	async (database) => {
		const { server, review } = await begin(database);
		const cookie = await sessionOf(server, review, 0);
		for (const route of routes) {
			expect(await unread(server, cookie, route, 8_000_000)).toEqual([413, undefined, 'too-large']);
		}
		const { db } = server.deps;
		const signatures = review.letter.signers.length;
		const before = await largestBody(db, review.id, 'release');
		const { release } = await review.compose();
		expect(JSON.stringify({ release: writeReleaseFile(release) }).length * 20).toBeLessThan(before);
		// Lines as long as lines can be, all of them quotation marks.
		const longest = JSON.stringify({ release: `${'"'.repeat(LIMITS.signatureLine)},\n`.repeat(signatures) });
		expect(before).toBeGreaterThan(LIMITS.brought + longest.length - 20);
		expect(await largestBody(db, review.id, 'contribution')).toBeGreaterThan(
			LIMITS.brought + signatures * LIMITS.organizers * b64u(new Uint8Array(32 + LIMITS.share)).length - 1,
		);
		// A text that was amended, and both stand in the release.
		const text = '"'.repeat(150_000);
		const charter = {
			letter: review.id,
			number: 2,
			fingerprint: 'f',
			charter: '{}',
			text_document: text,
			standing: true,
		};
		await db.insertInto('charters').values(charter).execute();
		expect((await largestBody(db, review.id, 'release')) - before).toBeGreaterThan(JSON.stringify(text).length - 2);
	},
);

test('who is suspended while a large body comes in changes nothing with it', async () => {
	const { server, review } = await begin();
	const { deps } = server;
	const [by, route] = [review.letter.organizers[2]?.id ?? '', routes[0]];
	const composed = await review.compose();
	expect(await review.propose(0, composed)).toMatchObject({ status: 204 });
	const cookie = await sessionOf(server, review, 2);
	const { asking, answered, reached } = announced(server, cookie, route);
	await reached;
	// By now the server knows whose it is.
	expect(await unread(server, cookie, route)).toEqual([503, '30', 'overloaded']);
	await deps.db.transaction().execute(async (trx) => {
		await saveSuspension(trx, review.id, { organizer: by, turn: 1, suspended: true });
		await endSessions(trx, by);
	});
	const { attempt, slug, releaseAt } = (await review.compose()).release.terms;
	const keys = review.letter.organizers.map(({ id }) => ({ organizer: id, sealed: b64u(randomBytes(80)) }));
	const rest = { attempt, slug, releaseHash: b64u(randomBytes(32)), releaseAt, keys, box: '' };
	asking.end(JSON.stringify({ ...rest, box: 'A'.repeat(LARGE - JSON.stringify(rest).length) }));
	const answer = await answered;
	expect([answer.statusCode, JSON.parse(await text(answer)).code]).toEqual([401, 'not-signed-in']);
	expect(await findDraftHead(deps.db, review.id)).toMatchObject({ releaseHash: composed.releaseHash });
	expect(await deps.db.selectFrom('draft_slices').select('slice').execute()).toHaveLength(1);

	const organizer = { id: by, letter: review.id, name: 'L.', key: '', sealing: '' };
	const late = deps.db.transaction();
	for (const act of [
		late.execute((trx) => dropDraft(trx, organizer, deps.clock.now())),
		createLink(deps, organizer, ''),
		makeLink(deps, organizer, { outlet: 'A', expiresAt: '2027-02-20T10:00:00Z' }),
	]) {
		await expect(act).rejects.toMatchObject({ code: 'not-signed-in' });
	}
});

test('a large body that stops coming is answered with 408, whatever reads it, and the next one is taken', async () => {
	const { server, review } = await begin();
	const app = createApp(server.deps, new Admission(undefined, 100));
	const impatient = createServer(getRequestListener(app.fetch));
	await new Promise<void>((resolve) => impatient.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void impatient.close());
	const at = { origin: server.origin, port: (impatient.address() as AddressInfo).port };
	const cookie = await sessionOf(server, review, 0);
	for (const route of routes) {
		const { asking, answered } = announced(at, cookie, route);
		asking.write(`{"box":"${'A'.repeat(1_000)}`);
		const answer = await answered;
		expect([route, answer.statusCode, JSON.parse(await text(answer)).code]).toEqual([route, 408, 'too-slow']);
	}
});

test('of a body that breaks off nothing is left, and its organizer sends the next one', async () => {
	const { server, review } = await begin();
	const { db } = server.deps;
	const cookie = await sessionOf(server, review, 0);
	const slices = () => db.selectFrom('draft_slices').select('slice').execute();
	const { asking, answered, reached } = announced(server, cookie, routes[0], 3_000_000);
	answered.catch(() => {});
	await reached;
	asking.write(`{"box":"${'A'.repeat(2_300_000)}`);
	await vi.waitFor(async () => expect(await slices()).toHaveLength(2), 60_000);
	asking.destroy();
	await vi.waitFor(async () => expect(await slices()).toHaveLength(0), 60_000);
	await vi.waitFor(
		async () => expect((await unread(server, cookie, routes[0], 8_000_000))[2]).toBe('too-large'),
		60_000,
	);
});
