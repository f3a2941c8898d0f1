import { describe, expect, test } from 'vitest';
import { newId } from '../../../shared/bytes.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { openOwnTestName, sealTestNames, withoutTestName } from '../../../shared/client/readiness.ts';
import { sealTestName } from '../../../shared/test-name.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter, refusal, type Seat, startLetter } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

const openedBy = async ({ call }: Seat) => {
	const { organizers, readiness } = await readDesk(call);
	const opened = new Set(readiness.testNames.filter((one) => one.opened).map((one) => one.organizer));
	return organizers.filter(({ id }) => opened.has(id)).map(({ name }) => name);
};

const openOwn = async ({ call, organizer }: Seat) => {
	const { readiness } = await readDesk(call);
	const own = readiness.testNames.find((one) => one.organizer === organizer.id);
	if (!own) throw new Error('Nothing is sealed to this organizer.');
	await openOwnTestName(call, organizer, own.sealed);
};

describe.each(databaseKinds)('sealed test names (%s)', (database) => {
	test('one browser seals to all; each opens their own; what is opened stays; with the open letter they are gone', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const desk = await readDesk(r.call);
		const everybody = withoutTestName(desk);
		expect(everybody).toHaveLength(2);
		await sealTestNames(r.call, desk, everybody);
		expect(withoutTestName(await readDesk(k.call))).toEqual([]);
		await openOwn(k);
		expect(await openedBy(r)).toEqual(['K.']);

		// Sealed again by somebody: for K. nothing changes; for R. there is another one.
		const before = (await readDesk(r.call)).readiness.testNames;
		await sealTestNames(k.call, desk, everybody);
		const after = (await readDesk(r.call)).readiness.testNames;
		const of = (names: typeof before, { organizer }: Seat) => names.find((one) => one.organizer === organizer.id);
		expect(of(after, k)).toEqual(of(before, k));
		expect(of(after, r)).toMatchObject({ sealer: k.organizer.id, opened: false });
		expect(of(after, r)?.sealed).not.toBe(of(before, r)?.sealed);
		await openOwn(r);
		expect(await openedBy(k)).toEqual(['K.', 'R.']);

		await openLetter(server, [r, k]);
		expect((await readDesk(r.call)).readiness.testNames).toEqual([]);
		expect(await server.deps.db.selectFrom('test_names').selectAll().execute()).toEqual([]);
		expect(await refusal(sealTestNames(r.call, desk, everybody))).toBe('409 wrong-state');
	});
});

test('nobody is ready by claiming it, and names are sealed to organizers of the letter only, each once', async () => {
	const server = await startServer();
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const [stranger] = await startLetter(server, 'S.');
	const desk = await readDesk(r.call);
	const claim = { name: 'A'.repeat(43) };
	expect(await refusal(k.call('POST', '/api/desk/test-names/opened', claim))).toBe('404 not-found');
	await sealTestNames(r.call, desk, withoutTestName(desk));
	expect(await refusal(k.call('POST', '/api/desk/test-names/opened', claim))).toBe('400 test-name-wrong');
	expect(await openedBy(r)).toEqual([]);

	const { id, sealing } = desk.organizers[0] ?? { id: '', sealing: '' };
	const letter = desk.letter.id;
	const one = await sealTestName({ letter, organizer: id }, sealing);
	const put = (names: unknown[]) => refusal(r.call('PUT', '/api/desk/test-names', { names }));
	expect(await put([one, one])).toBe('400 wrong-recipients');
	expect(await put([{ ...one, organizer: newId() }])).toBe('400 wrong-recipients');
	expect(await put([{ ...one, organizer: stranger.organizer.id }])).toBe('400 wrong-recipients');

	// Whoever is left out takes theirs along.
	await r.call('DELETE', `/api/desk/organizers/${k.organizer.id}`);
	const left = (await readDesk(r.call)).readiness.testNames;
	expect(left.map((name) => name.organizer)).toEqual([r.organizer.id]);
});
