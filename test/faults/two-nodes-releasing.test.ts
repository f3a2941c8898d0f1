/**
 * Two nodes find at the same minute that a letter is to go out, and one or both are killed (kill -9): the first in chosen queries of its transaction while the second waits for it, either or both at
 * random moments of a seed. It goes out whole and once, by whichever is left or comes next, and nobody ever sees a part of it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { recount } from '../../shared/recount.ts';
import { MINUTE } from '../server/release/in-review.ts';
import { scheduled } from '../server/release/scheduled.ts';
import { copyDatabase } from '../support/postgres.ts';
import { processEnvironment } from '../support/process-environment.ts';

const seed = inject('seed');
const program = new URL('../server/release/publishing-process.ts', import.meta.url);

interface Node {
	child: ChildProcess;
	/** Status and signal. */
	ended: Promise<unknown[]>;
	log: string[];
	begin(): void;
}

/** @returns once it has loaded its program and opened the database: what comes after is the release alone */
async function startNode(variables: Record<string, string>, dieAt = ''): Promise<Node> {
	const env = processEnvironment({ ...variables, TEST_NOW: MINUTE.toISOString(), DIE_AT: dieAt, WAIT: 'true' });
	const child = fork(program, { env, execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
	const log: string[] = [];
	child.stdout?.on('data', (chunk) => log.push(String(chunk)));
	const ended = once(child, 'close');
	await once(child, 'message');
	return { child, ended, log, begin: () => void child.send('begin') };
}

/** A copy of the letter that waits for its minute, and whoever looks at it as everybody would. */
class Release {
	readonly variables: Record<string, string>;
	readonly #database: pg.Client;
	readonly #watching: Promise<Set<string>>;
	#over = false;

	private constructor(variables: Record<string, string>, database: pg.Client) {
		this.variables = variables;
		this.#database = database;
		this.#watching = this.#watch();
	}

	static async of(variables: Record<string, string>, name: string): Promise<Release> {
		const base = new URL(variables.DATABASE_URL ?? '').pathname.slice(1);
		const url = await copyDatabase(inject('postgresUrl'), `${base}_${name}`, base);
		const database = new pg.Client({ connectionString: url });
		await database.connect();
		return new Release({ ...variables, DATABASE_URL: url }, database);
	}

	async #seen(): Promise<{ state: string; files: number }> {
		const asked = `select state, (select count(*)::int from published) as files from letters`;
		return (await this.#database.query(asked)).rows[0];
	}

	async #watch(): Promise<Set<string>> {
		const states = new Set<string>();
		while (!this.#over) {
			const { state, files } = await this.#seen();
			states.add(files === 0 ? state : `${state} with files`);
			await pause(5);
		}
		return states;
	}

	/** Whether a node is in the middle of its transaction. */
	async underWay(): Promise<boolean> {
		const asked = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null`;
		return (await this.#database.query(asked)).rows.length > 0;
	}

	async #file(path: string): Promise<string> {
		const asked = `select convert_from(string_agg(body, '' order by slice), 'UTF8') as text from published where path = $1 and coding = 'identity'`;
		return (await this.#database.query(asked, [path])).rows[0].text;
	}

	/** Once all of them have ended. */
	async expectOutOnce(nodes: readonly Node[], undisturbed: boolean): Promise<void> {
		this.#over = true;
		const states = await this.#watching;
		states.delete('scheduled');
		// Released at the end, and at no moment with another state beside its files.
		states.add('released with files');
		expect([...states]).toEqual(['released with files']);
		const { state, files } = await this.#seen();
		expect([state, files > 0]).toEqual(['released', true]);
		const [file, jws] = [await this.#file('release.json'), await this.#file('release.json.jws')];
		expect(await recount(file, { jws })).toMatchObject({ ok: true, fault: null });
		// Whoever was killed may have released it without saying so.
		const said = nodes.flatMap(({ log }) => log).join('');
		const times = said.split('"event":"released"').length - 1;
		if (undisturbed) expect(times).toBe(1);
		expect(times).toBeLessThanOrEqual(1);
		await this.#database.end();
	}
}

/** The first rows of its files, the last of its seals, and the end. */
test.each(['insert published 1', 'update signatures 2', 'update letters 1'])(
	'a node that dies at %s while another waits for it: the other releases it, once, and never half',
	async (moment) => {
		const { variables } = (await scheduled('postgres')).environment;
		const release = await Release.of(variables, 'exact');
		const [first, second] = await Promise.all([startNode(release.variables, moment), startNode(release.variables)]);
		first.begin();
		let died = false;
		void first.ended.then(() => {
			died = true;
		});
		while (!died && !(await release.underWay())) await pause(2);
		second.begin();
		expect((await first.ended)[1]).toBe('SIGKILL');
		expect(await second.ended).toEqual([0, null]);
		expect(second.log.join('')).toContain('"event":"released"');
		await release.expectOutOnce([first, second], false);
	},
);

/** Which node dies (or both), and how far into the release, as a part of how long it takes undisturbed. */
const deaths = fc.sample(
	fc.record({ who: fc.constantFrom('first', 'second', 'both'), part: fc.integer({ min: 1, max: 99 }) }),
	{ seed, numRuns: inject('scale') === 'full' ? 20 : 4, unbiased: true },
);

test(`two nodes, of which one or both die at random moments: each release is out once, and never half (seed ${seed})`, async () => {
	const { variables } = (await scheduled('postgres')).environment;
	let usual = 0;
	for (const [at, death] of [null, ...deaths].entries()) {
		const release = await Release.of(variables, `${at}`);
		const nodes = await Promise.all([startNode(release.variables), startNode(release.variables)]);
		const began = performance.now();
		for (const node of nodes) node.begin();
		if (death) {
			await pause((usual * death.part) / 100);
			for (const [i, { child }] of nodes.entries())
				if (death.who === 'both' || i === (death.who === 'first' ? 0 : 1)) child.kill('SIGKILL');
		}
		await Promise.all(nodes.map(({ ended }) => ended));
		usual ||= performance.now() - began;
		if (death?.who === 'both') {
			const next = await startNode(release.variables);
			nodes.push(next);
			next.begin();
			await next.ended;
		}
		await release.expectOutOnce(nodes, death === null);
	}
});
