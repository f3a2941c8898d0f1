import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { listening } from '../../server/listening.ts';
import { Secret } from '../../server/platform/secret.ts';
import { databaseKinds, newPlace } from '../support/databases.ts';
import { environmentOn } from '../support/server-environment.ts';
import { spawnServer } from '../support/spawned-server.ts';

test.each(databaseKinds)('a server on %s that was killed starts again on its data', async (database) => {
	const server = await spawnServer({ database });
	expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
	await server.kill();
	await expect(fetch(`${server.origin}/readyz`)).rejects.toThrow();
	await server.restart();
	await server.setTime(new Date('2027-04-01T00:00:00Z'));
	expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
});

test.each(databaseKinds)(
	'a server on %s stops within five seconds of SIGTERM, also while a request runs',
	async (database) => {
		const server = await spawnServer({ database });
		const { port } = new URL(server.origin);
		const { connect } = await import('node:net');
		// A request that never ends: its body is announced and not sent.
		const socket = connect(Number(port), '127.0.0.1');
		socket.on('error', () => {});
		socket.write(
			`POST /api/nothing HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${server.origin}\r\nContent-Length: 10\r\n\r\n`,
		);
		expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
		const began = performance.now();
		expect(await server.terminate()).toBe(0);
		expect(performance.now() - began).toBeLessThan(15_000);
		socket.destroy();
	},
);

test('a port that is taken is said in words, with what to do', async () => {
	const server = await spawnServer({ database: 'pglite' });
	const { port } = new URL(server.origin);
	const main = resolve(import.meta.dirname, '../../server/main.ts');
	const DATA = mkdtempSync(join(tmpdir(), 'undersigned-taken-'));
	const env = { DATA, PORT: port, ORIGIN: server.origin };
	const { stderr, status } = spawnSync(process.execPath, [main], { env, encoding: 'utf8' });
	expect(status).toBe(1);
	expect(stderr).toContain(`Undersigned cannot start:\nPORT: ${port} is taken by another program.`);
	expect(stderr).not.toContain('    at ');
});

test.each(['192.0.2.1', 'nowhere.invalid'])(
	'and so is an address that this machine does not have: %s',
	async (host) => {
		await expect(listening({ host, port: 0 }, () => {})).rejects.toThrow(
			`HOST: ${host} is no address of this machine.`,
		);
	},
);

/** `npm start` as its own process, told to stop `when` that has come. @returns how it ended */
async function startedAndStopped(variables: Record<string, string>, when: (server: ChildProcess) => Promise<unknown>) {
	const program = ['--import', './server/command/require-node-24.mjs', 'server/command/start.ts'];
	const env = { PATH: process.env.PATH, ...variables };
	const cwd = resolve(import.meta.dirname, '../..');
	const server = spawn(process.execPath, program, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
	onTestFinished(() => void server.kill('SIGKILL'));
	const ended = once(server, 'exit');
	await when(server);
	server.kill('SIGTERM');
	return await ended;
}

test('a server that is told to stop in the moment in which it answers hears of it, and ends by itself', async () => {
	const { variables, remove } = await environmentOn(await newPlace('pglite'));
	onTestFinished(remove);
	const ended = await startedAndStopped(variables, async ({ stderr }) => {
		if (stderr === null) throw new Error('It logs nowhere.');
		for await (const line of createInterface({ input: stderr }))
			if ((JSON.parse(line) as { event: string }).event === 'started') return;
	});
	expect(ended).toEqual([0, null]);
});

test('a server that is told to stop while its database says nothing does not wait for it', async () => {
	const asked = Promise.withResolvers<void>();
	const silent = createServer(() => asked.resolve());
	onTestFinished(() => void silent.close());
	await once(silent.listen(0, '127.0.0.1'), 'listening');
	const { port } = silent.address() as AddressInfo;
	const databaseUrl = new Secret(`postgres://nobody:none@127.0.0.1:${port}/none`);
	const { variables, remove } = await environmentOn({ ...(await newPlace('pglite')), databaseUrl });
	onTestFinished(remove);
	const ended = startedAndStopped(variables, () => asked.promise);
	await asked.promise;
	const began = performance.now();
	expect(await ended).toEqual([1, null]);
	// The connection alone may take a minute.
	expect(performance.now() - began).toBeLessThan(30_000);
});
