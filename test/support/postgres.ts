import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './port.ts';

export interface Cluster {
	/** Connects to the maintenance database; createDatabase() makes one for each test. */
	url: string;
	/** Ends it as a crash does: connections break off, nothing is written to the end. */
	crash(): Promise<void>;
	/** After a crash: recovers from its log, and answers. */
	restart(): Promise<void>;
	stop(): Promise<void>;
	/** All that it has logged. */
	log(): string;
}

interface ClusterOptions {
	durable?: boolean;
	asInProduction?: boolean;
	settings?: readonly string[];
}

const byVersion = (a: string, b: string) => Number(b) - Number(a);

export function postgresBinaries(): string {
	const root = '/usr/lib/postgresql';
	try {
		const newest = readdirSync(root).sort(byVersion)[0];
		if (newest) return join(root, newest, 'bin');
	} catch {
		// falls through to the message below
	}
	throw new Error('PostgreSQL is not installed. Run: sudo apt-get install -y postgresql');
}

/** PostgreSQL refuses to run as root: there it runs as Debian's user postgres. */
const unprivileged = process.getuid?.() === 0;
const asPostgres = (command: string, args: string[]): [string, string[]] =>
	unprivileged
		? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]]
		: [command, args];

const exited = (child: ChildProcess): Promise<void> =>
	new Promise((resolve) => {
		if (child.exitCode !== null || child.signalCode !== null) resolve();
		else child.once('exit', () => resolve());
	});

/**
 * A cluster in a temporary folder, thrown away afterwards. `durable`: what was committed outlives a crash of the cluster, as in
 * production; a crash of the machine it need not outlive. `asInProduction`: that too, with PostgreSQL's own settings and reached through its socket, as
 * docs/operate.md has it, for benches. `settings`: more of them, `name=value` each.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
	const { durable = false, asInProduction = false, settings = [] } = options;
	const bin = postgresBinaries();
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-postgres-'));
	if (unprivileged) {
		const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
		chownSync(folder, id('-u'), id('-g'));
	}
	const data = join(folder, 'data');
	const initdb = asPostgres(join(bin, 'initdb'), [
		'-D',
		data,
		'-U',
		'test',
		'-A',
		'trust',
		'-E',
		'UTF8',
		'--locale=C',
		'-N',
	]);
	execFileSync(...initdb, { stdio: 'pipe', cwd: folder });
	const port = await freePort();
	// All tests of a run share the log: one of them reads it.
	const kept = ['max_wal_size=64MB', 'min_wal_size=32MB'];
	const commits = `synchronous_commit=${durable ? 'on' : 'off'}`;
	const quick = ['fsync=off', commits, 'full_page_writes=off', ...kept];
	const given = ['max_connections=200', ...(asInProduction ? [] : quick), ...settings];
	const server = asPostgres(join(bin, 'postgres'), [
		...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
		...given.flatMap((option) => ['-c', option]),
	]);
	const url = asInProduction
		? `postgres:///postgres?host=${folder}&port=${port}&user=test`
		: `postgres://test@127.0.0.1:${port}/postgres`;
	const logged: string[] = [];
	const start = async () => {
		const started = spawn(...server, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
		started.stderr.setEncoding('utf8').on('data', (said) => logged.push(said));
		await untilItAnswers(url, started);
		return started;
	};
	const end = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await exited(child);
	};
	let child = await start();
	return {
		url,
		crash: () => end('SIGQUIT'),
		restart: async () => {
			child = await start();
		},
		async stop() {
			await end('SIGINT');
			rmSync(folder, { recursive: true, force: true });
		},
		log: () => logged.join(''),
	};
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
	for (let attempt = 0; attempt < 200; attempt++) {
		if (child.exitCode !== null) throw new Error(`PostgreSQL stopped at once, with status ${child.exitCode}`);
		const client = new pg.Client({ connectionString: url });
		try {
			await client.connect();
			await client.end();
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
	throw new Error('PostgreSQL did not answer within ten seconds');
}

/** A database as a copy of another one, which nobody may be connected to; returns its URL. */
export async function copyDatabase(clusterUrl: string, name: string, from = 'template0'): Promise<string> {
	const client = new pg.Client({ connectionString: clusterUrl });
	await client.connect();
	await client.query(`create database ${name} template ${from}`);
	await client.end();
	const url = new URL(clusterUrl);
	url.pathname = `/${name}`;
	return url.href;
}
