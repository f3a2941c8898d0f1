/**
 * An organizer who asks for what is another letter's is answered as if it did not exist: every route of the desk, as the router lists them, in
 * every state of one's own letter, with a value of every column of every table that the other letters have. A new route or table is in here by itself.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openSession } from '../../server/organizer/session.ts';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import { amend } from '../../shared/client/amending.ts';
import { decide } from '../../shared/client/deciding.ts';
import { invite, makeLink } from '../../shared/client/drafting.ts';
import type { ComposedRelease } from '../../shared/compose-release.ts';
import { bodyAbout } from '../support/arbitrary-body.ts';
import { tablesOf } from '../support/assault.ts';
import { openLetter, standing, startLetter } from '../support/desk.ts';
import { wholeDraft } from '../support/drafts.ts';
import { someSigners } from '../support/letter.ts';
import { bodySchemas, deskWithoutSession, filled, type Route, routesOf } from '../support/route-table.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { placeInReview, REVIEW, type Review } from './release/in-review.ts';

/** A letter, and who asks. */
interface Side {
	letter: string;
	organizer: string;
}

/** One proposes a release and a strike; the other is scheduled, with a link under embargo. */
async function inReview(review: Review, composed: ComposedRelease, scheduled: boolean): Promise<Side> {
	const key = review.letter.signers[0]?.keys.publicKey;
	const made = [await review.ask(0, 'PUT', '/api/desk/strikes', { key, reason: 'twice' })];
	if (scheduled) {
		await review.schedule(composed);
		const link = { outlet: 'The Herald', expiresAt: '2027-02-20T10:00:00Z' };
		made.push(await review.ask(0, 'POST', '/api/desk/embargo-links', link));
	} else made.push(await review.propose(0, composed));
	expect(made.filter(({ status }) => status >= 400)).toEqual([]);
	return { letter: review.id, organizer: review.letter.organizers[0]?.id ?? '' };
}

/** In draft, open, in review and scheduled, with something of all that organizers make. @param reviews placed before, since that takes long */
async function fourLetters(server: TestServer, reviews: readonly Placed[]): Promise<Side[]> {
	const draft = await startLetter(server, 'R.', 'K.');
	await invite(draft[0].call, 'for L.');
	const open = await startLetter(server, 'Ada', 'Bo');
	const { groups } = wholeDraft(server.clock.now());
	await openLetter(server, open, { groups });
	const [{ call, organizer }] = open;
	await makeLink(call, 'the canteen');
	await call('POST', '/api/desk/vouchers', { group: groups[1]?.id, count: 1, note: 'for a driver' });
	await decide(call, organizer, await standing(open[0]), 'close');
	const { text } = await standing(open[0]);
	await amend(call, organizer, await standing(open[0]), { text: { ...text, text: 'Not like this.' } });
	const seats = [draft[0], open[0]].map(({ organizer: { id, letter } }) => ({ letter, organizer: id }));
	for (const [at, { review, composed }] of reviews.entries()) seats.push(await inReview(review, composed, at === 1));
	return seats;
}

type Placed = { review: Review; composed: ComposedRelease };

async function placed(server: TestServer, slug: string): Promise<Placed> {
	const review = await placeInReview(server, { seed: slug, signers: someSigners(3) });
	return { review, composed: await review.compose({ slug }) };
}

/** Tables of which no row belongs to a letter or an organizer. */
const ofNoLetter = ['challenges', 'heartbeat', 'kysely_migration', 'kysely_migration_lock', 'ticks'];

type Row = Record<string, unknown>;

/** Rows by table that are of these letters, or of one of their organizers. */
async function rowsOf({ deps: { db } }: TestServer, sides: Side[]): Promise<Map<string, Row[]>> {
	const ids = sides.flatMap(({ letter, organizer }) => [letter, organizer]);
	const rows = new Map<string, Row[]>();
	for (const table of await tablesOf(db)) {
		const found = await sql<{ row: Row }>`select row_to_json(t) as row from ${sql.table(table)} as t`.execute(db);
		rows.set(
			table,
			found.rows.flatMap(({ row }) => (ids.some((id) => Object.values(row).includes(id)) ? [row] : [])),
		);
	}
	// Of logins, the tests' own come and go.
	rows.delete('sessions');
	return rows;
}

