import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { LEAN_ENVIRONMENT, LEAN_OPTIONS } from '../../server/command/lean.ts';
import { processEnvironment, shortLived } from './process-environment.ts';
import type { Relay } from './relay.ts';
import type { TestEnvironment } from './server-environment.ts';

export interface SpawnedServer {
	origin: string;
	relay: Relay;
	data: string;
	keyring: string;
	/** Absent on the embedded database. */
	databaseUrl: string | undefined;
	/** All that the process wrote, over all its lives. */
	output: string[];
	/** Moves its clock; resolves when everything that is due then has happened, rejects when it dies before. While it is down, its next life begins then. */
	setTime(now: Date): Promise<void>;
	/** Milliseconds of processor time that it has used since it started. */
	processorTime(): Promise<number>;
	/** Of the process as it is now. */
	pid(): number;
	/** kill -9. */
	kill(): Promise<void>;
	/** SIGTERM; resolves with the exit status. */
	terminate(): Promise<number | null>;
	/** Starts it again on the same data, at the time that its clock last showed. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

const main = new URL('spawned-main.ts', import.meta.url);

/**
 * A server as a process of its own. `stop` removes its environment, too. @param spare the next process loads its code while this one works: for
 * servers that die often
 */
export async function spawnIn(
	environment: TestEnvironment,
	startsAt: Date,
	{ spare = false } = {},
): Promise<SpawnedServer> {
	const output: string[] = [];
	let now = startsAt;
	let child: ChildProcess;
	let next: ChildProcess | undefined;

	const heard = (expected: string) =>
		new Promise<void>((resolve, reject) => {
			const onMessage = (message: unknown) => message === expected && settle(resolve);
			const onExit = () => settle(() => reject(new Error(`the server ended:\n${output.slice(-5).join('')}`)));
			const settle = (outcome: () => void) => {
				child.off('message', onMessage).off('exit', onExit);
				outcome();
			};
			child.on('message', onMessage).on('exit', onExit);
		});
	const ended = async (signal: NodeJS.Signals) => {
		if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
		const exit = once(child, 'exit');
		child.kill(signal);
		await exit;
		return child.exitCode;
	};
	const launch = (more: Record<string, string> = {}) => {
		const variables = { ...LEAN_ENVIRONMENT, ...environment.variables, TEST_NOW: now.toISOString(), ...more };
		const env = processEnvironment(variables);
		// PostgreSQL's users run what production runs; all begin as `npm start` does.
		const execArgv = [...LEAN_OPTIONS, ...(environment.variables.DATABASE_URL ? [] : shortLived)];
		const launched = fork(main, { env, execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
		for (const stream of [launched.stdout, launched.stderr]) stream?.on('data', (chunk) => output.push(String(chunk)));
		return launched;
	};
	const start = async () => {
		child = next ?? launch();
		if (next) child.send({ now: now.toISOString() });
		await heard('ready');
		if (spare) next = launch({ TEST_SPARE: 'true' });
	};
	const stop = async () => {
		next?.kill('SIGKILL');
		await ended('SIGKILL');
		await environment.remove();
	};
	await start();
	const { origin, relay, data, keyring } = environment;
	return {
		...{ origin, relay, data, keyring, output, stop, databaseUrl: environment.variables.DATABASE_URL },
		setTime: async (time) => {
			now = time;
			if (!child.connected) return;
			const settled = heard('settled');
			child.send({ now: time.toISOString() });
			await settled;
		},
		processorTime: async () => {
			const answer = once(child, 'message');
			child.send('processor time');
			return (await answer)[0];
		},
		pid: () => child.pid ?? 0,
		kill: async () => void (await ended('SIGKILL')),
		terminate: () => ended('SIGTERM'),
		restart: start,
	};
}
