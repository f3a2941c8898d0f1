/** M − 1 organizers with their sessions and keys, against every route of the desk: test/support/desk-powers.ts says what each is about. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '../../server/database.ts';
import { APPROVAL_KINDS, approve } from '../../shared/approval.ts';
import { type Call, Refused } from '../../shared/client/call.ts';
import { readDesk } from '../../shared/client/organizer.ts';
import { bodyAbout } from './arbitrary-body.ts';
import { type Seat, standing } from './desk.ts';
import { type Aim, mayChange, mayDiffer, powers } from './desk-powers.ts';
import { bodySchemas, filled, routesOf } from './route-table.ts';
import type { TestServer } from './server.ts';

type Method = Parameters<Call>[0];

/** Every answer that the moles got, of refusals too. */
export type Answers = { route: string; text: string }[];

/** As a script would ask; one after the other, most of the time would be waiting. */
const AT_ONCE = 8;

async function allOf(asks: readonly (() => Promise<unknown>)[]): Promise<void> {
	const left = [...asks];
	const hand = async () => {
		for (let ask = left.shift(); ask; ask = left.shift()) await ask();
	};
	await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

/** The route's name without the kind that follows a number sign. */
export const routeOf = (name: string): string => name.split('#')[0] ?? '';

const parametersOf = (path: string) => path.match(/:[a-z]+/g) ?? [];

/** Ids, keys, hashes and fingerprints of whatever the desk shows. */
const knownOf = (view: unknown): string[] => [
	...new Set(JSON.stringify(view).match(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22}(?:[A-Za-z0-9_-]{21})?(?![A-Za-z0-9_-])/g)),
];

/**
 * Tries every route as every mole, with every approval that their keys can make, and with bodies of the right form around them.
 * @returns what was answered. Throws where a row changed that fewer than M must not change, or the server failed
 */
export async function assault(server: TestServer, moles: Seat[], more: Omit<Aim, 'view' | 'standing'> = {}) {
	const [first] = moles;
	if (first === undefined) throw new Error('there is no mole');
	const aim: Aim = { view: await readDesk(first.call), standing: await standing(first), ...more };
	const before = await guardedRows(server.deps.db);
	const answers: Answers = [];
	const ask = async (name: string, { call }: Seat, path: string, body?: Record<string, unknown>) => {
		const [method] = name.split(' ') as [Method];
		answers.push({ route: routeOf(name), text: await answerTo(call, method, path, body) });
	};
	const authenticators: string[] = [];
	for (const [name, power] of Object.entries(powers)) {
		if (power.kind !== 'takes') continue;
		const path = name.slice(name.indexOf(' ') + 1).replace(/#.*/, '');
		for (const { subject, body } of await power.acts(aim)) {
			for (const by of moles) {
				for (const kind of APPROVAL_KINDS) {
					const authenticator = await approve(by.organizer.secrets.approval, kind, aim.standing.root, subject);
					authenticators.push(authenticator);
					// What another kind approves of is tried once, by its own mole.
					for (const mole of kind === power.takes ? moles : [by])
						await ask(name, mole, path, { ...body, authenticator });
				}
			}
		}
	}
	const known = [...knownOf(aim.view), ...authenticators];
	// Keys of charters stand in no address.
	const named = knownOf({ ...aim.view, chain: null, amendment: null, draft: null });
	for (const [name, power] of Object.entries(powers)) {
		if (power.kind === 'own' || isPublicFolder(name, aim)) continue;
		const [, path = ''] = routeOf(name).split(' ');
		const schema = bodySchemas[routeOf(name)];
		const paths = parametersOf(path).length === 0 ? [path] : named.map((value) => filled(path, value));
		const made = schema && !isStop(name, aim) ? bodyAbout(schema, known, 2) : null;
		for (const [at, mole] of moles.entries()) {
			const exact = power.kind === 'alone' ? (power.bodies?.(aim) ?? []) : [];
			const bodies = made ? [...exact, ...made] : [undefined];
			const tried = at === 0 ? paths : paths.slice(0, 3);
			await allOf(tried.flatMap((one) => bodies.map((body) => () => ask(name, mole, one, body))));
		}
	}
	answers.push(...(await askAsAnybody(server, known)));
	expect(await guardedRows(server.deps.db)).toEqual(before);
	return answers;
}

/** The routes that need no desk, with everything that the moles know. */
async function askAsAnybody(server: TestServer, known: readonly string[]): Promise<Answers> {
	const answers: Answers = [];
	const asks: (() => Promise<void>)[] = [];
	for (const { method, path, name } of routesOf(server.deps)) {
		if (method === 'ALL' || path.startsWith('/dev/') || path.startsWith('/api/desk')) continue;
		const schema = bodySchemas[name];
		const bodies = schema ? bodyAbout(schema, known, 2) : [undefined];
		for (const value of parametersOf(path).length === 0 ? [''] : known.slice(0, 8)) {
			for (const body of bodies) {
				asks.push(async () => {
					const where = filled(path.replace(/\{.*\}/, ''), value);
					const answer = await (body ? server.send(where, body) : server.fetch(where, { method }));
					expect([name, answer.status < 500]).toEqual([name, true]);
					answers.push({ route: name, text: await answer.text() });
				});
			}
		}
	}
	await allOf(asks);
	return answers;
}

/** Anybody's one stop would act. */
const isStop = (name: string, { view }: Aim) =>
	view.letter.state === 'scheduled' && powers[name]?.kind === 'takes' && powers[name].takes === 'stop';

/** No JSON, and before the release an answer like it ends the story. */
const isPublicFolder = (name: string, { view }: Aim) =>
	name === 'GET /api/desk/folder' && view.letter.state === 'released';

/** Takes back whatever moles have left to wait, so that the story goes on as if they had not been. */
export async function takeBack(moles: Seat[]): Promise<void> {
	for (const { call } of moles) {
		for (const kind of ['close', 'abandon']) await answerTo(call, 'DELETE', `/api/desk/decisions/${kind}`);
		for (const { key } of (await readDesk(call)).strikes)
			await answerTo(call, 'PUT', '/api/desk/strikes', { key, reason: null });
	}
}

async function answerTo(call: Call, method: Method, path: string, body?: Record<string, unknown>): Promise<string> {
	try {
		return JSON.stringify(await call(method, path, body)) ?? '';
	} catch (refused) {
		if (!(refused instanceof Refused)) throw refused;
		expect([method, path, refused.status < 500]).toEqual([method, path, true]);
		return refused.message;
	}
}

/** By table, what fewer than M must leave as it is. */
async function guardedRows(db: Db): Promise<Record<string, string[]>> {
	const tables = await tablesOf(db);
	const guarded: Record<string, string[]> = {};
	for (const name of tables) {
		const found = await sql<{
			row: Record<string, unknown>;
		}>`select row_to_json(t) as row from ${sql.table(name)} as t`.execute(db);
		const rows = found.rows.filter(({ row }) => !mayChange[name]?.(row));
		guarded[name] = rows.map(({ row }) => JSON.stringify({ ...row, ...nulled(mayDiffer[name] ?? []) })).sort();
	}
	return guarded;
}

const nulled = (columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, null]));

export async function tablesOf(db: Db): Promise<string[]> {
	const found = await sql<{ name: string }>`select table_name as name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db);
	return found.rows.map(({ name }) => name);
}
