/**
 * Two nodes find at the same minute that a letter is to go out, and one or both are killed (kill -9) at random moments of a seed. It goes out whole and once, by whichever is left or comes
 * next, and nobody ever sees a part of it. Where a test needs the very query in which to die, see test/server/release/killed.test.ts.
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
/** Which node dies (or both), and how far into the release, as a part of how long it takes undisturbed. */
const deaths = fc.sample(
	fc.record({ who: fc.constantFrom('first', 'second', 'both'), part: fc.integer({ min: 10, max: 110 }) }),
	{ seed, numRuns: inject('scale') === 'full' ? 20 : 4 },
);
const program = new URL('../server/release/publishing-process.ts', import.meta.url);

interface Node {
	child: ChildProcess;
	ended: Promise<unknown>;
	log: string[];
}

function startNode(variables: Record<string, string>): Node {
	const env = processEnvironment({ ...variables, TEST_NOW: MINUTE.toISOString() });
	const child = fork(program, { env, execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
	const log: string[] = [];
	child.stdout?.on('data', (chunk) => log.push(String(chunk)));
	return { child, ended: once(child, 'close'), log };
}

/** As everybody would see it at this moment. */
const seen = `select state, (select count(*)::int from published) as files from letters`;
const text = `select convert_from(string_agg(body, '' order by slice), 'UTF8') as text from published where path = $1 and coding = 'identity'`;

test(`two nodes, of which one or both die: each release is out once, and never half (seed ${seed})`, async () => {
	const { variables } = (await scheduled('postgres')).environment;
	const base = new URL(variables.DATABASE_URL ?? '').pathname.slice(1);
	let usual = 0;
	for (const [at, death] of [null, ...deaths].entries()) {
		const url = await copyDatabase(inject('postgresUrl'), `${base}_${at}`, base);
		const database = new pg.Client({ connectionString: url });
		await database.connect();
		const own = { ...variables, DATABASE_URL: url };
		const began = performance.now();
		const nodes = [startNode(own), startNode(own)];
		let over = false;
		const watching = (async () => {
			const states = new Set<string>();
			while (!over) {
				const { state, files } = (await database.query(seen)).rows[0];
				states.add(files === 0 ? state : `${state} with files`);
				await pause(5);
			}
			return states;
		})();
		if (death) {
			await pause((usual * death.part) / 100);
			for (const [i, { child }] of nodes.entries())
				if (death.who === 'both' || i === (death.who === 'first' ? 0 : 1)) child.kill('SIGKILL');
		}
		await Promise.all(nodes.map(({ ended }) => ended));
		usual ||= performance.now() - began;
		if (death?.who === 'both') {
			const next = startNode(own);
			nodes.push(next);
			await next.ended;
		}
		over = true;
		const states = await watching;
		states.delete('scheduled');
		// Released at the end, and at no moment with another state beside its files.
		states.add('released with files');
		expect([at, death, [...states]]).toEqual([at, death, ['released with files']]);
		const { state, files } = (await database.query(seen)).rows[0];
		expect([state, files > 0]).toEqual(['released', true]);
		const [file, jws] = await Promise.all(
			['release.json', 'release.json.jws'].map(async (path) => (await database.query(text, [path])).rows[0].text),
		);
		expect(await recount(file, { jws })).toMatchObject({ ok: true, fault: null });
		// Whoever was killed may have released it without saying so.
		const said =
			nodes
				.flatMap(({ log }) => log)
				.join('')
				.split('"event":"released"').length - 1;
		expect(said).toBeLessThanOrEqual(1);
		if (!death) expect(said).toBe(1);
		await database.end();
	}
});
