/**
 * The server is killed (kill -9) at random moments of a seed while people sign, fifty times on PostgreSQL and a few on the embedded database, and starts again on the same data. Every signature
 * that was ever acknowledged is there then, once; in the end nobody has signed twice, and no mailbox was spent for nothing.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { loginWithPasskey, readDesk } from '../../shared/client/organizer.ts';
import type { DatabaseKind } from '../support/databases.ts';
import { hours, wholeDraft } from '../support/drafts.ts';
import type { SpawnedServer } from '../support/spawned-process.ts';
import { spawnServer } from '../support/spawned-server.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';
import { SigningLoad } from './signing-load.ts';

const seed = inject('seed');
const NOW = new Date('2027-03-01T09:00:00Z');
/** From each start to the next death, as a part of how long somebody takes to sign: people are in the middle of all that they do, however slow the machine is. */
const moments = (count: number) =>
	fc.sample(fc.nat(100), { seed, numRuns: count, unbiased: true }).map((percent) => percent / 100);
/** Each of these has to be on its way in five of the killings, or there are more of them: else they would show nothing. */
const STRUCK = [['/api/proofs', '/api/vouchers'], ['/api/signatures']];

interface Loaded {
	server: SpawnedServer;
	organizers: Organizers;
	load: SigningLoad;
	/** Milliseconds that somebody takes to sign, while nobody dies. */
	usual: number;
}

/** Less on a quick machine would be over before anybody is answered. */
const SHORTEST_MS = 400;

async function underLoad(database: DatabaseKind, abreast: number): Promise<Loaded> {
	const server = await spawnServer({ database, now: NOW, behindProxy: true, spare: true });
	const organizers = await Organizers.start(
		worldOfSpawned(server, () => NOW),
		2,
		(now) => wholeDraft(now),
	);
	const invite = await organizers.open();
	const vouchers = await organizers.vouchers(20);
	const { origin, relay } = server;
	const load = new SigningLoad({ origin, relay, invite, vouchers, now: () => NOW, noMail: 1_500 });
	const began = performance.now();
	load.start(abreast);
	while (load.signed.length < 3 * abreast) await pause(20);
	const usual = Math.max((performance.now() - began) / 3, SHORTEST_MS);
	return { server, organizers, load, usual };
}

/** What the desk says once last call is over: it has exact numbers then. */
async function exactNumbers(server: SpawnedServer, organizers: Organizers) {
	await organizers.decide('close');
	await server.setTime(new Date(NOW.getTime() + hours(25)));
	const { call, passkeys } = organizers.first;
	await loginWithPasskey(call, passkeys);
	const { counts, issued } = await readDesk(call);
	const sum = (count: (of: (typeof issued)[number]) => number) => issued.reduce((all, group) => all + count(group), 0);
	// A single anonymous one lapses on closing.
	const signatures = (counts?.live ?? 0) + sum(({ lapsed }) => lapsed);
	return { signatures, credentials: sum(({ mailbox, voucher }) => mailbox + voucher) };
}

/** People have only pressed the same buttons again, and never saw a server that fails. */
async function expectAllSigned({ server, organizers, load }: Loaded): Promise<void> {
	await load.stop();
	expect(load.unanswered).toBeGreaterThan(0);
	expect(load.refusals.filter(({ status }) => status >= 500)).toEqual([]);
	for (const { signer } of load.signed) {
		expect(await signer.resume()).toBe(false);
		expect((await signer.own()).state).toBe('signed');
	}
	const people = load.signed.length;
	expect(people).toBeGreaterThan(0);
	expect(await exactNumbers(server, organizers)).toEqual({ signatures: people, credentials: people });
}

test(`killed fifty times while people sign, on PostgreSQL: what was acknowledged is there, once (seed ${seed})`, async () => {
	const loaded = await underLoad('postgres', 4);
	const { server, load, usual } = loaded;
	const database = new pg.Client({ connectionString: server.databaseUrl });
	await database.connect();
	onTestFinished(() => database.end());
	const struck = STRUCK.map(() => 0);
	const enough = () => struck.every((times) => times >= 5);
	for (const [at, moment] of moments(200).entries()) {
		if (at >= 50 && enough()) break;
		await pause(moment * usual);
		for (const [kind, paths] of STRUCK.entries())
			if (paths.some((path) => load.inFlight.includes(path))) struck[kind] = (struck[kind] ?? 0) + 1;
		await server.kill();
		const { rows } = await database.query<{ key: string }>(`select key from signatures where status = 'live'`);
		const kept = rows.map(({ key }) => key);
		expect(new Set(kept).size).toBe(kept.length);
		expect(load.signed.filter(({ key }) => !kept.includes(key))).toEqual([]);
		await server.restart();
	}
	expect(enough()).toBe(true);
	expect(load.signed.length).toBeGreaterThan(10);
	await expectAllSigned(loaded);
}, 1_200_000);

test(`killed six times while people sign, on the embedded database: what was acknowledged is there, once (seed ${seed})`, async () => {
	const loaded = await underLoad('pglite', 2);
	for (const moment of moments(6)) {
		await pause(moment * loaded.usual);
		await loaded.server.kill();
		await loaded.server.restart();
	}
	await expectAllSigned(loaded);
});
