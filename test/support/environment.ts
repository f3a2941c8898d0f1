import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseKind, newPlace } from './databases.ts';
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

export interface Options {
	database?: DatabaseKind;
	/** The clock stands here until a test moves it. */
	now?: Date;
	newLetters?: 'invited' | 'anyone';
	/** Who runs it and where they are reached, as RESPONSIBLE and CONTACT say. */
	host?: { responsible?: string; contact?: string };
}

export async function newEnvironment({
	database = 'pglite',
	newLetters = 'anyone',
	host = {},
}: Options): Promise<TestEnvironment> {
	const [place, relay, port] = await Promise.all([newPlace(database), startRelay(), freePort()]);
	const keyring = mkdtempSync(join(tmpdir(), 'undersigned-keyring-'));
	const origin = `http://localhost:${port}`;
	return {
		...{ origin, relay, keyring, data: place.data },
		variables: {
			...{ ORIGIN: origin, PORT: String(port), HOST: '127.0.0.1', NEW_LETTERS: newLetters },
			...{ SMTP_URL: relay.url, MAIL_FROM: 'post@mail.example', HOST_SECRET: randomBytes(32).toString('hex') },
			...{ DATA: place.data, KEYRING: keyring },
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
