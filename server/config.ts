import { readFileSync, realpathSync } from 'node:fs';
import type { BlockList } from 'node:net';
import { isAbsolute, relative, resolve } from 'node:path';
import { proxyNetworks } from './platform/client.ts';
import { plainAddress } from './platform/mail.ts';
import { Secret } from './platform/secret.ts';

export interface Config {
	/** Development: bound to loopback, ORIGIN's host is localhost, no SMTP_URL, no TRUSTED_PROXIES. */
	mode: 'development' | 'production';
	origin: string;
	host: string;
	port: number;
	/** On loopback, for a supervisor; null: no metrics. */
	metricsPort: number | null;
	/** The folder of the embedded database, and in development mode of everything else that is kept. */
	data: string;
	databaseUrl: Secret | undefined;
	/** Absent in development mode only. */
	smtpUrl: Secret | undefined;
	mailFrom: string;
	/** Mails a minute to a list that organizers write to, of each letter. */
	rosterRate: number;
	/** Asks for codes in a minute beyond which each device works a little first; 0: never. */
	workFrom: number;
	/** Absent in development mode until the first start makes one. */
	hostSecret: Secret | undefined;
	keyring: string;
	trustedProxies: BlockList;
	newLetters: 'invited' | 'anyone';
	/** Who runs this host, as /privacy says it; null where nobody said. */
	responsible: string | null;
	/** Where reports and questions go: a plain address, shown to everybody. Null where there is none. */
	contact: string | null;
}

/** The environment does not say enough to start, or says what must not be. One line for each variable, with what to do. */
export class ConfigError extends Error {
	override name = 'ConfigError';
}

type Environment = Record<string, string | undefined>;

/** Where development mode keeps the host secret that it makes for itself. */
export const hostSecretFile = (data: string): string => resolve(data, 'host-secret');

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Where a path leads to in the end; the path itself for what is not there yet. */
const real = (path: string): string => {
	try {
		return realpathSync(path);
	} catch {
		return resolve(path);
	}
};

const isInside = (path: string, folder: string) => {
	const way = relative(real(folder), real(path));
	return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

const fileContent = (path: string): string | undefined => {
	try {
		return readFileSync(path, 'utf8').trim();
	} catch {
		return undefined;
	}
};

export function readConfig(environment: Environment): Config {
	const wrong: string[] = [];
	const given = (name: string) => environment[name]?.trim() || undefined;

	const givenPort = Number(given('PORT') ?? 3000);
	if (!isPort(givenPort)) wrong.push('PORT: give a port number from 1 to 65535.');
	// What else is wrong is said as if nothing had been given.
	const port = isPort(givenPort) ? givenPort : 3000;

	const metricsPort = given('METRICS_PORT') ? Number(given('METRICS_PORT')) : null;
	if (metricsPort !== null && !isPort(metricsPort))
		wrong.push('METRICS_PORT: give a port number from 1 to 65535, or leave it out.');
	if (metricsPort === port) wrong.push('METRICS_PORT: give another port than PORT.');

	const origin = readOrigin(given('ORIGIN') ?? new URL(`http://localhost:${port}`).origin, wrong);
	const smtpUrl = readUrl('SMTP_URL', given('SMTP_URL'), ['smtp:', 'smtps:'], wrong);
	const databaseUrl = readUrl('DATABASE_URL', given('DATABASE_URL'), ['postgres:', 'postgresql:'], wrong);
	const trustedProxies = readProxies(given('TRUSTED_PROXIES'), wrong);
	const local = origin?.hostname === 'localhost';
	const mayDevelop = local && !given('SMTP_URL') && !given('TRUSTED_PROXIES');
	const host = given('HOST') ?? (mayDevelop ? '127.0.0.1' : '0.0.0.0');
	const mode = mayDevelop && isLoopback(host) ? 'development' : 'production';
	const data = resolve(given('DATA') ?? './data');

	const newLetters = given('NEW_LETTERS') ?? 'invited';
	if (newLetters !== 'invited' && newLetters !== 'anyone') wrong.push('NEW_LETTERS: say invited or anyone.');

	const mailFrom = given('MAIL_FROM') ?? (mode === 'development' ? 'post@localhost' : '');
	if (!plainAddress.test(mailFrom)) {
		wrong.push('MAIL_FROM: give the plain address that mail is sent from, such as post@example.org, without a name.');
	}
	const rosterRate = Number(given('ROSTER_RATE') ?? 60);
	if (!Number.isInteger(rosterRate) || rosterRate < 1 || rosterRate > 6_000) {
		wrong.push(
			'ROSTER_RATE: give how many mails a minute may go to a list, from 1 to 6000; what your mail relay bears.',
		);
	}
	const workFrom = Number(given('PROOF_OF_WORK_FROM') ?? 120);
	if (!Number.isInteger(workFrom) || workFrom < 0 || workFrom > 100_000) {
		wrong.push(
			'PROOF_OF_WORK_FROM: give how many may ask for a code in a minute before each device has to work for it, up to 100000; 0 for never.',
		);
	}
	const responsible = given('RESPONSIBLE') ?? null;
	if (responsible !== null && (responsible.length > 300 || /\p{Cc}/u.test(responsible))) {
		wrong.push(
			'RESPONSIBLE: give the name of whoever runs this host, and where they are, on one line of at most 300 characters.',
		);
	}
	const contact = given('CONTACT') ?? (mode === 'development' ? 'host@localhost' : null);
	if (contact !== null && !plainAddress.test(contact)) {
		wrong.push(
			'CONTACT: give the plain address at which people reach whoever runs this host, such as host@example.org.',
		);
	}
	if (mode === 'production' && !given('SMTP_URL')) {
		wrong.push(
			'SMTP_URL: give your mail relay, such as smtps://user:password@mail.example.org. Only development mode works without.',
		);
	}
	const keyring = resolve(given('KEYRING') ?? resolve(data, 'keyring'));
	if (mode === 'production') {
		if (!given('KEYRING'))
			wrong.push(
				'KEYRING: give the folder for the letters’ keys, outside of DATA and of every backup of the database.',
			);
		else if (isInside(keyring, data))
			wrong.push('KEYRING: this folder is inside DATA. Keep it elsewhere, so that whoever copies the data has no key.');
	}
	const hostSecret = readHostSecret(given('HOST_SECRET'), { data, keyring }, mode, wrong);
	if (wrong.length > 0 || !origin) throw new ConfigError(wrong.join('\n'));
	return {
		...{ mode, origin: origin.origin, host, port, data, databaseUrl, smtpUrl, mailFrom, hostSecret, keyring },
		...{ trustedProxies, newLetters: newLetters as Config['newLetters'], responsible, contact },
		...{ rosterRate, workFrom, metricsPort },
	};
}

const isPort = (given: number): boolean => Number.isInteger(given) && given >= 1 && given <= 65_535;

function readOrigin(value: string, wrong: string[]): URL | undefined {
	const url = URL.canParse(value) ? new URL(value) : undefined;
	if (!url || url.origin !== value.replace(/\/$/, '')) {
		wrong.push('ORIGIN: give the address that people open, such as https://letters.example.org, without a path.');
		return undefined;
	}
	const secure =
		url.protocol === 'https:' ||
		(url.protocol === 'http:' && (url.hostname === 'localhost' || url.hostname.endsWith('.onion')));
	if (!secure) wrong.push('ORIGIN: it must begin with https://. Browsers sign only on a secure page.');
	return url;
}

function readUrl(name: string, value: string | undefined, protocols: string[], wrong: string[]): Secret | undefined {
	if (value === undefined) return undefined;
	if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
		wrong.push(`${name}: give a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`);
	}
	return new Secret(value);
}

