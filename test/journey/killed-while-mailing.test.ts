/**
 * The server is killed while it writes to everybody on a list, at moments of a seed, and starts again on the same data: whatever happens, nobody gets two mails, and what is
 * counted fits what the relay took.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, inject, test, vi } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { loginWithPasskey, readDesk } from '../../shared/client/organizer.ts';
import { wholeDraft } from '../support/drafts.ts';
import { spawnServer } from '../support/spawned-server.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';

const seed = inject('seed');
const NOW = new Date('2027-03-01T09:00:00Z');
const people = Array.from({ length: 60 }, (_, i) => `colleague.${String(i).padStart(2, '0')}@northwind.example`);
/** After so many mails of a life, and so many milliseconds more. */
const kills = fc.sample(fc.record({ mails: fc.integer({ min: 1, max: 8 }), after: fc.nat(25) }), {
	seed,
	numRuns: inject('scale') === 'full' ? 8 : 2,
});

test(`killed while it mails: nobody gets two mails, and every mail is accounted for (seed ${seed})`, async () => {
	const server = await spawnServer({ database: 'postgres', now: NOW, rosterRate: 60 });
	let now = NOW;
	const organizers = await Organizers.start(
		worldOfSpawned(server, () => now),
		2,
		(when) => wholeDraft(when),
	);
	await organizers.open();
	await organizers.mail(people, 'From the staff directory');
	const { mails } = server.relay;
	/** Hears nothing once the server has died: what it worked on is still in the queue then, for a quarter of an hour. */
	const later = (count: number) => {
		now = new Date(now.getTime() + count * 60_000);
		void server.setTime(now).catch(() => {});
	};
	for (const kill of kills) {
		const before = mails.length;
		later(1);
		await vi.waitUntil(() => mails.length >= before + kill.mails, { timeout: 120_000, interval: 5 });
		await pause(kill.after);
		await server.kill();
		await server.restart();
	}
	const { call, passkeys } = organizers.first;
	await loginWithPasskey(call, passkeys);
	const mailing = async () => (await readDesk(call)).roster.mailings[0];
	const done = async () => (await mailing())?.state === 'done';
	while (!(await done())) {
		// A mail of which nothing was heard counts as lost after five of these; one that is on its way just now has arrived by then.
		later(1);
		await vi.waitUntil(done, { timeout: 1_000, interval: 100 }).catch(() => {});
	}
	const { sent = 0, unknown = 0, refused, repeated } = (await mailing()) ?? {};
	const received = mails.flatMap(({ to }) => to);
	expect(new Set(received).size).toBe(received.length);
	expect([refused, repeated, sent + unknown]).toEqual([0, 0, people.length]);
	expect(received.length).toBeGreaterThanOrEqual(sent);
	expect(unknown).toBeLessThanOrEqual(kills.length);
});
