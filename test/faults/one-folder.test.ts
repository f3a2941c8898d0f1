/** One embedded folder has one server: a second one does not start and says why, also when several find the folder of a server that died. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/port.ts';
import { spawnServer } from '../support/spawned-server.ts';

const main = resolve(import.meta.dirname, '../../server/main.ts');
const locking = new URL('locking-process.ts', import.meta.url);

test('a second server on the folder refuses to start and says why; what a killed one left behind does not block', async () => {
	const server = await spawnServer({ database: 'pglite' });
	const startAnother = async () => {
		const port = String(await freePort());
		const env = { DATA: server.data, PORT: port, ORIGIN: `http://localhost:${port}` };
		return spawnSync(process.execPath, [main], { env, encoding: 'utf8' });
	};
	const { status, stderr } = await startAnother();
	expect(status).toBe(1);
	expect(stderr).toBe(
		`Undersigned cannot start:\nDATA: the folder ${join(server.data, 'database')} is in use by another process. Stop that one first. With another folder this one would begin with an empty database.\n`,
	);
	// The first one has noticed nothing.
	expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
	await server.kill();
	expect(readFileSync(join(server.data, 'database/lock'), 'utf8')).not.toBe('');
	await server.restart();
	expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
	expect((await startAnother()).status).toBe(1);
});

test('of four servers that find what a dead one left behind, one takes each folder', async () => {
	const root = mkdtempSync(join(tmpdir(), 'undersigned-locks-'));
	onTestFinished(() => rmSync(root, { recursive: true, force: true }));
	const gone = spawnSync('true').pid;
	const folders = Array.from({ length: 60 }, (_, i) => join(root, String(i)));
	for (const [i, folder] of folders.entries()) {
		mkdirSync(folder);
		// As a killed server leaves it, or a full disk.
		writeFileSync(join(folder, 'lock'), i % 3 === 0 ? '' : `${gone} 1 boot`);
	}
	const processes = Array.from({ length: 4 }, () => fork(locking, { execArgv: [] }));
	onTestFinished(() => void processes.map((one) => one.disconnect()));
	await Promise.all(processes.map((one) => once(one, 'message')));
	const held = processes.map(async (one) => (await once(one, 'message'))[0] as string[]);
	for (const one of processes) one.send(folders);
	const all = (await Promise.all(held)).flat();
	expect(all.sort()).toEqual(folders.sort());
});
