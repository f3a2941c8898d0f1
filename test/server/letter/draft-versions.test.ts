import { describe, expect, test } from 'vitest';
import { approveCharter } from '../../../shared/client/deciding.ts';
import { freeze, readVersion, readVersions, restoreVersion, saveDraft } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { databaseKinds } from '../../support/databases.ts';
import { refusal, type Seat, startLetter, write } from '../../support/desk.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { startServer } from '../../support/server.ts';

const MINUTE = 60_000;
const now = '2027-03-01T09:40:31Z';

const titles = async ({ call }: Seat) => {
	const kept = await readVersions(call);
	return Promise.all(kept.map(async ({ number }) => (await readVersion(call, number)).draft.title));
};

describe.each(databaseKinds)('versions of a draft (%s)', (database) => {
	test('one stays behind when another organizer writes, after ten minutes, and when an earlier one comes back', async () => {
		const server = await startServer({ database, now: new Date(now) });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		expect(await readVersions(r.call)).toEqual([]);
		const wait = (minutes: number) => server.clock.set(new Date(server.clock.now().getTime() + minutes * MINUTE));
		await write(server, r, { title: 'First' });
		await write(server, r, { title: 'First, longer' });
		await write(server, k, { title: 'From K.' });
		await write(server, r, { title: 'From R. again' });
		wait(9);
		await write(server, r, { title: 'From R. within ten minutes' });
		wait(1);
		const version = await write(server, r, { title: 'From R. later' });
		const all = ['From R. later', 'From R. within ten minutes', 'From K.', 'First, longer'];
		expect(await titles(k)).toEqual(all);
		const [rosa, kofi] = [r.organizer.id, k.organizer.id];
		expect(await readVersions(k.call)).toEqual([
			{ number: 4, organizer: rosa, at: '2027-03-01T09:00:00Z' },
			{ number: 3, organizer: rosa, at: '2027-03-01T09:00:00Z' },
			{ number: 2, organizer: kofi, at: '2027-03-01T09:00:00Z' },
			{ number: 1, organizer: rosa, at: '2027-03-01T09:00:00Z' },
		]);
		const begun = await server.deps.db.selectFrom('draft_versions').select('begun_at').orderBy('number').execute();
		expect(begun[0]?.begun_at).toEqual(new Date('2027-03-01T09:40:00Z'));

		expect(await refusal(restoreVersion(r.call, version - 1, 1))).toBe('409 draft-changed');
		expect(await refusal(restoreVersion(r.call, version, 9))).toBe('404 not-found');
		const restored = await restoreVersion(r.call, version, 1);
		expect((await readDesk(k.call)).draft).toMatchObject({ version: restored, draft: { title: 'First, longer' } });
		await restoreVersion(k.call, restored, 4);
		expect(await titles(r)).toEqual(['From R. later', 'First, longer', ...all]);
		// Saved as it stands, it is no version of its own.
		await write(server, r, { title: 'From R. later' });
		const kept = await readVersions(r.call);
		expect(kept.length).toBeLessThanOrEqual(7);
	});
});

test('of more than fifty the oldest go; all are gone when the letter opens, and nobody brings one back', async () => {
	const server = await startServer();
	const seats = await startLetter(server, 'R.', 'K.');
	const [r, k] = seats;
	const [stranger] = await startLetter(server, 'S.');
	const groups = wholeDraft(server.clock.now()).groups.slice(0, 1);
	const draft = wholeDraft(server.clock.now(), { groups });
	for (let version = 1; version <= LIMITS.draftVersions + 2; version++) {
		const { call } = version % 2 === 0 ? r : k;
		await saveDraft(call, version, { ...draft, title: `Version ${version}` });
	}
	const kept = await readVersions(r.call);
	expect([kept.length, kept[0]?.number, kept.at(-1)?.number]).toEqual([50, 52, 3]);
	expect(await refusal(readVersion(stranger.call, 52))).toBe('404 not-found');

	const version = LIMITS.draftVersions + 3;
	await freeze(r.call, version);
	for (const { call, organizer, roots } of seats) await approveCharter(call, organizer, roots, await readDesk(call));
	expect(await server.deps.db.selectFrom('draft_versions').selectAll().execute()).toEqual([]);
	expect(await refusal(restoreVersion(r.call, version, 52))).toBe('409 wrong-state');
});
