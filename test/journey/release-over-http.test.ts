/**
 * Three organizers and their colleagues, from the invitation to the recount, over HTTP with the client protocol: what the browsers
 * do, without the browsers, so that it also says what another client has to do. On both databases.
 */
import { describe, expect, inject, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { openInvite, signLetter } from '../../server/command/client/signing.ts';
import { person } from '../../server/command/demo/people.ts';
import { recount } from '../../shared/recount.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import { databaseKinds } from '../support/databases.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { startServer } from '../support/server.ts';
import { worldOf } from '../support/world.ts';

/** Signers beside those with a story of their own. */
const crowd = inject('scale') === 'full' ? 2000 : 12;

describe.each(databaseKinds)('a letter over HTTP (%s)', (database) => {
	test('is signed by name and anonymously, checked, released at its minute, and recounted', async () => {
		const server = await startServer({ database });
		const world = worldOf(server);
		const organizers = await Organizers.start(world, 3, (now) => wholeDraft(now));
		const invite = await organizers.open();

		const amara = await signLetter(
			world,
			invite,
			{ shown: 'named', name: 'Amara Okafor', title: 'Principal engineer', condition: { signatures: 3 } },
			{ address: 'a.okafor@northwind.example' },
		);
		// 佐藤 美咲 signs anonymously first, and then by name with a fresh proof of the same mailbox.
		const misaki = await signLetter(
			world,
			invite,
			{ shown: 'anonymous', label: 'Researcher', condition: null },
			{ address: 'm.sato@northwind.example' },
		);
		await misaki.appear({ shown: 'named', name: '佐藤 美咲', title: '', condition: null });
		await misaki.askForCode('m.sato@northwind.example');
		await misaki.proveByCode(await world.code('m.sato@northwind.example'));
		await misaki.sign();
		// Two contractors sign with vouchers, since one anonymous alone would lapse.
		for (const voucher of await organizers.vouchers(2))
			await signLetter(world, invite, { shown: 'anonymous', label: null, condition: null }, { voucher });
		const mickey = await signLetter(
			world,
			invite,
			{ shown: 'named', name: 'Mickey M.', title: 'Tester', condition: null },
			{ address: 'k.ruiz@northwind.example' },
		);
		const regretful = await signLetter(
			world,
			invite,
			{ shown: 'named', name: 'Ruth Weissman', title: 'Attorney', condition: null },
			{ address: 'r.weissman@northwind.example' },
		);
		const hopeful = await signLetter(
			world,
			invite,
			{ shown: 'named', name: 'Daniel Abramov', title: '', condition: { named: 5000 } },
			{ address: 'd.abramov@northwind.example' },
		);
		for (let n = 0; n < crowd; n++) {
			const { name, title, local } = person(n + 100);
			const appear =
				n % 2 === 0
					? ({ shown: 'named', name, title, condition: null } as const)
					: ({ shown: 'anonymous', label: 'Software engineer', condition: null } as const);
			await signLetter(world, invite, appear, { address: `${local}.${n}@northwind.example` });
		}

		await organizers.decide('close');
		// Last call: one may still go, nobody may come.
		await regretful.withdraw();
		const late = await openInvite(world, invite);
		await expect(late.askForCode('late@northwind.example')).rejects.toMatchObject({ code: 'signing-ended' });
		await expect(organizers.openNames()).rejects.toThrow();
		await server.due(new Date(server.clock.now().getTime() + hours(24) + 60_000));
		await organizers.openNames();
		await organizers.strike(new Set(['Mickey M.']));
		const releaseAt = new Date(server.clock.now().getTime() + hours(20));
		await organizers.release('we-refuse', instant(releaseAt));
		expect((await server.fetch('/letters/we-refuse/')).status).toBe(404);

		// Misaki goes after the approval: her entry is a stub, and the approval still holds.
		await misaki.withdraw();
		await server.due(releaseAt);
		const page = await server.fetch('/letters/we-refuse/', { headers: { accept: 'text/html' } });
		expect(page.status).toBe(200);
		const text = await page.text();
		expect(text).toContain('Amara Okafor');
		for (const gone of ['佐藤 美咲', 'Mickey M.', 'Ruth Weissman', 'Daniel Abramov']) expect(text).not.toContain(gone);

		const file = await (await server.fetch('/letters/we-refuse/release.json')).text();
		const jws = await (await server.fetch('/letters/we-refuse/release.json.jws')).text();
		const report = await recount(file, { jws });
		expect(report.fault).toBeNull();
		expect(report.ok).toBe(true);
		const { terms } = await readReleaseFile(file);
		// Daniel's condition was not met when signing ended; Mickey was struck.
		expect(terms.tallies[0]).toMatchObject({ lapsed: 1, struck: [{ reason: 'not-a-person', count: 1 }] });
		expect(report.counted).toMatchObject({ signatures: 1 + 1 + 2 + crowd, withdrawn: 1, struck: 0 });

		// After the release Amara can still go.
		expect((await amara.own()).state).toBe('published');
		await amara.withdraw();
		await server.deps.jobs.idle();
		const later = await (await server.fetch('/letters/we-refuse/release.json')).text();
		expect(later).not.toContain('Amara Okafor');
		const laterJws = await (await server.fetch('/letters/we-refuse/release.json.jws')).text();
		expect(await recount(later, { jws: laterJws })).toMatchObject({ ok: true, counted: { withdrawn: 2 } });
		for (const signer of [mickey, hopeful]) expect((await signer.own()).state).toBe('lapsed');
	});
});
