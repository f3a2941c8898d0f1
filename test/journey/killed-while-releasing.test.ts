/**
 * The server is killed while a letter goes out, at moments of a seed, and while it starts again; or it is down at that minute. Either way the
 * letter is out after the next start, whole and once. Where a test needs the very query in which to die, see test/server/release/killed.test.ts.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { signLetter } from '../../server/command/client/signing.ts';
import type { World } from '../../server/command/client/world.ts';
import { recount } from '../../shared/recount.ts';
import { databaseKinds } from '../support/databases.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import type { SpawnedServer } from '../support/spawned-process.ts';
import { spawnServer } from '../support/spawned-server.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';

const seed = inject('seed');
const killings = inject('scale') === 'full' ? 12 : 2;
/** For each killing: how far into the publishing, and how far into the next start, as parts of how long those took before. */
const moments = fc.sample(
	fc.tuple(...[0, 1].map(() => fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100))),
	{ seed, numRuns: killings, unbiased: true },
);

const NOW = new Date('2027-03-01T09:00:00Z');
const opening = new Date(NOW.getTime() + hours(25));
/** One letter after the other, an hour apart. */
const minuteOf = (letter: number) => new Date(opening.getTime() + hours(letter + 1));

const timed = async (work: () => Promise<void>): Promise<number> => {
	const began = performance.now();
	await work();
	return performance.now() - began;
};

describe.each(databaseKinds)('killed while a letter goes out (%s)', (database) => {
	test(`each is out after the next start, whole and once (seed ${seed})`, async () => {
		const server = await spawnServer({ database, now: NOW });
		let now = NOW;
		const world = worldOfSpawned(server, () => now);
		const count = killings + 2;
		const all: Organizers[] = [];
		for (let letter = 0; letter < count; letter++) all.push(await signed(world, letter));
		now = opening;
		await server.setTime(now);
		for (const [letter, organizers] of all.entries()) {
			await organizers.openNames();
			await organizers.release(`letter-${letter}`, instant(minuteOf(letter)));
		}

		// The first goes out undisturbed, and says how long that takes.
		const publishing = await timed(() => server.setTime(minuteOf(0)));
		await server.kill();
		const starting = await timed(() => server.restart());
		await expectOut(server, 0);

		for (const [at, [early = 0, late = 0]] of moments.entries()) {
			const letter = at + 1;
			await expectHidden(server, letter);
			await killedAfter(server, server.setTime(minuteOf(letter)), early * publishing);
			await killedAfter(server, server.restart(), late * starting);
			await server.restart();
			await expectOut(server, letter);
		}

		// Down at the last one's minute.
		const last = count - 1;
		await expectHidden(server, last);
		await server.terminate();
		await server.setTime(new Date(minuteOf(last).getTime() + hours(3)));
		await server.restart();
		const out = await Promise.all(all.map((_, letter) => expectOut(server, letter)));

		// Nothing is published again, ever: every byte stays.
		await server.kill();
		await server.restart();
		await server.setTime(new Date(minuteOf(last).getTime() + hours(30)));
		expect(await Promise.all(all.map((_, letter) => expectOut(server, letter)))).toEqual(out);
		for (const [letter, times] of releasedBy(server)) expect([letter, times]).toEqual([letter, 1]);
	});
});

/** A letter signed by one, and closed. */
async function signed(world: World, letter: number): Promise<Organizers> {
	const organizers = await Organizers.start(world, 2, (now) => {
		const draft = wholeDraft(now);
		return { ...draft, groups: draft.groups.slice(0, 1) };
	});
	const invite = await organizers.open();
	const appear = { shown: 'named', name: `Amara Okafor ${letter}`, title: 'Engineer', condition: null } as const;
	await signLetter(world, invite, appear, { address: `a.okafor.${letter}@northwind.example` });
	await organizers.decide('close');
	return organizers;
}

async function killedAfter(server: SpawnedServer, work: Promise<void>, milliseconds: number): Promise<void> {
	// It may be done before; else it hears that the server ended.
	const over = work.catch(() => {});
	await pause(milliseconds);
	await server.kill();
	await over;
}

const get = (server: SpawnedServer, path: string) => fetch(`${server.origin}/letters/${path}`);

async function expectHidden(server: SpawnedServer, letter: number): Promise<void> {
	for (const file of ['/', '/release.json', '/release.json.jws', '/recount.html']) {
		expect([letter, file, (await get(server, `letter-${letter}${file}`)).status]).toEqual([letter, file, 404]);
	}
}

/** The page, the file and its signature fit each other, and the recount holds. @returns all bytes that are served of it */
async function expectOut(server: SpawnedServer, letter: number): Promise<string[]> {
	const files = ['/', '/release.json', '/release.json.jws', '/recount.html'];
	const answers = await Promise.all(files.map((file) => get(server, `letter-${letter}${file}`)));
	expect([letter, ...answers.map(({ status }) => status)]).toEqual([letter, 200, 200, 200, 200]);
	const served = await Promise.all(answers.map((answer) => answer.text()));
	const [page = '', file = '', jws = ''] = served;
	expect(await recount(file, { jws })).toMatchObject({ ok: true, fault: null, counted: { signatures: 1 } });
	for (const text of [page, file]) expect(text).toContain(`Amara Okafor ${letter}`);
	return served;
}

/** How often the log says that a letter was released: it may miss one, whose process was killed between the commit and the line. */
function releasedBy({ output }: SpawnedServer): Map<string, number> {
	const times = new Map<string, number>();
	for (const line of output.join('').split('\n')) {
		const letter = line.includes('"released"') ? /"letter":"([^"]+)"/.exec(line)?.[1] : undefined;
		if (letter !== undefined) times.set(letter, (times.get(letter) ?? 0) + 1);
	}
	return times;
}