/** Where a table of letters has no row yet, one is made up, so that no table is missed. */
async function fillTables(server: TestServer, { letter, organizer }: Side, rows: Map<string, Row[]>): Promise<void> {
	const { db } = server.deps;
	for (const [table, present] of rows) {
		const found = await sql<{ name: string; type: string }>`select column_name as name, data_type as type
			from information_schema.columns where table_schema = 'public' and table_name = ${table}`.execute(db);
		if (present.length > 0 || !found.rows.some(({ name }) => name === 'letter')) continue;
		const made: Record<string, unknown> = {
			text: newId(),
			bytea: randomBytes(32),
			integer: 1,
			bigint: 1,
			boolean: false,
		};
		const values = found.rows.map(({ name, type }) => {
			if (name === 'letter') return letter;
			if (/^(organizer|proposer|sender|created_by|by)$/.test(name)) return organizer;
			if (/hash|digest|subject|key|fingerprint/.test(name) && type === 'text') return b64u(randomBytes(32));
			return type === 'text' ? newId() : (made[type] ?? server.clock.now());
		});
		const columns = found.rows.map(({ name }) => sql.ref(name));
		await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(db);
	}
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^([\w-]{22}|[\w-]{43})$/.test(value);

/** One id, key or hash of each column. */
function valuesOf(rows: Map<string, Row[]>): string[] {
	const found = new Map<string, string>();
	for (const [table, all] of rows) {
		for (const row of all) {
			for (const [column, value] of Object.entries(row)) if (isName(value)) found.set(`${table}.${column}`, value);
		}
	}
	return [...new Set(found.values())];
}

test('another letter’s organizer is answered as if nothing of it existed', async () => {
	const server = await startServer({ now: REVIEW, database: 'postgres' });
	const reviews = [];
	for (const slug of ['letter-one', 'letter-two', 'letter-three', 'letter-four'])
		reviews.push(await placed(server, slug));
	const theirs = await fourLetters(server, reviews.slice(0, 2));
	const moles = await fourLetters(server, reviews.slice(2));
	const present = await rowsOf(server, theirs);
	for (const side of theirs.slice(1, 2)) await fillTables(server, side, present);
	const before = await rowsOf(server, theirs);
	const empty = [...before].filter(([, rows]) => rows.length === 0).map(([table]) => table);
	expect(empty).toEqual(ofNoLetter);
	const own = JSON.stringify([...(await rowsOf(server, moles))]);
	const values = valuesOf(before).filter((value) => !own.includes(value));
	expect(values.length).toBeGreaterThan(30);

	const knock = async ({ method, name }: Route, cookie: string, path: string, body?: object) => {
		server.clock.advance(name.endsWith('/freeze') ? 16 : 0.5);
		const headers = { cookie, ...(body && { 'content-type': 'application/json' }) };
		const answer = await server.fetch(path, { method, headers, body: body ? JSON.stringify(body) : null });
		return { status: answer.status, text: await answer.text() };
	};
	const tried = new Set<string>();
	let compared = 0;
	const desk = routesOf(server.deps).filter(
		({ method, path, name }) =>
			method !== 'ALL' && /^\/api\/desk(\/|$)/.test(path) && !deskWithoutSession.includes(name),
	);
	for (const route of desk) {
		const schema = bodySchemas[route.name];
		// Where a value of either form has a place in the request.
		const forms = [22, 43].flatMap((length) => {
			const of = values.filter((value) => value.length === length);
			const [one = ''] = of;
			const holds = schema && JSON.stringify(bodyAbout(schema, [one])).includes(one);
			return holds || route.path.includes(':') ? [{ length, of }] : [];
		});
		for (const { organizer } of moles) {
			const cookie = `organizer=${await openSession(server.deps.db, organizer, server.clock.now())}`;
			const about = async (value: string) => {
				const [body] = schema ? bodyAbout(schema, [value]) : [];
				const path = filled(route.path, value);
				const { status, text } = await knock(route, cookie, path, body);
				const told = values.filter((one) => one !== value && text.includes(one));
				expect([route.name, told]).toEqual([route.name, []]);
				// What is made new is another each time.
				return { status, said: status < 400 ? '' : text.replaceAll(value, 'VALUE') };
			};
			if (forms.length === 0) await about(newId());
			for (const { length, of } of forms) {
				const made = () => (length === 22 ? newId() : b64u(randomBytes(32)));
				const allowed = [await about(made())];
				const [first] = allowed;
				// In the first state in which it does something, all of them; elsewhere one shows that nothing comes before that check.
				const whole = !/wrong-state|signing-ended/.test(first?.said ?? '') && !tried.has(`${route.name} ${length}`);
				if (whole) tried.add(`${route.name} ${length}`);
				const asked = whole ? of : of.slice(0, 1);
				const answers = [];
				for (const value of asked) answers.push(await about(value));
				allowed.push(await about(made()));
				for (const answer of answers) {
					compared += 1;
					expect([route.name, allowed]).toEqual([route.name, expect.arrayContaining([answer])]);
				}
			}
		}
	}
	expect(compared).toBeGreaterThan(500);
	expect(await rowsOf(server, theirs)).toEqual(before);
}, 480_000);
