/** The host loses its database and restores it from a dump, with the keyring or without it: what open letters then go on with, and that they say so. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { runDue } from '../../server/due.ts';
import { findBeats } from '../../server/heartbeat-store.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { Secret } from '../../server/platform/secret.ts';
import { serve } from '../../server/serve.ts';
import { MINUTE, placeInReview, REVIEW } from '../server/release/in-review.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { copyDatabase, postgresBinaries } from '../support/postgres.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { environmentOn } from '../support/server-environment.ts';
import { codeIn } from '../support/world.ts';

const command = resolve(import.meta.dirname, '../../server/command/restored.ts');
let restores = 0;

/** Proves with this mailbox, from a browser that knows nothing of an earlier time, and signs. */
async function sign(relay: TestServer['relay'], letter: OpenLetter, address: string): Promise<void> {
	const signer = await letter.signer();
	await signer.appear({ shown: 'named', name: 'Nora Named', title: '', condition: null });
	await signer.askForCode(address);
	await signer.proveByCode(codeIn((await relay.mailTo(address)).text));
	await signer.sign();
}

/** A dump as docs/operate.md makes it, and what was on the other disks. */
function backUp(server: TestServer) {
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-dump-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const dump = join(folder, 'last');
	const url = server.deps.config.databaseUrl?.reveal() ?? '';
	execFileSync(join(postgresBinaries(), 'pg_dump'), ['-Fc', '-f', dump, url]);
	const keyringNow = (name: string) => {
		cpSync(server.keyring, join(folder, name), { recursive: true });
		return join(folder, name);
	};
	return {
		dump,
		keyring: keyringNow('keyring'),
		keyringNow,
		empty: join(folder, 'empty'),
		secret: server.deps.config.hostSecret?.reveal() ?? '',
	};
}

/** On the dump, in a database of its own, at the address of the server that is gone. */
async function restore(dump: string, keyring: string, secret: string, { origin, clock }: TestServer) {
	const url = await copyDatabase(inject('postgresUrl'), `restored_${process.pid}_${++restores}`);
	execFileSync(join(postgresBinaries(), 'pg_restore'), ['--no-owner', '-d', url, dump]);
	const data = mkdtempSync(join(tmpdir(), 'undersigned-data-'));
	const remove = () => rmSync(data, { recursive: true, force: true });
	const environment = await environmentOn({ databaseUrl: new Secret(url), data, remove });
	onTestFinished(environment.remove);
	const own = { ORIGIN: origin, PORT: new URL(origin).port, KEYRING: keyring, HOST_SECRET: secret };
	const variables = { ...environment.variables, ...own };
	return {
		relay: environment.relay,
		command: (...args: string[]) => {
			const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
				env: variables,
				encoding: 'utf8',
			});
			return { status, said: stdout + stderr };
		},
		start: async () => {
			const running = await serve(readConfig(variables), () => {}, {
				clock: new SettableClock(clock.now()),
				runsDueByItself: false,
			});
			onTestFinished(running.stop);
			return running;
		},
	};
}

test('without its keyring an open letter goes to review once the operator says that the keys are gone; with it people go on, and the desk says what may be wrong', async () => {
	const server = await startServer({ database: 'postgres' });
	const letter = await openLetter(server);
	await sign(server.relay, letter, 'kim@northwind.example');
	const cookie = await letter.cookie();
	const { dump, keyring, empty, secret } = backUp(server);
	await sign(server.relay, letter, 'lee@northwind.example');
	await server.stop();
	const deskOf = async () => {
		const answer = await fetch(`${server.origin}/api/desk`, { headers: { cookie } });
		return (await answer.json()).letter;
	};

	const without = await restore(dump, empty, secret, server);
	// A folder that is not mounted looks the same: nothing is given up for that.
	expect(without.command()).toEqual({
		status: 1,
		said: expect.stringContaining('holds no keys of 1 open letters. Nothing was changed.'),
	});
	const unaware = await without.start();
	expect(unaware.lines.join('\n')).toContain('holds no keys of 1 open letters: nobody can sign them.');
	await unaware.stop();
	expect(without.command('--without-keyring')).toEqual({
		status: 0,
		said: expect.stringContaining('1 went to review.'),
	});
	const first = await without.start();
	expect(first.lines.join('\n')).not.toContain('KEYRING');
	expect(await deskOf()).toMatchObject({ state: 'review', restored: 'without-keys' });
	await expect(sign(without.relay, letter, 'lee@northwind.example')).rejects.toMatchObject({ status: 409 });
	await first.stop();

	const wrong = await restore(dump, keyring, 'another secret of thirty-two bytes and more', server);
	const shut = await wrong.start();
	expect(shut.lines.join('\n')).toContain('the keys of 1 open letters');
	await shut.stop();

	const whole = await restore(dump, keyring, secret, server);
	expect(whole.command()).toEqual({ status: 0, said: expect.stringContaining('1 open letters go on') });
	expect((await whole.start()).lines.join('\n')).not.toMatch(/KEYRING|HOST_SECRET/);
	expect(await deskOf()).toMatchObject({ state: 'open', restored: 'with-keys' });
	// One who had proved before the dump cannot again; one who did after it can, which is what has to be said.
	await expect(sign(whole.relay, letter, 'kim@northwind.example')).rejects.toMatchObject({
		code: 'mailbox-already-proved',
	});
	await sign(whole.relay, letter, 'lee@northwind.example');
});

