/**
 * Every route with bodies that fit its schema and are hostile within it, and headers that are none the better, as a stranger and as an organizer of a letter in draft, open, in
 * review and released: whatever comes, the server answers with a problem that it knows, and never fails. Seeded.
 */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { openSession } from '../../server/organizer/session.ts';
import { newId } from '../../shared/bytes.ts';
import { decide } from '../../shared/client/deciding.ts';
import { makeLink } from '../../shared/client/drafting.ts';
import { readDesk } from '../../shared/client/organizer.ts';
import { errorCodes } from '../../shared/error-codes.ts';
import { bodiesFor } from '../support/arbitrary-body.ts';
import { databaseKinds } from '../support/databases.ts';
import { openLetter, type Seat, standing, startLetter } from '../support/desk.ts';
import { hours } from '../support/drafts.ts';
import { bodySchemas, filled, type Route, routesOf } from '../support/route-table.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { release } from './press/released.ts';

/** For each route on each database: about ten seconds in all. */
const numRuns = inject('scale') === 'full' ? 200 : 8;

/** In draft, open, and in review after last call. */
async function threeLetters(server: TestServer): Promise<{ seats: Seat[]; known: string[] }> {
	const inReview = await startLetter(server, 'R.', 'K.');
	const { root, fingerprint, charter } = await openLetter(server, inReview, { lastCallHours: 1 });
	for (const { call, organizer } of inReview) await decide(call, organizer, await standing(inReview[0]), 'close');
	server.clock.set(new Date(server.clock.now().getTime() + hours(2)));
	const open = await startLetter(server, 'Ada', 'Bo');
	const opened = await openLetter(server, open);
	const link = await makeLink(open[0].call, 'the canteen');
	const draft = await startLetter(server, 'Noor', 'Sam');
	const frozen = (await readDesk(open[0].call)).chain?.charters ?? [];
	const known = [root, fingerprint, charter.letter, opened.root, opened.charter.letter, opened.charter.text, link];
	for (const { groups, organizers } of [charter, opened.charter]) {
		known.push(...groups.map(({ id }) => id), ...organizers.flatMap(({ id, key, sealing }) => [id, key, sealing]));
	}
	return { seats: [inReview[0], open[0], draft[0]], known: [...known, ...frozen] };
}

/** What stands in place of a parameter, as it travels. */
const placed = (known: readonly string[]) =>
	fc.oneof(
		fc.constantFrom(...known.filter((text) => text.length === 22), 'close', 'abandon', newId()),
		fc.constantFrom(
			'%00',
			'%ff',
			'%',
			'%2e%2e',
			'%ED%A0%80',
			'%F0%9F%96%8B',
			'a%00b',
			"';--",
			'a'.repeat(2_000),
			'__proto__',
		),
		fc.string().map((text) => encodeURIComponent(text.toWellFormed())),
	);

/** What programs on the way, and people at the keyboard, put into headers. */
const header = fc.constantFrom(
	{},
	{ range: 'bytes=0-0,5-1,-9999999999999999999' },
	{ range: 'bytes=-1', 'if-range': '"' },
	{ 'if-none-match': `W/"${'a'.repeat(4_000)}",*,` },
	{ 'accept-language': 'x-\xff;q=2,en;q=NaN,*;q=-1' },
	{ accept: 'text/html;q=a,*/*;q=', 'accept-encoding': 'br;q=0,gzip;q=1e9,*' },
	{ cookie: `organizer=${'%'.repeat(3_000)}; organizer=; =;` },
	{ 'x-forwarded-for': `,,${'1.1.1.1,'.repeat(300)}::ffff:1.2.3.4%25`, forwarded: 'for=";"' },
	{ 'content-type': 'application/json; charset=utf-7' },
	{ 'content-type': 'multipart/form-data; boundary=' },
);

/** After the path: mostly nothing, as pages ask, or hostile, also for what some pages read of it. */
const query = fc.oneof(
	...[
		{ weight: 3, arbitrary: fc.constant('') },
		{ weight: 1, arbitrary: fc.constantFrom('?', '?%', '?%00=%ff', `?q=${'a'.repeat(1_500)}`, '?__proto__=1&a&a&=') },
	],
	fc
		.tuple(fc.constantFrom('page', 'letter'), fc.oneof(fc.string({ unit: 'binary' }), fc.double().map(String)))
		.map(([name, text]) => `?${name}=${encodeURIComponent(text.toWellFormed())}`),
);

/** `places`: what stands in place of parameters more often than chance has it. */
type Fuzz = { server: TestServer; known: readonly string[]; places: readonly string[]; runs: number };

