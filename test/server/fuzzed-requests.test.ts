/**
 * Every route with bodies that fit its schema and are hostile within it, as a stranger and as an organizer of a letter in draft, open and in
 * review: whatever comes, the server answers with a problem that it knows, and never fails. Seeded.
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
			'a'.repeat(5_000),
			'__proto__',
		),
		fc.string().map((text) => encodeURIComponent(text.toWellFormed())),
	);

describe.each(databaseKinds)('whatever comes (%s)', (database) => {
	test('is answered, by a problem that is known or as it should be', async () => {
		const server = await startServer({ database });
		const { seats, known } = await threeLetters(server);
		const cookie = async (seat: Seat | undefined) =>
			seat ? `organizer=${await openSession(server.deps.db, seat.organizer.id, server.clock.now())}` : '';

		const failed: string[] = [];
		const fuzz = async ({ method, path, name }: Route) => {
			const schema = bodySchemas[name];
			const body = schema ? bodiesFor(schema, known) : fc.constant(undefined);
			const input = fc.tuple(placed(known), body, fc.constantFrom(-1, 0, 1, 2));
			const property = fc.asyncProperty(input, async ([value, sent, by]) => {
				// A while later, so that nobody is told to come slower.
				server.clock.advance(1);
				const headers = { cookie: await cookie(seats[by]), 'content-type': 'application/json' };
				const init = sent === undefined ? { method, headers } : { method, headers, body: JSON.stringify(sent) };
				const answer = await server.fetch(filled(path, value), init);
				const text = await answer.text();
				expect(answer.status).toBeLessThan(500);
				// People get a page that says so, programs a problem.
				if (answer.status < 400 || answer.headers.get('content-type')?.startsWith('text/html')) return;
				const { code }: { code: keyof typeof errorCodes } = JSON.parse(text);
				expect([code, answer.status]).toEqual([code, errorCodes[code]?.status]);
			});
			await fc
				.assert(property, { numRuns })
				.catch(({ message, cause }: Error) => failed.push(`${name}: ${message}\n${cause}`));
		};
		const tried = routesOf(server.deps).filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/dev/'));
		for (const route of tried) await fuzz(route);
		expect(failed).toEqual([]);
		const letters = await server.deps.db.selectFrom('letters').select('state').orderBy('state').execute();
		expect(letters.map(({ state }) => state)).toEqual(['draft', 'open', 'review']);
	});
});
