/** PostgreSQL with the settings of docs/operate.md logs nothing of who signs, and nothing at the moment in which somebody does, whatever fails then. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { signLetter } from '../../server/command/client/signing.ts';
import { placeOn } from '../support/databases.ts';
import { wholeDraft } from '../support/drafts.ts';
import { copyDatabase, startCluster } from '../support/postgres.ts';
import { endWithTest } from '../support/server.ts';
import { environmentOn } from '../support/server-environment.ts';
import { spawnIn } from '../support/spawned-process.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';

const NOW = new Date('2027-03-01T09:00:00Z');
const PLANTED = 'zebulon.quillfeather@northwind.example';

/** What operators write into its configuration, `name=value` each. */
function documented(): string[] {
	const page = readFileSync(resolve(import.meta.dirname, '../../docs/operate.md'), 'utf8');
	const block = /undersigned\.conf`.*:\n\n((?: {4}.*\n)+)/.exec(page)?.[1] ?? '';
	const lines = block.split('\n').map((line) => /^ {4}(\w+) = '?([^']*)'?$/.exec(line));
	return lines.flatMap((line) => (line ? [`${line[1]}=${line[2]}`] : []));
}

async function clusterWith(settings: readonly string[]) {
	const cluster = await startCluster({ asInProduction: true, settings });
	endWithTest(cluster.stop);
	return cluster;
}

/** Statements that fail, or take long, over what somebody sent: PostgreSQL quotes it in the message, the detail, the parameters or the statement. */
async function failing(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query('create table planted (address text primary key check (length(address) < 60))');
	const insert = 'insert into planted values ($1)';
	await client.query(insert, [PLANTED]);
	for (const [text, values] of [
		[insert, [PLANTED]],
		[insert, [PLANTED.repeat(2)]],
		['select $1::int', [PLANTED]],
		[`select '${PLANTED}'::timestamptz`, []],
		[`select from "${PLANTED}"`, []],
		[`set statement_timeout = 20; select '${PLANTED}', pg_sleep(60)`, []],
	] as const)
		await expect(client.query(text, [...values])).rejects.toThrow();
	await client.end();
}

test('with the settings that operators are given nothing is logged while people sign, and no value of a statement that fails', async () => {
	const settings = documented();
	expect(settings).toEqual(expect.arrayContaining(['log_statement=none', 'wal_level=minimal', 'listen_addresses=']));
	const cluster = await clusterWith(settings);
	const place = await placeOn(cluster);
	const server = await spawnIn(await environmentOn(place, { behindProxy: true }), NOW);
	endWithTest(server.stop);
	const world = worldOfSpawned(server, () => NOW);
	const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
	const invite = await organizers.open();
	const before = cluster.log();
	const appear = { shown: 'named', name: 'Zebulon Quillfeather', title: '', condition: null } as const;
	await signLetter(world, invite, appear, { address: PLANTED });
	await failing(place.databaseUrl?.reveal() ?? '');
	expect(cluster.log().slice(before.length)).toBe('');
	expect(before).toContain('ready to accept connections');
	expect(before).not.toMatch(/quillfeather/i);
});

test('with its own settings PostgreSQL logs what such a statement holds: the test above could see it', async () => {
	const cluster = await clusterWith([]);
	await failing(await copyDatabase(cluster.url, 'letters'));
	expect(cluster.log().split(PLANTED).length).toBeGreaterThan(5);
});