function readProxies(value: string | undefined, wrong: string[]): BlockList {
	const entries = (value ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean);
	try {
		return proxyNetworks(entries);
	} catch {
		wrong.push('TRUSTED_PROXIES: give your proxies’ addresses or networks, such as 10.0.0.7,192.0.2.0/24.');
		return proxyNetworks([]);
	}
}

/** The secret itself, or `file:` and a path to it. Beside the data it would go wherever the data goes. */
function readHostSecret(
	value: string | undefined,
	{ data, keyring }: { data: string; keyring: string },
	mode: Config['mode'],
	wrong: string[],
): Secret | undefined {
	const beside = fileContent(hostSecretFile(data));
	if (value === undefined) {
		if (mode === 'development') return beside ? new Secret(beside) : undefined;
		wrong.push(
			beside
				? `HOST_SECRET: it is stored beside the data (${hostSecretFile(data)}). Make a new one (openssl rand -hex 32), keep it elsewhere, and delete that file.`
				: 'HOST_SECRET: give 32 random bytes or more (openssl rand -hex 32), or file: and the path of a file outside of DATA.',
		);
		return undefined;
	}
	const path = value.startsWith('file:') ? value.slice('file:'.length) : undefined;
	const secret = path === undefined ? value : fileContent(path);
	const stored = (path !== undefined && isInside(path, data)) || (beside !== undefined && beside === secret);
	if (mode === 'production' && stored)
		wrong.push(
			'HOST_SECRET: it is stored inside DATA. Move it elsewhere, so that whoever copies the data cannot read it.',
		);
	if (mode === 'production' && path !== undefined && isInside(path, keyring)) {
		wrong.push(
			'HOST_SECRET: it is stored inside KEYRING, beside what it encrypts. Move it elsewhere, so that whoever copies the keyring has no key.',
		);
	}
	if (secret === undefined) wrong.push('HOST_SECRET: the file that it names cannot be read.');
	else if (secret.length < 43) wrong.push('HOST_SECRET: it is too short. Make one with: openssl rand -hex 32');
	return secret === undefined ? undefined : new Secret(secret);
}
