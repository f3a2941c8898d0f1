import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { loadAssets } from './assets.ts';
import { type Config, hostSecretFile } from './config.ts';
import { openDatabase, ownFolder } from './database.ts';
import type { Deps } from './deps.ts';
import { runDue } from './due.ts';
import { defineRosterMailing } from './employment/roster-sending.ts';
import { firstSteps } from './first-steps.ts';
import { noticeCopy } from './heartbeat.ts';
import { closed, type Listener, listening } from './listening.ts';
import { LastHour } from './metrics/last-hour.ts';
import { Metrics } from './metrics/metrics.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { serveInvitations } from './organizer/invitation-socket.ts';
import { Afterwards } from './platform/afterwards.ts';
import { alone, BetweenNodes } from './platform/between-nodes.ts';
import type { Client } from './platform/client.ts';
import { type Clock, SettableClock, systemClock } from './platform/clock.ts';
import { openJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { Mailbox, smtpMailer } from './platform/mail.ts';
import { MailboxHour } from './platform/mailbox-hour.ts';
import { linkOverPostgres } from './platform/node-link.ts';
import { Outbox } from './platform/outbox.ts';
import { PeerKey } from './platform/peer-key.ts';
import { RateLimits } from './platform/rate-limit.ts';
import { Secret } from './platform/secret.ts';
import { SecretBox } from './platform/secret-box.ts';
import { defineStage } from './press/stage.ts';
import { acceptingCodings } from './published/accepted-coding.ts';
import { KeptAnswers } from './published/kept-answers.ts';
import type { Coding } from './published/published-store.ts';
import { defineDeliver } from './release/deliver.ts';
import { defineRepublish } from './release/republish.ts';

export interface Running {
	deps: Deps;
	port: number;
	/** What to tell whoever started it. */
	lines: readonly string[];
	/** Refuses new connections, finishes running requests and jobs, and closes the database; within four seconds. */
	stop(): Promise<void>;
}

export interface Replaced {
	/** Tests set the time; development mode has a clock of its own to set. */
	clock?: Clock;
	/** Tests run what is due when they say so. */
	runsDueByItself?: boolean;
}

const dist = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Opens everything that the configuration names and serves it. */
export async function serve(config: Config, plainLog: Log, replaced: Replaced = {}): Promise<Running> {
	const development = config.mode === 'development';
	const clock = replaced.clock ?? (development ? new SettableClock() : systemClock);
	const lastHour = new LastHour(clock);
	const log = lastHour.counting(plainLog);
	const hostSecret = config.hostSecret ?? makeHostSecret(config.data);
	ownFolder('KEYRING', config.keyring);
	const database = await openDatabase(config);
	const jobs = openJobs({ databaseUrl: config.databaseUrl, pglite: database.pglite }, log);
	const mail = config.smtpUrl ? smtpMailer(config.smtpUrl, config.mailFrom) : new Mailbox(config.mailFrom);
	const exempt = ({ local }: Client) => development && local;
	const kept = new KeptAnswers((path, codings, asker) =>
		app.fetch(new Request(new URL(path, config.origin), { headers: headersFor(codings, asker) }), { asker }),
	);
	const afterwards = new Afterwards(log);
	const secretBox = new SecretBox(hostSecret);
	const peers = new PeerKey(clock);
	const { databaseUrl } = config;
	const between = databaseUrl ? new BetweenNodes(secretBox, clock, peers, linkOverPostgres(databaseUrl, log)) : alone;
	const limits = new RateLimits(clock, exempt, between);
	peers.onChange(() => limits.clear());
	const deps: Deps = {
		...{ config, db: database.db, clock, mail, jobs, log, secretBox, peers, between, limits },
		...{ assets: loadAssets(dist), afterwards },
		...{ outbox: new Outbox(mail, afterwards), mailboxHour: new MailboxHour(clock, peers, between) },
		...{ kept },
	};
	const app = createApp(deps);
	defineRepublish(deps);
	defineStage(deps);
	defineRosterMailing(deps);
	defineDeliver(deps);
	const lines = await noticeCopy(deps);
	await jobs.start();
	const server = await listening(config, withKept(kept, getRequestListener(app.fetch), config));
	const metrics = new Metrics(deps, lastHour);
	const dueDone = (now: Date) => metrics.dueDone(now);
	const stopDue = replaced.runsDueByItself === false ? async () => {} : eachMinute(deps, dueDone);
	const stopMetrics = config.metricsPort ? await serveMetrics(metrics, lastHour, config.metricsPort) : async () => {};
	const port = (server.address() as AddressInfo).port;
	log('started', { mode: config.mode, origin: config.origin, port, database: database.kind });
	for (const step of firstSteps) lines.push(...(await step(deps)));
	// In development mode for whoever does not look at the terminal, too.
	if (mail instanceof Mailbox && lines.length > 0)
		await mail.send({ to: 'you@localhost', subject: 'First steps', text: lines.join('\n') });
	const stopInvitations = await serveInvitations(deps);
	const stopInOrder = async () => {
		await stopInvitations();
		await Promise.all([closed(server), stopDue(), stopMetrics(), between.stop()]);
		await deps.afterwards.idle(1_500);
		deps.outbox.close();
		await jobs.stop();
		mail.close();
		await database.close();
		log('stopped');
	};
	// What a busy machine has not finished by then is left as a crash would leave it, which every part survives.
	const stop = () => Promise.race([stopInOrder(), pause(4_000, undefined, { ref: false })]);
	return { deps, port, lines, stop };
}

/** As whoever is asked for came through proxies. */
function headersFor(codings: readonly Coding[], asker: IncomingMessage | null): Record<string, string> {
	const forwarded = asker?.headers['x-forwarded-for'];
	return { 'accept-encoding': acceptingCodings(codings), ...(forwarded && { 'x-forwarded-for': `${forwarded}` }) };
}

/** Development mode makes its secret on the first start and keeps it beside the data; config.ts refuses that elsewhere. */
function makeHostSecret(data: string): Secret {
	const secret = randomBytes(32).toString('hex');
	ownFolder('DATA', data);
	writeFileSync(hostSecretFile(data), secret, { mode: 0o600, flag: 'wx' });
	return new Secret(secret);
}

/** In development mode pages at another address than the origin move there, which only the program does. */
function withKept(kept: KeptAnswers, program: Listener, { mode, origin }: Config): Listener {
	const { host } = new URL(origin);
	if (mode === 'production') return (request, response) => kept.answer(request, response, program);
	return (request, response) =>
		request.headers.host === host ? kept.answer(request, response, program) : program(request, response);
}

/**
 * Runs what is due at once, for what a stopped server missed, and then at the beginning of every minute. Several nodes
 * may do so at the same moment, since a due task locks what it changes. The returned function waits for a running one.
 */
function eachMinute(deps: Deps, dueDone: (now: Date) => void): () => Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	let running = Promise.resolve();
	let stopped = false;
	const run = () => {
		// Each failure is logged by runDue; the next minute tries again.
		running = runDue(deps)
			.then(() => dueDone(deps.clock.now()))
			.catch(() => {})
			.then(() => {
				if (!stopped) timer = setTimeout(run, 60_000 - (Date.now() % 60_000));
			});
	};
	run();
	return async () => {
		stopped = true;
		clearTimeout(timer);
		await running;
	};
}
