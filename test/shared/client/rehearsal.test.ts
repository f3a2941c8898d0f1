import { describe, expect, test } from 'vitest';
import { marksOf, readMarks, sinceLast } from '../../../shared/client/rehearsal.ts';
import { composeRelease } from '../../../shared/compose-release.ts';
import { deliveriesHash } from '../../../shared/release.ts';
import { readStatement } from '../../../shared/statement.ts';
import { someSigners, testDeliveries } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(9) });
const { facts } = desk.letter;
const drafted = async (change: Partial<typeof facts> = {}, deliveries = testDeliveries) => {
	const { release } = await composeRelease({ ...facts, ...change, deliveries: await deliveriesHash(deliveries) });
	return { release, deliveries };
};

describe('what changed since the last rehearsal', () => {
	test('nothing, where nothing did', async () => {
		const draft = await drafted();
		const marks = await marksOf(desk.organizer(0), draft);
		const again = await marksOf(desk.organizer(0), await drafted());
		expect(sinceLast(marks, again, draft)).toEqual({ parts: [], came: 0, cameNames: [], went: 0 });
	});

	test('each part that was changed is named, and who came and how many went', async () => {
		const named = facts.opened.find(({ contents }) => contents.display !== null);
		const key = readStatement(named?.statement ?? '').key;
		const before = await drafted({ strikes: [{ key, reason: 'other' }], press: 'somebody else' }, ['ceo@acme.example']);
		const after = await drafted();
		const [last, now] = [await marksOf(desk.organizer(0), before), await marksOf(desk.organizer(0), after)];
		const name = named?.contents.display?.name;
		expect(sinceLast(last, now, after)).toEqual({
			...{ parts: ['press', 'deliveries', 'tallies'], came: 1, cameNames: [name], went: 0 },
		});
		expect(sinceLast(now, last, before)).toMatchObject({ came: 0, went: 1 });
	});

	test('what is kept holds nothing of the release, and says nothing to whoever has no seed', async () => {
		const draft = await drafted();
		const marks = await marksOf(desk.organizer(0), draft);
		const kept = JSON.stringify(marks);
		for (const signature of draft.release.signatures) {
			expect(kept).not.toContain(signature.digest.slice(0, 12));
			if ('entry' in signature && signature.entry.display) expect(kept).not.toContain(signature.entry.display.name);
		}
		expect(kept).not.toContain('acme');
		const other = await marksOf(desk.organizer(1), draft);
		expect(other.signatures.filter((one) => marks.signatures.includes(one))).toEqual([]);
		expect(readMarks(kept)).toEqual(marks);
		for (const broken of [null, '', '{}', '{"parts":1,"signatures":[]}']) expect(readMarks(broken)).toBeNull();
	});
});
