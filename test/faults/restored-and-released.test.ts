/** A letter that was restored from a dump while people signed is released like any other: also where those who had signed after the dump sign again from what their browsers keep. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { signLetter } from '../../server/command/client/signing.ts';
import type { World } from '../../server/command/client/world.ts';
import { readConfig } from '../../server/config.ts';
import { runDue } from '../../server/due.ts';
import { startInvitation } from '../../server/organizer/invitation.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { serve } from '../../server/serve.ts';
import type { Signer } from '../../shared/client/signer.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { recount } from '../../shared/recount.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import { newPlace } from '../support/databases.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { copyDatabase, postgresBinaries } from '../support/postgres.ts';
import { environmentOn } from '../support/server-environment.ts';
import { codeIn } from '../support/world.ts';

/** A host that can go back to its last dump, with its keyring: at the same address, and the clock goes on. */
async function startHost() {
	const place = await newPlace('postgres');
	const environment = await environmentOn(place);
	onTestFinished(environment.remove);
	const { variables, origin, relay } = environment;
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-dump-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const clock = new SettableClock(new Date('2027-03-01T09:00:00Z'));
	let url = place.databaseUrl?.reveal() ?? '';
	const start = () =>
		serve(readConfig({ ...variables, DATABASE_URL: url }), () => {}, { clock, runsDueByItself: false });
	let running = await start();
	onTestFinished(() => running.stop());
	const ofPostgres = (command: string, ...args: string[]) =>
		execFileSync(join(postgresBinaries(), command), [...args, '-d', url]);
	const world: World = {
		origin,
		now: () => clock.now(),
		invitation: () => startInvitation(running.deps, 'command'),
		code: async (address) => codeIn((await relay.mailTo(address)).text),
	};
	return {
		world,
		dump: () => ofPostgres('pg_dump', '-Fc', '-f', join(folder, 'last')),
		async restore() {
			await running.stop();
			url = await copyDatabase(inject('postgresUrl'), `released_${process.pid}`);
			ofPostgres('pg_restore', '--no-owner', join(folder, 'last'));
			running = await start();
		},
		async due(now: Date) {
			clock.set(now);
			await runDue(running.deps);
			await running.deps.jobs.idle();
		},
	};
}

const named = (name: string): Appearance => ({ shown: 'named', name, title: '', condition: null });

/** As somebody does whom the page tells that nothing of theirs is here. */
async function signAgain(signer: Signer): Promise<void> {
	await signer.openLetter(signer.opened.view.letter);
	expect(await signer.own()).toEqual({ state: 'none' });
	expect(await signer.needsProof()).toBe(false);
	await signer.sign();
}

test('whoever proved after the dump and signs again without proving is among the credentials that are stated, and the letter is released', async () => {
	const { world, dump, restore, due } = await startHost();
	const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
	const invite = await organizers.open();
	const [voucher = ''] = await organizers.vouchers(1);
	const sign = (name: string, address: string) => signLetter(world, invite, named(name), { address });
	await sign('Kim Before', 'kim@northwind.example');
	await due(world.now());
	dump();
	const lee = await sign('Lee After', 'lee@northwind.example');
	const max = await sign('Max Twice', 'max@northwind.example');
	const noor = await sign('Noor Gone', 'noor@northwind.example');
	const vera = await signLetter(world, invite, named('Vera Voucher'), { voucher });

	// A minute that only the keyring remembers: by it the server finds out by itself that it was restored.
	await due(world.now());

	await restore();
	for (const signer of [lee, max, noor, vera]) await signAgain(signer);
	// His mailbox is not known to have proved either.
	await sign('Max Twice', 'max@northwind.example');
	await noor.withdraw();

	await organizers.decide('close');
	await due(new Date(world.now().getTime() + hours(24) + 60_000));
	await organizers.openNames();
	const releaseAt = new Date(world.now().getTime() + hours(20));
	await organizers.release('we-refuse', instant(releaseAt));
	await due(releaseAt);
	const file = await (await fetch(new URL('/letters/we-refuse/release.json', world.origin))).text();
	expect(await recount(file)).toMatchObject({ ok: true, counted: { signatures: 5, named: 5 } });
	const numbers = await (await fetch(new URL('/letters/we-refuse/numbers.html', world.origin))).text();
	expect(numbers).toContain('counted twice');
	const { terms } = await readReleaseFile(file);
	// Kim's and Max's second one were counted as they proved; Lee, Max and Noor, who withdrew, bear credentials all the same.
	expect(terms.tallies.map(({ credentials }) => credentials)).toEqual([
		{ mailbox: 5, roster: 0, voucher: 0 },
		{ mailbox: 0, roster: 0, voucher: 1 },
	]);
});
