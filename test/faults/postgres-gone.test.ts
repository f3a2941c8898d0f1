/** PostgreSQL crashes while people sign, stays away for ten seconds, and comes back. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { placeOn } from '../support/databases.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { startCluster } from '../support/postgres.ts';
import { endWithTest } from '../support/server.ts';
import { environmentOn } from '../support/server-environment.ts';
import { spawnIn } from '../support/spawned-process.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';
import { SigningLoad } from './signing-load.ts';

const NOW = new Date('2027-03-01T09:00:00Z');
const AWAY_MS = 10_000;
const ADDRESSEE = 'board@northwind.example';

/** On a cluster of its own, which no other test needs meanwhile. */
async function onOwnCluster() {
	const cluster = await startCluster({ durable: true });
	const server = await spawnIn(await environmentOn(await placeOn(cluster), { behindProxy: true }), NOW);
	endWithTest(async () => {
		await server.stop();
		await cluster.stop();
	});
	return { cluster, server };
}

test('PostgreSQL is gone for ten seconds under load: everybody is told to come back, nothing acknowledged is lost, and then all goes on', async () => {
	const { cluster, server } = await onOwnCluster();
	let now = NOW;
	const world = worldOfSpawned(server, () => now);
	const organizers = await Organizers.start(world, 2, (at) => wholeDraft(at, { deliveries: [ADDRESSEE] }));
	const invite = await organizers.open();
	const { origin, relay } = server;
	const load = new SigningLoad({ origin, relay, invite, now: () => now });
	load.start(4);
	const signedOnce = (count: number) =>
		vi.waitUntil(() => load.signed.length >= count, { timeout: 120_000, interval: 20 });
	await signedOnce(3);

	await cluster.crash();
	const gone = performance.now();
	const answers: { path: string; status: number; retryAfter: string | null; milliseconds: number }[] = [];
	const ask = async (path: string, accept: string) => {
		const began = performance.now();
		const answer = await fetch(`${origin}${path}`, { headers: { accept } });
		await answer.arrayBuffer();
		const { status, headers } = answer;
		answers.push({ path, status, retryAfter: headers.get('retry-after'), milliseconds: performance.now() - began });
	};
	while (performance.now() - gone < AWAY_MS) {
		await Promise.all([ask('/healthz', '*/*'), ask('/readyz', '*/*'), ask(new URL(invite).pathname, 'text/html')]);
		await pause(250);
	}
	// The process itself is well; whoever needs the database is told when to come back, at once.
	for (const { path, status, retryAfter, milliseconds } of answers) {
		const expected = path === '/healthz' ? [200, null] : [503, '5'];
		expect([path, status, retryAfter]).toEqual([path, ...expected]);
		expect(milliseconds).toBeLessThan(AWAY_MS);
	}
	expect(load.refusals.length).toBeGreaterThan(0);
	const before = load.signed.length;

	await cluster.restart();
	await signedOnce(before + 1);
	expect((await fetch(`${origin}/readyz`)).status).toBe(200);
	await signedOnce(before + 4);
	await load.stop();
	expect(load.unanswered).toBe(0);
	for (const { code, status, retryAfter } of load.refusals)
		expect([code, status, retryAfter]).toEqual(['unavailable', 503, 5]);
	for (const { signer } of load.signed) {
		expect(await signer.resume()).toBe(false);
		expect((await signer.own()).state).toBe('signed');
	}

	// Jobs go on as well: the letter goes out with exactly these, and to the addressee.
	await organizers.decide('close');
	now = new Date(NOW.getTime() + hours(25));
	await server.setTime(now);
	await organizers.openNames();
	await organizers.release('quiet-nights', instant(now.getTime() + hours(1)));
	await server.setTime(new Date(now.getTime() + hours(1)));
	const file = await (await fetch(`${origin}/letters/quiet-nights/release.json`)).text();
	expect(file.split('\n').filter((line) => line.startsWith('{"entry":'))).toHaveLength(load.signed.length);
	expect((await relay.mailTo(ADDRESSEE)).attachments).toHaveLength(1);
});