/** @returns each route that failed, and with what */
async function fuzzAll(of: Fuzz, cookies: readonly (() => Promise<string>)[]): Promise<string[]> {
	const { server, known, places, runs } = of;
	const failed: string[] = [];
	const fuzz = async ({ method, path, name }: Route) => {
		const schema = bodySchemas[name];
		const body = schema ? bodiesFor(schema, known) : fc.constant(undefined);
		const value = places.length > 0 ? fc.oneof(fc.constantFrom(...places), placed(known)) : placed(known);
		const input = fc.tuple(value, body, fc.nat(cookies.length), header, query, fc.boolean());
		const property = fc.asyncProperty(input, async ([value, sent, by, more, asked, headOnly]) => {
			// A while later, so that nobody is told to come slower.
			server.clock.advance(1);
			const cookie = (await cookies[by]?.()) ?? '';
			const headers = { cookie, 'content-type': 'application/json', ...more };
			const as = method === 'GET' && headOnly ? 'HEAD' : method;
			const init = sent === undefined ? { method: as, headers } : { method: as, headers, body: JSON.stringify(sent) };
			const answer = await server.fetch(filled(path, value) + asked, init);
			const text = await answer.text();
			expect(answer.status).toBeLessThan(500);
			if (as === 'HEAD') {
				expect(text).toBe('');
				return;
			}
			// People get a page that says so, programs a problem.
			if (answer.status < 400 || answer.headers.get('content-type')?.startsWith('text/html')) return;
			const { code }: { code: keyof typeof errorCodes } = JSON.parse(text);
			expect([code, answer.status]).toEqual([code, errorCodes[code]?.status]);
		});
		await fc
			.assert(property, { numRuns: runs })
			.catch(({ message, cause }: Error) => failed.push(`${name}: ${message}\n${cause}`));
	};
	const tried = routesOf(server.deps).filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/dev/'));
	for (const route of tried) await fuzz(route);
	return failed;
}

const contact = 'host@example.org';

/** The one route that reads a form. */
async function fuzzReports(server: TestServer): Promise<void> {
	const anything = fc.string({ unit: 'binary', maxLength: 3_000 });
	const reason = fc.constantFrom('', 'other', '__proto__', 'law');
	const form = fc.record({ letter: anything, reason, text: anything, answer: fc.string(), unexpected: anything });
	for (const fields of fc.sample(form, { numRuns })) {
		server.clock.advance(30);
		const answer = await server.fetch('/report', { method: 'POST', body: new URLSearchParams(fields) });
		expect(answer.status).toBeLessThan(500);
	}
	const reports = server.relay.mails.filter(({ subject }) => subject === 'A letter was reported');
	expect(new Set(reports.flatMap(({ to }) => to)).size).toBeLessThanOrEqual(1);
	for (const { to } of reports) expect(to).toEqual([contact]);
}

describe.each(databaseKinds)('whatever comes (%s)', (database) => {
	test('is answered, by a problem that is known or as it should be', async () => {
		const server = await startServer({ database, host: { contact } });
		const { seats, known } = await threeLetters(server);
		const cookies = seats.map(({ organizer }) => async () => {
			return `organizer=${await openSession(server.deps.db, organizer.id, server.clock.now())}`;
		});
		expect(await fuzzAll({ server, known, places: [], runs: numRuns }, cookies)).toEqual([]);
		await fuzzReports(server);
		const letters = await server.deps.db.selectFrom('letters').select('state').orderBy('state').execute();
		expect(letters.map(({ state }) => state)).toEqual(['draft', 'open', 'review']);
	}, 480_000);
});

test('whatever comes to a released letter is answered, and it stays as it is', async () => {
	const { server, review, recount } = await release('postgres');
	const { root, charter } = review.letter;
	const before = await recount();
	expect(before).toMatchObject({ ok: true });
	const entries = await server.deps.db.selectFrom('signatures').select('key').execute();
	const known = [root, charter.letter, ...charter.organizers.map(({ id }) => id), ...entries.map(({ key }) => key)];
	const places = ['a-letter', 'a-letter/release.json', 'a-letter/', 'release.json', '1'];
	const cookies = charter.organizers.slice(0, 1).map(({ id }) => async () => {
		return `organizer=${await openSession(server.deps.db, id, server.clock.now())}`;
	});
	const runs = Math.ceil(numRuns / 2);
	expect(await fuzzAll({ server, known, places, runs }, cookies)).toEqual([]);
	expect(await recount()).toEqual(before);
}, 480_000);
