import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './databases.ts';
import { freePort } from './port.ts';
import { type Relay, startRelay } from './relay.ts';

/** Everything a server of one's own needs, as the environment that it would be given in production. */
export interface TestEnvironment {
	origin: string;
	variables: Record<string, string>;
	relay: Relay;
	/** The folders of the data and of the keys, for tests that walk them. */
	data: string;
	keyring: string;
	remove(): Promise<void>;
}

export interface HostOptions {
	newLetters?: 'invited' | 'anyone';
	/** What the host says of itself. */
	host?: { responsible?: string; contact?: string };
	/** Mails a minute to a list. */
	rosterRate?: number;
	/** Asks for codes in a minute from which devices have to work; 0 where nothing is said: in tests time stands still. */
	workFrom?: number;
	/** As behind a proxy on this machine, which says who asks: for many people at the same time. */
	behindProxy?: boolean;
	/** Where metrics are shown. */
	metricsPort?: number;
}

/** On this database; `remove` takes it along. */
export async function environmentOn(
	place: Place,
	{
		newLetters = 'anyone',
		host = {},
		rosterRate = 60,
		workFrom = 0,
		behindProxy = false,
		metricsPort,
	}: HostOptions = {},
): Promise<TestEnvironment> {
	const [relay, port] = await Promise.all([startRelay(), freePort()]);
	const keyring = mkdtempSync(join(tmpdir(), 'undersigned-keyring-'));
	const origin = `http://localhost:${port}`;
	return {
		...{ origin, relay, keyring, data: place.data },
		variables: {
			...{ ORIGIN: origin, PORT: String(port), HOST: '127.0.0.1', NEW_LETTERS: newLetters },
			...{ SMTP_URL: relay.url, MAIL_FROM: 'post@mail.example', HOST_SECRET: randomBytes(32).toString('hex') },
			...{ DATA: place.data, KEYRING: keyring, ROSTER_RATE: String(rosterRate) },
			PROOF_OF_WORK_FROM: String(workFrom),
			...(behindProxy && { TRUSTED_PROXIES: '127.0.0.1,::1' }),
			...(metricsPort && { METRICS_PORT: String(metricsPort) }),
			...(host.responsible && { RESPONSIBLE: host.responsible }),
			...(host.contact && { CONTACT: host.contact }),
			...(place.databaseUrl && { DATABASE_URL: place.databaseUrl.reveal() }),
		},
		async remove() {
			await relay.stop();
			place.remove();
			rmSync(keyring, { recursive: true, force: true });
		},
	};
}
