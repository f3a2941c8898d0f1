/** The disk below the embedded database is full: a small file system of its own (tmpfs, which takes root), filled up while people sign. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test, vi } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { wholeDraft } from '../support/drafts.ts';
import { endWithTest } from '../support/server.ts';
import { environmentOn } from '../support/server-environment.ts';
import { spawnIn } from '../support/spawned-process.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';
import { SigningLoad } from './signing-load.ts';

const NOW = new Date('2027-03-01T09:00:00Z');
const MEGABYTE = 2 ** 20;

/** Others may not mount anything. */
const mayMount = process.getuid?.() === 0;

async function onSmallDisk() {
	const disk = mkdtempSync(join(tmpdir(), 'undersigned-disk-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'none', disk]);
	cpSync(inject('pgliteTemplate'), disk, { recursive: true });
	const remove = () => {
		execFileSync('umount', [disk]);
		rmSync(disk, { recursive: true });
	};
	const place = { databaseUrl: undefined, data: disk, remove };
	const server = await spawnIn(await environmentOn(place, { behindProxy: true }), NOW);
	endWithTest(server.stop);
	const filler = join(disk, 'filler');
	const fill = () => {
		const { bavail, bsize } = statfsSync(disk);
		try {
			writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 0.1 * MEGABYTE)));
		} catch (failure) {
			// The server took what was left meanwhile: so it is full.
			if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOSPC')) throw failure;
		}
	};
	return { server, fill, free: () => rmSync(filler) };
}

test.skipIf(!mayMount)(
	'a full disk: people can read and are told to come back; nothing acknowledged is lost; with room again all goes on',
	async () => {
		const { server, fill, free } = await onSmallDisk();
		const organizers = await Organizers.start(
			worldOfSpawned(server, () => NOW),
			2,
			(now) => wholeDraft(now),
		);
		const invite = await organizers.open();
		const { origin, relay } = server;
		const load = new SigningLoad({ origin, relay, invite, now: () => NOW });
		load.start(2);
		await vi.waitUntil(() => load.signed.length > 0, { timeout: 60_000, interval: 20 });
		fill();
		await vi.waitUntil(() => load.refusals.length >= 4, { timeout: 60_000, interval: 20 });
		for (const { code, status, retryAfter } of load.refusals)
			expect([code, status, retryAfter]).toEqual(['unavailable', 503, 5]);
		for (const path of ['/healthz', new URL(invite).pathname])
			expect([path, (await fetch(`${origin}${path}`)).status]).toEqual([path, 200]);
		const before = load.signed.length;

		free();
		await vi.waitUntil(() => load.signed.length > before, { timeout: 30_000, interval: 20 });
		await load.stop();
		await server.kill();
		await server.restart();
		for (const { signer } of load.signed) {
			expect(await signer.resume()).toBe(false);
			expect((await signer.own()).state).toBe('signed');
		}
	},
);
