import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

const hostSecret = 'f00d'.repeat(16);
const data = mkdtempSync(join(tmpdir(), 'undersigned-config-'));
const production = {
	ORIGIN: 'https://letters.example.org',
	SMTP_URL: 'smtps://user:relay-password@mail.example.org',
	MAIL_FROM: 'post@example.org',
	HOST_SECRET: hostSecret,
	KEYRING: '/srv/keyring',
	DATA: data,
};

const refusal = (environment: Record<string, string | undefined>): string => {
	try {
		readConfig(environment);
	} catch (failure) {
		expect(failure).toBeInstanceOf(ConfigError);
		return (failure as Error).message;
	}
	throw new Error('it was accepted');
};

describe('development mode', () => {
	test('is what an empty environment gives', () => {
		const config = readConfig({ DATA: data });
		expect(config).toMatchObject({
			...{ mode: 'development', origin: 'http://localhost:3000', host: '127.0.0.1', port: 3000 },
			...{ newLetters: 'invited', smtpUrl: undefined, databaseUrl: undefined, keyring: join(data, 'keyring') },
			metricsPort: null,
		});
	});

	test('is what another port leaves it, and a port that is none is all that is said', () => {
		expect(readConfig({ DATA: data, PORT: '80' })).toMatchObject({ mode: 'development', origin: 'http://localhost' });
		expect(refusal({ DATA: data, PORT: 'http' })).toMatch(/^PORT: .*$/);
	});

	test.each([
		['another origin', { ORIGIN: 'https://letters.example.org' }],
		['a look-alike origin', { ORIGIN: 'https://localhost.example.org' }],
		['an IP address as origin', { ORIGIN: 'https://127.0.0.1:3000' }],
		['a mail relay', { SMTP_URL: 'smtp://mail.example.org' }],
		['a proxy', { TRUSTED_PROXIES: '10.0.0.1' }],
		['an open port', { HOST: '0.0.0.0' }],
	])('ends with %s', (_, environment) => {
		expect(refusal({ DATA: data, ...environment })).toContain('HOST_SECRET:');
		expect(readConfig({ ...production, ...environment }).mode).toBe('production');
	});
});

describe('in production', () => {
	test('everything is as given', () => {
		const config = readConfig({
			...production,
			PORT: '8080',
			NEW_LETTERS: 'anyone',
			TRUSTED_PROXIES: '10.0.0.0/8, ::1',
		});
		expect(config).toMatchObject({ mode: 'production', port: 8080, newLetters: 'anyone', keyring: '/srv/keyring' });
		expect(config.hostSecret?.reveal()).toBe(hostSecret);
		expect(config.trustedProxies.check('10.1.2.3')).toBe(true);
	});

	test.each(['SMTP_URL', 'MAIL_FROM', 'HOST_SECRET', 'KEYRING'])('%s must be there', (name) => {
		expect(refusal({ ...production, [name]: undefined })).toMatch(new RegExp(`^${name}: .+`));
		expect(refusal({ ...production, [name]: ' ' })).toMatch(new RegExp(`^${name}: .+`));
	});

	test.each([
		['ORIGIN', 'letters.example.org'],
		['ORIGIN', 'http://letters.example.org'],
		['ORIGIN', 'https://letters.example.org/path'],
		['PORT', '0'],
		['PORT', 'http'],
		['DATABASE_URL', 'mysql://localhost/letters'],
		['SMTP_URL', 'mail.example.org:25'],
		['MAIL_FROM', 'Post <post@example.org>'],
		['ROSTER_RATE', '0'],
		['ROSTER_RATE', 'many'],
		['HOST_SECRET', 'short'],
		['HOST_SECRET', 'file:/nowhere/at/all'],
		['TRUSTED_PROXIES', 'proxy.example.org'],
		['NEW_LETTERS', 'everyone'],
		['RESPONSIBLE', 'x'.repeat(301)],
		['RESPONSIBLE', 'Letters e.V.\nBcc: a@b.example'],
		['CONTACT', 'Host <host@example.org>'],
		['CONTACT', 'host@example.org, other@example.org'],
		['KEYRING', join(data, 'keys')],
		['KEYRING', data],
	])('%s cannot be %s', (name, value) => {
		expect(refusal({ ...production, [name]: value })).toMatch(new RegExp(`^${name}: .+`));
	});

	test('who runs the host may be left unsaid', () => {
		expect(readConfig(production)).toMatchObject({ responsible: null, contact: null });
		const said = { RESPONSIBLE: 'Letters e.V., Berlin', CONTACT: 'host@example.org' };
		expect(readConfig({ ...production, ...said })).toMatchObject({
			responsible: 'Letters e.V., Berlin',
			contact: 'host@example.org',
		});
	});

	test('all that is wrong is said at once', () => {
		const lines = refusal({ ...production, PORT: 'x', NEW_LETTERS: 'x', SMTP_URL: undefined }).split('\n');
		expect(lines.map((line) => line.split(':')[0])).toEqual(['PORT', 'NEW_LETTERS', 'SMTP_URL']);
	});

	test('a host secret that is stored beside the data is refused, however it is given', () => {
		const folder = mkdtempSync(join(tmpdir(), 'undersigned-config-'));
		writeFileSync(join(folder, 'host-secret'), hostSecret);
		const environment = { ...production, DATA: folder };
		expect(refusal({ ...environment, HOST_SECRET: undefined })).toContain('beside the data');
		expect(refusal(environment)).toContain('inside DATA');
		expect(refusal({ ...environment, HOST_SECRET: `file:${join(folder, 'host-secret')}` })).toContain('inside DATA');
		expect(readConfig({ ...production, HOST_SECRET: `file:${join(folder, 'host-secret')}` }).mode).toBe('production');
		// Beside the keys that it encrypts it would go wherever they go.
		const beside = { ...production, KEYRING: folder, HOST_SECRET: `file:${join(folder, 'host-secret')}` };
		expect(refusal(beside)).toContain('inside KEYRING');
		const elsewhere = mkdtempSync(join(tmpdir(), 'undersigned-config-'));
		symlinkSync(join(folder, 'host-secret'), join(elsewhere, 'link'));
		expect(refusal({ ...beside, HOST_SECRET: `file:${join(elsewhere, 'link')}` })).toContain('inside KEYRING');
	});
});

test('secrets do not print', () => {
	const config = readConfig({ ...production, DATABASE_URL: 'postgres://user:db-password@db.example.org/letters' });
	const printed = `${inspect(config, { depth: 9, showHidden: true })} ${JSON.stringify(config)} ${config.hostSecret} ${config.smtpUrl}`;
	for (const secret of [hostSecret, 'relay-password', 'db-password']) expect(printed).not.toContain(secret);
});
