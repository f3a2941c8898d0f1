import { describe, expect, test } from 'vitest';
import { changeDraft, restoreDraft } from '../../../server/letter/draft.ts';
import { listOrganizers } from '../../../server/organizer/organizer-store.ts';
import { approveCharter } from '../../../shared/client/deciding.ts';
import {
	freeze,
	invite,
	leaveOut,
	readVersion,
	readVersions,
	restoreVersion,
	saveDraft,
} from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { databaseKinds } from '../../support/databases.ts';
import { refusal, type Seat, startLetter, takeSeat, write } from '../../support/desk.ts';
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

test('who writes from more than one seat, and leaves them, pushes out what they wrote themselves, and nothing of the others', async () => {
	const server = await startServer();
	const [r, k, mole] = await startLetter(server, 'R.', 'K.', 'M.');
	for (const [at, seat] of [r, k, r, k].entries()) await write(server, seat, { title: `Good ${at}` });
	const draft = wholeDraft(server.clock.now());
	let version = (await readDesk(r.call)).draft?.version ?? 0;
	for (const name of ['A friend', 'Another']) {
		const second = await takeSeat(server, await invite(mole.call, name), name);
		for (let n = 0; n <= LIMITS.draftVersions; n++) {
			const { call } = n % 2 === 0 ? mole : second;
			version = await saveDraft(call, version, { ...draft, title: `Spoilt by ${name}, ${n}` });
		}
		await leaveOut(mole.call, second.organizer.id);
	}
	const kept = await titles(r);
	expect(kept).toHaveLength(LIMITS.draftVersions);
	expect(kept.filter((title) => title.startsWith('Good'))).toEqual(['Good 3', 'Good 2', 'Good 1', 'Good 0']);
	await restoreVersion(k.call, version, 4);
	expect((await readDesk(r.call)).draft?.draft.title).toBe('Good 3');
});

test('who brings versions back without end keeps no other organizer from it', async () => {
	const server = await startServer();
	const [r, mole] = await startLetter(server, 'R.', 'M.');
	await write(server, r, { title: 'Good' });
	let version = await write(server, mole, { title: 'Spoilt' });
	const refused = [];
	for (let n = 0; n < 12; n++) {
		const asked = restoreVersion(mole.call, version, 2).then((next) => {
			version = next;
		});
		refused.push(await refusal(asked));
	}
	expect(refused.slice(10)).toEqual(['429 too-many-requests', '429 too-many-requests']);
	await restoreVersion(r.call, version, 1);
	expect((await readDesk(mole.call)).draft?.draft.title).toBe('Good');
});

test('whoever is left out while what they wrote is still on its way does not save it any more', async () => {
	const server = await startServer();
	const [r, gone] = await startLetter(server, 'R.', 'G.');
	const version = await write(server, r, { title: 'Good' });
	const by = (await listOrganizers(server.deps.db, r.organizer.letter)).find(({ id }) => id === gone.organizer.id);
	if (!by) throw new Error('G. has no seat');
	await leaveOut(r.call, by.id);
	const draft = wholeDraft(server.clock.now(), { title: 'Late' });
	const late = changeDraft(server.deps, by, { version, draft, unfreeze: false });
	expect(await refusal(late)).toBe('401 not-signed-in');
	expect(await refusal(restoreDraft(server.deps, by, version, 1))).toBe('401 not-signed-in');
	expect((await readDesk(r.call)).draft).toMatchObject({ version, draft: { title: 'Good' } });
});
