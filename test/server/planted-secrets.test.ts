/** Whatever is sent, and whatever fails, errors and logs repeat none of it: addresses, names, network addresses and codes that came with a request, and what the host was configured with. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { createLog } from '../../server/platform/log.ts';
import { type Running, serve } from '../../server/serve.ts';
import { newId } from '../../shared/bytes.ts';
import { newEnvironment } from '../support/environment.ts';
import { openLetter } from '../support/open-letter.ts';
import { freePort } from '../support/port.ts';
import { filled, routesOf } from '../support/route-table.ts';

const planted = {
	address: 'zebulon.quillfeather@northwind.example',
	name: 'Zebulon Quillfeather',
	code: '73519046',
	network: '203.0.113.77',
	browser: 'Lamplighter/4.0',
	password: 'relay-pa55phrase',
};
/** In the spellings in which they could come back. */
const leaks = [
	/quillfeather/i,
	/zebulon/i,
	/northwind\.example/i,
	/73519046/,
	/203\.0\.113\.77/,
	/Lamplighter/,
	/pa55phrase/,
];

const main = resolve(import.meta.dirname, '../../server/main.ts');
const logs: string[] = [];
let environment: Awaited<ReturnType<typeof newEnvironment>>;
let running: Running;

beforeAll(async () => {
	environment = await newEnvironment({ database: 'postgres' });
	const url = new URL(environment.variables.SMTP_URL ?? '');
	Object.assign(url, { username: 'undersigned', password: planted.password });
	const config = readConfig({ ...environment.variables, SMTP_URL: url.href });
	running = await serve(
		config,
		createLog((line) => logs.push(line)),
		{ runsDueByItself: false },
	);
});

afterAll(async () => {
	await running.stop();
	await environment.remove();
});

const headers = {
	'content-type': 'application/json',
	'user-agent': planted.browser,
	'x-forwarded-for': planted.network,
	referer: `https://${planted.address.split('@')[1]}/`,
	authorization: `Bearer ${planted.code}`,
	cookie: `organizer=${planted.code}; name=${planted.address}`,
};

const bodies = (): string[] => {
	const proper = {
		letter: newId(),
		address: planted.address,
		name: planted.name,
		code: planted.code,
		title: planted.name,
	};
	return [
		JSON.stringify(proper),
		JSON.stringify({ letter: newId(), address: planted.address }),
		JSON.stringify({ [planted.address]: planted.name }),
		JSON.stringify([planted.address]),
		`{"address": ${planted.address}`,
	];
};

/** Asks every route for everything, in its path, its query and its body. @returns every word of every answer that is an error */
async function everyError(): Promise<string[]> {
	const said: string[] = [];
	for (const { method, path } of routesOf(running.deps)) {
		if (method === 'ALL') continue;
		for (const value of path.includes(':') ? [newId(), encodeURIComponent(planted.address)] : ['']) {
			const address = `${environment.origin}${filled(path.replace(/\{.*\}/, ''), value)}?q=${encodeURIComponent(planted.name)}`;
			for (const body of method === 'GET' ? [undefined] : bodies()) {
				for (const accept of method === 'GET' ? ['application/json', 'text/html'] : ['application/json']) {
					const sent = { ...headers, accept, origin: environment.origin };
					const answer = await fetch(address, { method, headers: sent, redirect: 'manual', ...(body && { body }) });
					const text = await answer.text();
					if (answer.status >= 400)
						said.push(`${method} ${path} ${answer.status} ${JSON.stringify([...answer.headers])} ${text}`);
				}
			}
		}
	}
	return said;
}

function expectNothingOf(lines: readonly string[]): void {
	const secrets = [...leaks, new RegExp(environment.variables.HOST_SECRET ?? 'no secret')];
	const said = lines.flatMap((line) => secrets.filter((leak) => leak.test(line)).map((leak) => `${leak}: ${line}`));
	// Headers are the same on every answer: what is said is at the end.
	expect(said.map((line) => `${line.slice(0, 80)} … ${line.slice(-200)}`).slice(0, 10)).toEqual([]);
}