test('where nobody says that it was restored, the keyring tells, as long as it is not a copy of that time itself', async () => {
	const server = await startServer({ database: 'postgres' });
	const letter = await openLetter(server);
	const cookie = await letter.cookie();
	await server.due();
	const { dump, keyring, keyringNow, secret } = backUp(server);
	await server.due();
	const later = keyringNow('later');
	await server.stop();
	const restoredOf = async () => {
		const answer = await fetch(`${server.origin}/api/desk`, { headers: { cookie } });
		return (await answer.json()).letter.restored;
	};

	// All of it as it was then: only who restored it knows.
	const together = await (await restore(dump, keyring, secret, server)).start();
	expect(together.lines.join('\n')).not.toContain('older than its keyring');
	expect(await restoredOf()).toBe(null);
	await together.stop();

	const there = await restore(dump, later, secret, server);
	const first = await there.start();
	expect(first.lines.join('\n')).toContain('The database is older than its keyring');
	expect(await restoredOf()).toBe('with-keys');
	await first.stop();
	// Said once, and nothing new that opens afterwards is taken for restored.
	const again = await there.start();
	expect(again.lines.join('\n')).not.toContain('older than its keyring');
	await runDue(again.deps);
	await again.deps.db.updateTable('letters').set({ restored: null }).execute();
	await runDue(again.deps);
	expect(await restoredOf()).toBe(null);
});

test.for(['postgres', 'pglite'] as const)(
	'a database on %s that falls back while servers run on it is found out in the next minute',
	async (database) => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const cookie = await letter.cookie();
		await server.due();
		await server.due();
		// As on a replica that had not heard of the last minute.
		await server.deps.db
			.updateTable('heartbeat')
			.set((row) => ({ beats: row('beats', '-', 1) }))
			.execute();
		await server.due();
		expect((await (await server.fetch('/api/desk', { headers: { cookie } })).json()).letter).toMatchObject({
			state: 'open',
			restored: 'with-keys',
		});
		expect(server.logs.filter((line) => line.includes('database came back from a copy'))).toHaveLength(1);
		await server.due();
		expect(server.logs.filter((line) => line.includes('database came back from a copy'))).toHaveLength(1);
	},
);

test('what the keyring says of another database, or says no more, changes nothing', async () => {
	const server = await startServer({});
	const letter = await openLetter(server);
	const cookie = await letter.cookie();
	for (const said of [JSON.stringify({ database: 'another', beats: 99 }), 'half a fi']) {
		await writeFile(join(server.keyring, 'heartbeat'), said);
		await server.due();
		expect(JSON.parse(await readFile(join(server.keyring, 'heartbeat'), 'utf8'))).toEqual(
			await findBeats(server.deps.db),
		);
	}
	expect((await (await server.fetch('/api/desk', { headers: { cookie } })).json()).letter.restored).toBe(null);
});

test('the published numbers say that some could have proved twice', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const review = await placeInReview(server);
	await server.deps.db.updateTable('letters').set({ restored: 'with-keys' }).execute();
	await review.schedule(await review.compose());
	await server.due(MINUTE);
	const { slug } = await server.deps.db.selectFrom('letters').select('slug').executeTakeFirstOrThrow();
	const page = await (await server.fetch(`/letters/${slug}/numbers.html`)).text();
	expect(page).toContain('The host restored its records from a copy while people signed.');
});

test('a name that was taken off after the dump, when signing was over, stands there again, and is said to', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const review = await placeInReview(server);
	const { dump, keyring, secret } = backUp(server);
	const { key } = await review.withdraw(0);
	await server.stop();

	const there = await restore(dump, keyring, secret, server);
	expect(there.command()).toEqual({ status: 0, said: expect.stringContaining('Of 1 nobody signs any more') });
	const { deps } = await there.start();
	const row = deps.db.selectFrom('signatures').select('status').where('key', '=', key);
	expect(await row.executeTakeFirst()).toEqual({ status: 'live' });
	const view = await (await fetch(`${server.origin}/api/letters/${review.id}`)).json();
	expect(view).toMatchObject({ state: 'review', restored: 'after-signing' });
});
