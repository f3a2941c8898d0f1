import { onTestFinished } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { Deps } from '../../server/deps.ts';
import { runDue } from '../../server/due.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { createLog } from '../../server/platform/log.ts';
import { serve } from '../../server/serve.ts';
import { newEnvironment, type Options } from './environment.ts';
import type { Relay } from './relay.ts';

export interface TestServer {
	origin: string;
	deps: Deps;
	clock: SettableClock;
	relay: Relay;
	/** Every line that was logged. */
	logs: string[];
	data: string;
	keyring: string;
	/** Requests by path, with the Origin that the server's own pages send. */
	fetch(path: string, init?: RequestInit): Promise<Response>;
	/** A JSON request: with a body it is a POST unless said otherwise. */
	send(path: string, body: unknown, init?: RequestInit): Promise<Response>;
	/** Moves the clock, if told to, runs what is due, and waits for the jobs that follow from it. */
	due(now?: Date): Promise<void>;
	stop(): Promise<void>;
}

/**
 * A server in this process, configured as in production: only its clock is replaced, and its relay is a real one that
 * the test reads. Inside a test it is stopped when the test ends; started in beforeAll, call stop() yourself.
 */
export async function startServer(options: Options = {}): Promise<TestServer> {
	const environment = await newEnvironment(options);
	const { origin, relay, data, keyring } = environment;
	const clock = new SettableClock(options.now ?? new Date('2027-03-01T09:00:00Z'));
	const logs: string[] = [];
	const log = createLog((line) => logs.push(line));
	const { deps, stop } = await serve(readConfig(environment.variables), log, { clock, runsDueByItself: false });

	const request = (path: string, init: RequestInit = {}) => {
		const headers = new Headers(init.headers);
		if (!headers.has('origin')) headers.set('origin', origin);
		return fetch(new URL(path, origin), { redirect: 'manual', ...init, headers });
	};
	let stopped: Promise<void> | undefined;
	const server: TestServer = {
		...{ origin, deps, clock, relay, logs, data, keyring, fetch: request },
		send: (path, body, init = {}) => {
			const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string>) };
			return request(path, { method: 'POST', ...init, headers, body: JSON.stringify(body) });
		},
		async due(now) {
			if (now) clock.set(now);
			await runDue(deps);
			await deps.jobs.idle();
		},
		stop: () => {
			stopped ??= stop().then(environment.remove);
			return stopped;
		},
	};
	endWithTest(server.stop);
	return server;
}

/** Does nothing outside of a test, as in beforeAll. */
export function endWithTest(stop: () => Promise<void>): void {
	try {
		onTestFinished(stop);
	} catch {
		// Vitest throws where there is no current test; whoever started it stops it.
	}
}
