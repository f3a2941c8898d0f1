/** What /privacy says of what is kept at each stage, and what an order could bring out, against the tables of a letter that goes through all of them. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Organizers } from '../../../server/command/client/organizers.ts';
import { openInvite, signLetter } from '../../../server/command/client/signing.ts';
import { openScheduled } from '../../../server/release/scheduled-release.ts';
import type { Database } from '../../../server/tables.ts';
import { databaseKinds } from '../../support/databases.ts';
import { hours, instant, wholeDraft } from '../../support/drafts.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { worldOf } from '../../support/world.ts';

const named = { shown: 'named', name: 'Ottoline Brightwater', title: 'Wharfinger', condition: null } as const;
const anonymous = { shown: 'anonymous', label: null, condition: null } as const;

async function counts(server: TestServer, tables: (keyof Database)[]): Promise<number[]> {
	return await Promise.all(
		tables.map(async (table) => (await server.deps.db.selectFrom(table).selectAll().execute()).length),
	);
}

const later = (server: TestServer, more: number) => new Date(server.clock.now().getTime() + more);
const signatures = (server: TestServer) => server.deps.db.selectFrom('signatures').selectAll().execute();

describe.each(databaseKinds)('what is kept (%s)', (database) => {
	test('is what the page says, from the first code to the release', async () => {
		const server = await startServer({ database });
		const world = worldOf(server);
		const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
		const invite = await organizers.open();
		await signLetter(world, invite, named, { address: 'a.okaforsson@northwind.example' });
		for (let n = 0; n < 5; n++) await signLetter(world, invite, anonymous, { address: `nemo.${n}@northwind.example` });
		const regretful = await signLetter(world, invite, anonymous, { address: 'regretful@northwind.example' });
		await regretful.withdraw();
		// Open: a keyed hash for each mailbox that asked, for up to two hours, and for each that proved; keys in the keyring.
		await (await openInvite(world, invite)).askForCode('only.asked@northwind.example');
		expect(await counts(server, ['mailboxes'])).toEqual([7]);
		expect(await counts(server, ['confirmations'])).not.toEqual([0]);
		const keyFiles = () => readdirSync(server.keyring).filter((name) => name.endsWith('.json'));
		const keys = keyFiles().length;
		expect(keys).toBeGreaterThan(0);
		await server.due(later(server, hours(2)));
		expect(await counts(server, ['confirmations'])).toEqual([0]);
		const open = await signatures(server);
		expect(open.flatMap((row): unknown[] => Object.values(row)).filter((value) => value instanceof Date)).toEqual([]);
		expect(open.find((row) => row.status === 'withdrawn')).toMatchObject({
			statement: null,
			sealed: null,
			shown: 'anonymous',
		});

		// Signing is over: numbers are left of who proved, the keys to their hashes are gone, and so are those who withdrew.
		await organizers.decide('close');
		await server.due(later(server, hours(25)));
		expect(await counts(server, ['mailboxes', 'vouchers', 'confirmations', 'issued'])).toEqual([0, 0, 0, 2]);
		expect(keyFiles()).toHaveLength(keys - 1);
		expect(await counts(server, ['signatures'])).toEqual([6]);
		const outlets = () => server.deps.db.selectFrom('embargo_links').select(['outlet', 'created_by']).execute();
		await organizers.openNames();

		// Approved: with its own secret this host can read the names that go out, and no address.
		const releaseAt = later(server, hours(1));
		await organizers.release('at-each-stage', instant(releaseAt));
		await organizers.inviteOutlet('The Morning Ledger', instant(releaseAt));
		expect(await outlets()).toMatchObject([{ outlet: 'The Morning Ledger' }]);
		const scheduled = await server.deps.db.selectFrom('scheduled_releases').selectAll().executeTakeFirstOrThrow();
		const opened = await openScheduled(server.deps, server.deps.db, scheduled.letter);
		let held = '';
		for await (const piece of opened?.file ?? []) held += Buffer.from(piece).toString();
		expect(held).toContain(named.name);
		expect(held).not.toContain('okaforsson@');
		const slices = await server.deps.db.selectFrom('scheduled_slices').select('box').execute();
		expect(slices.length).toBeGreaterThan(0);
		for (const { box } of [scheduled, ...slices]) expect(Buffer.from(box).includes(named.name)).toBe(false);

		// Released: nothing sealed is left, and nobody's outlet.
		await server.due(releaseAt);
		const released = await signatures(server);
		expect(released.map((row) => row.sealed)).toEqual(Array(6).fill(null));
		expect(
			await counts(server, [
				'contributions',
				'strikes',
				'release_drafts',
				'draft_slices',
				'scheduled_releases',
				'scheduled_slices',
				'staged',
			]),
		).toEqual([0, 0, 0, 0, 0, 0, 0]);
		expect(await outlets()).toEqual([{ outlet: '', created_by: '' }]);
	});
});
