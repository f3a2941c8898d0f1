/** How long a host that is started again says nothing: from its process to its first page. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Secret } from '../../../server/platform/secret.ts';
import { freePort } from '../../support/port.ts';
import { copyDatabase, startCluster } from '../../support/postgres.ts';
import { environmentOn, type TestEnvironment } from '../../support/server-environment.ts';
import type { Bench } from '../bench.ts';
import { interleaved, type Row, row } from '../figures.ts';
import type { Stage } from '../stage.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** As `npm start`, without npm. */
const OWN = ['--import', './server/command/require-node-24.mjs', 'server/command/start.ts'];
const REFERENCE = 'test/bench/start-reference.ts';

export const start: Bench = {
	name: 'start',
	async measure(stage) {
		const cluster = await startCluster();
		stage.onClose(cluster.stop);
		const databaseUrl = new Secret(await copyDatabase(cluster.url, 'bench_start'));
		const [postgres, embedded] = [await environment(stage, databaseUrl), await environment(stage, undefined)];
		stage.tell('first starts: they migrate, and keep what they compiled');
		for (const { variables } of [postgres, embedded]) await firstAnswer(OWN, variables);
		stage.tell('starts');
		return [await onPostgres(stage, postgres), await onFolder(stage, embedded)];
	},
};

async function environment(stage: Stage, databaseUrl: Secret | undefined): Promise<TestEnvironment> {
	const data = mkdtempSync(join(tmpdir(), 'undersigned-data-'));
	const made = await environmentOn({ databaseUrl, data, remove: () => rmSync(data, { recursive: true, force: true }) });
	stage.onClose(made.remove);
	return made;
}

async function onPostgres({ scale }: Stage, { variables }: TestEnvironment): Promise<Row> {
	const PORT = String(await freePort());
	const [value = 0, reference = 0] = await interleaved(scale.times, [
		() => firstAnswer(OWN, variables),
		() => firstAnswer([REFERENCE, PORT], { PORT }),
	]);
	const figures = { value, reference, against: 'node:http alone', promise: { value: { most: 1 } } as const };
	return row('start to the first answer on PostgreSQL', 's', figures);
}

async function onFolder({ scale, folder }: Stage, { variables, data }: TestEnvironment): Promise<Row> {
	const PORT = String(await freePort());
	const copy = join(folder, 'to-open');
	cpSync(join(data, 'database', 'pglite'), copy, { recursive: true });
	const [value = 0, reference = 0] = await interleaved(scale.times, [
		() => firstAnswer(OWN, variables),
		() => firstAnswer([REFERENCE, PORT, copy], { PORT }),
	]);
	const against = 'PGlite alone opens such a folder, then node:http';
	const figures = { value, reference, against, promise: { value: { most: 2 } } as const };
	return row('start to the first answer on an embedded folder that is there', 's', figures);
}

/** @returns seconds from the start of the process to the end of its first answer. It has ended when this resolves. */
async function firstAnswer(program: string[], variables: Record<string, string>): Promise<number> {
	const env = { PATH: process.env.PATH, ...variables };
	const began = performance.now();
	const child = spawn(process.execPath, program, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
	const said: string[] = [];
	child.stderr.on('data', (chunk) => said.push(String(chunk)));
	const ended = once(child, 'exit');
	const url = `http://127.0.0.1:${variables.PORT}/`;
	while (!(await answers(url))) {
		if (child.exitCode !== null) throw new Error(`It ended before it answered:\n${said.join('')}`);
		await pause(5);
	}
	const took = (performance.now() - began) / 1000;
	child.kill('SIGTERM');
	await ended;
	return took;
}

const answers = (url: string): Promise<boolean> =>
	new Promise((resolve) => {
		get(url, { agent: false }, (answer) => answer.resume().once('end', () => resolve(answer.statusCode === 200))).once(
			'error',
			() => resolve(false),
		);
	});
