/**
 * A letter that very many sign, from the tick to the recount: 2,000 on both databases with `npm test`, 100,000 on PostgreSQL with `npm run test:scale`. Nothing
 * here measures time; how long each part took is printed.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { openInvite, signLetter } from '../../server/command/client/signing.ts';
import { Refused } from '../../shared/client/call.ts';
import type { Signer } from '../../shared/client/signer.ts';
import { coarse } from '../../shared/coarse.ts';
import { launch } from '../support/browser.ts';
import { appearanceOf, placeCrowd } from '../support/crowd.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { recountFile } from '../support/recount-command.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { stage, tell } from '../support/stage.ts';
import { worldOf } from '../support/world.ts';

const many = inject('scale') === 'full' ? 100_000 : 2_000;
/** The embedded database is for trying out and for small letters. */
const crowds = [
	['pglite', 2_000],
	['postgres', many],
] as const;
/** Megabytes for the recount of any of these, whatever the size of the file. */
const heap = 96;

describe.each(crowds)('on %s, a letter that %i people sign', (database, count) => {
	test('ticks while others sign, closes, is opened and released, and anybody recounts it', async () => {
		const server = await startServer({ database });
		const world = worldOf(server);
		const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
		const invite = await organizers.open();
		const { standing } = (await openInvite(world, invite)).opened;
		if (standing === null) throw new Error('The letter is not open.');
		const { charter } = standing;
		await stage(`${count} people sign`, () =>
			placeCrowd(server, standing, count, (done) => done % 10_000 === 0 && tell(`${done} have signed`)),
		);

		const late = await stage('the tick, while others sign', () => signDuringTick(server, invite));
		const all = count + late.length;
		expect(await rowsOf(server)).toEqual({ mailboxes: all, signatures: all });
		for (const signer of late) expect((await signer.own()).state).toBe('signed');
		await stage('the next tick', () => server.due(new Date(server.clock.now().getTime() + hours(1))));
		const seen = (await (await server.fetch(`/api/letters/${charter.letter}`)).json()) as {
			atLeast: { signatures: number };
		};
		expect(seen.atLeast.signatures).toBe(coarse(all));

		await stage('closing', () => organizers.decide('close'));
		await stage('what closing leaves to the next tick', () => server.due());
		await server.due(new Date(server.clock.now().getTime() + hours(24) + 60_000));
		await stage('two organizers contribute', () => organizers.openNames());
		const releaseAt = new Date(server.clock.now().getTime() + hours(2));
		await stage('two organizers open, compare and approve', () => organizers.release('very-many', instant(releaseAt)));
		await stage('publishing', () => server.due(releaseAt));

		const kept = Array.from({ length: count }, (_, n) => appearanceOf(n, count, charter.labels)).filter(
			({ condition }) => condition === null || ('signatures' in condition && condition.signatures <= count),
		);
		const named = kept.filter(({ shown }) => shown === 'named').length + late.length;
		const page = await stage('the page over HTTP', async () =>
			(await server.fetch('/letters/very-many/all.html')).text(),
		);
		expect(page.match(/<li id="n\d+"/g)).toHaveLength(named);
		for (const { name } of latecomers) expect(page).toContain(name);

		const file = await stage('the release file over HTTP', () => download(server, 'very-many'));
		const { said, grown, resident } = await stage('npm run recount', () => recountFile(file, heap));
		expect(said).toContain(`${(kept.length + late.length).toLocaleString('en-GB')} signatures`);
		const { size } = statSync(file);
		tell(`${mb(size)} MB of release file; recounting it grew by ${mb(grown)} MB, ${mb(resident)} MB resident`);
		if (count > 2_000) expect(grown).toBeLessThan(size / 2);
		if (count <= 2_000) await stage('the recount in Chromium', () => recountInBrowser(server, 'very-many'));
	});
});

const mb = (bytes: number): number => Math.round(bytes / 1e6);

/** Fewer than one address of the network may ask codes for at once, more than wait for the tick one after the other. */
const latecomers = Array.from({ length: 15 }, (_, n) => ({ name: `Ines Late ${n + 1}`, local: `i.late${n + 1}` }));

/** All of them sign at once, over HTTP with all that belongs to it, when the tick of the next hour begins. Whoever only reads the letter can. */
async function signDuringTick(server: TestServer, invite: string): Promise<Signer[]> {
	const world = worldOf(server);
	let ticking = true;
	const read = async (): Promise<void> => {
		while (ticking) await openInvite(world, invite);
	};
	const tick = async (): Promise<void> => {
		await server.due(new Date(server.clock.now().getTime() + hours(1)));
		ticking = false;
	};
	const sign = async ({ name, local }: (typeof latecomers)[number]): Promise<Signer> => {
		const appear = { shown: 'named', name, title: '', condition: null } as const;
		const proof = { address: `${local}@northwind.example` };
		for (;;) {
			try {
				return await signLetter(world, invite, appear, proof);
			} catch (failure) {
				// On a slow machine the embedded database can keep the relay waiting for too long; they are told to come back.
				if (!(failure instanceof Refused && failure.code === 'mail-unavailable')) throw failure;
				await pause((failure.retryAfter ?? 1) * 1_000);
			}
		}
	};
	const [signed] = await Promise.all([Promise.all(latecomers.map(sign)), tick(), read()]);
	return signed;
}

async function rowsOf({ deps: { db } }: TestServer): Promise<{ mailboxes: number; signatures: number }> {
	const count = async (table: 'mailboxes' | 'signatures') =>
		(await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
	return { mailboxes: await count('mailboxes'), signatures: await count('signatures') };
}

/** Both files of a released letter, side by side, as a reader saves them. @returns the release file's path */
async function download(server: TestServer, slug: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-release-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const [file, jws] = ['release.json', 'release.json.jws'] as const;
	for (const name of [file, jws]) {
		const { status, body } = await server.fetch(`/letters/${slug}/${name}`);
		expect(status).toBe(200);
		if (body === null) throw new Error('There is no body.');
		await pipeline(pieces(body), createWriteStream(join(folder, name)));
	}
	return join(folder, file);
}

async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
	for await (const piece of body) yield piece;
}

async function recountInBrowser(server: TestServer, slug: string): Promise<void> {
	const browser = await launch();
	try {
		const page = await browser.newPage();
		await page.goto(`${server.origin}/letters/${slug}/recount.html`);
		await page.getByRole('button', { name: 'Recount this letter' }).click();
		await page.getByRole('heading', { name: 'Every check holds' }).waitFor({ timeout: 120_000 });
	} finally {
		await browser.close();
	}
}
