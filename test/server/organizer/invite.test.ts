import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { askForInvitation } from '../../../server/organizer/invitation-socket.ts';
import { databaseKinds, newPlace } from '../../support/databases.ts';
import { takeSeat } from '../../support/desk.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const command = new URL('../../../server/command/invite.ts', import.meta.url).pathname;

const required = { SMTP_URL: 'smtp://localhost:1', MAIL_FROM: 'post@mail.example', HOST_SECRET: 'x'.repeat(64) };

async function runInvite({ origin, data, keyring, deps }: TestServer): Promise<string> {
	const { port, databaseUrl } = deps.config;
	const env = {
		...{ ORIGIN: origin, PORT: String(port), HOST: '127.0.0.1', DATA: data, KEYRING: keyring },
		...required,
		...(databaseUrl && { DATABASE_URL: databaseUrl.reveal() }),
	};
	const { stdout } = await promisify(execFile)(process.execPath, [command], { env });
	return /\/desk#start=([A-Za-z0-9_-]{43})/.exec(stdout)?.[1] ?? stdout;
}

describe.each(databaseKinds)('npm run invite (%s)', (database) => {
	test('prints a link that starts a letter while the server runs', async () => {
		const server = await startServer({ database, now: new Date() });
		const seat = await takeSeat(server, await runInvite(server), 'R.');
		expect(seat.words).toHaveLength(24);
	});
});

test('without a running server it opens the embedded database itself', async () => {
	const { data, remove } = await newPlace('pglite');
	onTestFinished(remove);
	const env = { ...required, ORIGIN: 'http://localhost:3000', DATA: data, KEYRING: `${data}-keyring` };
	const { stdout } = await promisify(execFile)(process.execPath, [command], { env });
	expect(stdout).toMatch(/http:\/\/localhost:3000\/desk#start=[A-Za-z0-9_-]{43}\n$/);
});

describe('the socket of an embedded database', () => {
	test('is the server’s user’s alone, and answers one question', async () => {
		const server = await startServer();
		const path = join(server.data, 'invite', 'socket');
		expect((await stat(path)).mode & 0o777).toBe(0o600);
		expect((await stat(dirname(path))).mode & 0o077).toBe(0);
		const answers = new Promise<string>((resolve) => {
			let heard = '';
			const socket = connect(path, () => socket.write('GET / HTTP/1.1\r\n\r\n'));
			socket.setEncoding('utf8').on('data', (chunk) => {
				heard += chunk;
			});
			socket.on('error', () => {});
			socket.on('close', () => resolve(heard));
		});
		expect(await answers).toBe('');
		expect(await askForInvitation(server.data)).toMatch(/#start=/);
	});

	test('goes with the server', async () => {
		const server = await startServer();
		const { data } = server;
		await server.stop();
		expect(await askForInvitation(data)).toBeNull();
	});
});