describe('what came with a request, and what the host was given', () => {
	test('is in no error and no log, while all works and the relay refuses', async () => {
		const said = await everyError();
		expect(said.length).toBeGreaterThan(300);
		expectNothingOf(said);
		environment.relay.fail(true);
		const sending = running.deps.mail.send({ to: planted.address, subject: planted.name, text: planted.code });
		await expect(sending).rejects.toThrow(/^The mail relay did not take a mail\.$/);
		await running.deps.afterwards.idle();
		expectNothingOf(logs);
	});

	test('is in none where the database refuses a row and quotes it', async () => {
		const { db, clock } = running.deps;
		const { id } = await openLetter({
			deps: running.deps,
			origin: environment.origin,
			clock: new SettableClock(clock.now()),
		});
		await sql`alter table confirmations add constraint no_more check (false) not valid`.execute(db);
		const body = JSON.stringify({ letter: id, address: planted.address });
		const sent = { method: 'POST', headers: { ...headers, origin: environment.origin }, body };
		const answer = await fetch(`${environment.origin}/api/confirmations`, sent);
		await sql`alter table confirmations drop constraint no_more`.execute(db);
		expect(answer.status).toBe(500);
		expectNothingOf([await answer.text()]);
		expect(logs.at(-1)).toContain('"failureCode":"23514"');
		expectNothingOf(logs);
	});

	test('is in none once the database is gone', async () => {
		const before = logs.length;
		await running.deps.db.destroy();
		const said = await everyError();
		expect(said.some((line) => / 50\d /.test(line))).toBe(true);
		expectNothingOf(said);
		expect(logs.length).toBeGreaterThan(before);
		expectNothingOf(logs);
		// One JSON object a line, whatever failed.
		for (const line of logs)
			expect(JSON.parse(line)).toMatchObject({ time: expect.any(String), event: expect.any(String) });
	});
});

test.each([
	[
		'a database that does not answer',
		() => ({ DATABASE_URL: `postgres://undersigned:${planted.password}@127.0.0.1:9/x` }),
	],
	['a database with no port', () => ({ DATABASE_URL: `postgres://undersigned:${planted.password}@127.0.0.1:x/x` })],
	['a relay of another kind', () => ({ SMTP_URL: `https://undersigned:${planted.password}@mail.example` })],
	['a secret that is too short', () => ({ HOST_SECRET: planted.password })],
])('a start that fails for %s repeats no secret', async (_, change) => {
	const { DATABASE_URL: _there, ...variables } = environment.variables;
	const env = { ...variables, PORT: String(await freePort()), ...change() };
	const { status, stdout, stderr } = spawnSync(process.execPath, [main], { env, encoding: 'utf8' });
	expect(status).toBe(1);
	expect(stderr).not.toBe('');
	expectNothingOf([stdout + stderr]);
});

test.each([
	['nobody took', 'Promise.reject'],
	['nobody caught', 'queueMicrotask'],
])('a fault that %s ends the server and repeats nothing', async (_, how) => {
	const failure = `Object.assign(new Error('${planted.address}'), { detail: 'Failing row contains (${planted.name})', code: '23514' })`;
	const fault = how === 'Promise.reject' ? `Promise.reject(${failure})` : `queueMicrotask(() => { throw ${failure}; })`;
	// Once the server listens.
	const watch = `const said = console.log; console.log = (...line) => { said(...line); if (String(line[0]).includes('serves')) ${fault}; };`;
	const program = join(environment.data, 'watch.mjs');
	writeFileSync(program, watch);
	const NODE_OPTIONS = `--import ${program}`;
	const env = { ...environment.variables, PORT: String(await freePort()), NODE_OPTIONS };
	const { status, stdout, stderr } = spawnSync(process.execPath, [main], { env, encoding: 'utf8' });
	expect(stdout).toContain('Undersigned serves');
	expect(stderr).toContain('"event":"ended by a fault"');
	expect(stderr).toContain('"failureCode":"23514"');
	expect(status).toBe(1);
	expectNothingOf([stderr]);
});
