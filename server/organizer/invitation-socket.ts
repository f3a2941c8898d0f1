/**
 * How `npm run invite` reaches a running server whose embedded database no second process may open: a Unix socket in
 * the data folder, in a folder of its own that only the server's user can enter (0700). Whoever can connect could read
 * the database itself as well; a web page or another user cannot. It does one thing. Proven by test/server/organizer/invite.test.ts.
 */
import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Deps } from '../deps.ts';
import { startInvitation, startLink } from './invitation.ts';

const question = 'invite\n';
/** The least of what systems allow for the path of a socket, in bytes. */
const longestPath = 100;

const socketPath = (data: string): string | undefined => {
	const path = join(data, 'invite', 'socket');
	return Buffer.byteLength(path) <= longestPath ? path : undefined;
};

/** Only where the database is embedded, and the data folder's path is short enough. @returns what stops it */
export async function serveInvitations(deps: Deps): Promise<() => Promise<void>> {
	const path = deps.config.databaseUrl ? undefined : socketPath(deps.config.data);
	if (path === undefined) return async () => {};
	const server = createServer((socket) => {
		socket.setTimeout(5_000, () => socket.destroy());
		socket.on('error', () => socket.destroy());
		let asked = '';
		socket.setEncoding('utf8').on('data', (chunk) => {
			asked += chunk;
			if (!question.startsWith(asked)) return void socket.destroy();
			if (asked !== question) return;
			startInvitation(deps, 'command').then(
				(invitation) => socket.end(`${startLink(deps.config.origin, invitation)}\n`),
				(failure: unknown) => {
					deps.log('invitation failed', { failure });
					socket.destroy();
				},
			);
		});
	});
	// Left behind by a server that was killed; the folder's lock says that no other one runs.
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	await chmod(dirname(path), 0o700);
	await rm(path, { force: true });
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
	await chmod(path, 0o600);
	server.unref();
	return () => new Promise((resolve) => server.close(() => resolve()));
}

/** @returns the link that the running server gave, or null when none answers in this folder */
export function askForInvitation(data: string): Promise<string | null> {
	const path = socketPath(data);
	if (path === undefined) return Promise.resolve(null);
	return new Promise((resolve) => {
		let answer = '';
		const socket = connect(path, () => socket.write(question));
		socket.setEncoding('utf8').on('data', (chunk) => {
			answer += chunk;
		});
		socket.on('error', () => resolve(null));
		socket.on('close', () => resolve(answer.trim() || null));
	});
}
