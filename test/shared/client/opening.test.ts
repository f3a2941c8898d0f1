import { describe, expect, test } from 'vitest';
import { fetchAsked, openAsked } from '../../../shared/client/asked-off.ts';
import { checkSealed, contribute, fetchSealed, openNames, type Progress } from '../../../shared/client/opening.ts';
import { sealContribution } from '../../../shared/contribution.ts';
import { sealWish, wishFor } from '../../../shared/lost-words.ts';
import { openShare } from '../../../shared/sealed-name.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

const quietly = () => {};
const signers = someSigners(8);

async function contributed(desk: OrganizerDesk, ...who: number[]): Promise<void> {
	for (const at of who) await contribute(desk.call(at), desk.organizer(at), desk.standing, desk.sealed, quietly);
}

/** Like a contribution, with the share of the first signature spoiled. */
async function contributeWrong(desk: OrganizerDesk, at: number): Promise<string> {
	const { id, secrets } = desk.organizer(at);
	const { root, charter } = desk.standing;
	const list = [];
	for (const { request, statement } of desk.sealed) {
		list.push({ key: statement.key, share: await openShare(request.sealed, root, statement.key, id, secrets.sealing) });
	}
	const [first] = list;
	if (first) first.share[0] = (first.share[0] ?? 0) ^ 1;
	const sealed = [];
	let keysHash = '';
	for (const to of charter.organizers) {
		const one = await sealContribution({ root, from: id, to: to.id }, to.sealing, list);
		keysHash = one.keysHash;
		sealed.push({ to: to.id, sealed: one.sealed });
	}
	desk.contributions.set(id, { keysHash, sealed });
	return first?.key ?? '';
}

describe('opening the names', () => {
	test('two of three open every name; each organizer reads the same', async () => {
		const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
		const seen: Progress[] = [];
		const fetched = await fetchSealed(desk.call(0), 8, (progress) => seen.push(progress));
		const { signatures, refused } = await checkSealed(desk.standing, fetched, (progress) => seen.push(progress));
		expect([signatures.length, refused]).toEqual([8, 0]);
		expect(seen.map(({ phase, done, of }) => `${phase} ${done}/${of}`)).toEqual([
			'fetch 3/8',
			'fetch 6/8',
			'fetch 8/8',
			'check 0/8',
			'check 8/8',
		]);

		await contributed(desk, 0, 2);
		const [first, second] = await Promise.all(
			[0, 1].map((at) => openNames(desk.call(at), desk.organizer(at), desk.standing, signatures, quietly)),
		);
		expect(first?.names.map(({ opened }) => opened.contents.display?.name).sort()).toEqual(
			desk.letter.signers.map(({ opened }) => opened.contents.display?.name).sort(),
		);
		expect(second?.names).toEqual(first?.names);
		expect(first).toMatchObject({ unreadable: [], waiting: [], wrongShares: [], unreadableContributions: [] });
	});

	test('one organizer alone opens nothing', async () => {
		const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
		await contributed(desk, 0);
		const opening = await openNames(desk.call(0), desk.organizer(0), desk.standing, desk.sealed, quietly);
		expect([opening.names.length, opening.waiting.length]).toEqual([0, 8]);
	});

	test('a wrong share is located; the next contribution opens what it kept shut', async () => {
		const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
		await contributed(desk, 0);
		const key = await contributeWrong(desk, 1);
		const organizer = desk.organizer(1).id;
		const before = await openNames(desk.call(0), desk.organizer(0), desk.standing, desk.sealed, quietly);
		expect(before.wrongShares).toEqual([{ key, organizer }]);
		expect(before.waiting.map((one) => one.key)).toEqual([key]);
		expect(before.names).toHaveLength(7);

		await contributed(desk, 2);
		const after = await openNames(desk.call(0), desk.organizer(0), desk.standing, desk.sealed, quietly);
		expect(after.names).toHaveLength(8);
		expect(after.wrongShares).toEqual([{ key, organizer }]);
	});

	test('somebody who withdraws between two contributions keeps nobody else shut', async () => {
		const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
		await contributed(desk, 0);
		desk.gone.add(desk.sealed[3]?.statement.key ?? '');
		await contributed(desk, 1);
		const opening = await openNames(desk.call(1), desk.organizer(1), desk.standing, desk.sealed, quietly);
		expect([opening.names.length, opening.waiting.length, opening.wrongShares.length]).toEqual([7, 0, 0]);
	});

	test('who asks to be taken off under the key of the own signature keeps nothing shut', async () => {
		const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
		const { charter, root } = desk.standing;
		const wish = await wishFor(charter, root, { name: 'Nobody', address: '' });
		const keys = desk.letter.signers[0]?.keys ?? wish.keys;
		desk.asked.push(await sealWish(charter, root, { ...wish, keys }, null));
		const asked = await fetchAsked(desk.call(0), desk.standing);
		expect(asked.map(({ statement: { key } }) => key)).toEqual([keys.publicKey]);
		for (const at of [0, 1]) {
			await contribute(desk.call(at), desk.organizer(at), desk.standing, [...desk.sealed, ...asked], quietly);
		}
		const opening = await openNames(desk.call(0), desk.organizer(0), desk.standing, desk.sealed, quietly);
		expect([opening.names.length, opening.wrongShares.length]).toEqual([8, 0]);
		expect(await openAsked(desk.call(0), desk.organizer(0), desk.standing, asked)).toEqual([]);
	});

	test('what the server changed or made up is left out and counted', async () => {
		const desk = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers });
		const requests = desk.sealed.map(({ request }) => ({ ...request }));
		const [first, second] = requests;
		if (first && second) {
			first.authenticator = second.authenticator;
			second.sealed = first.sealed;
		}
		expect(await checkSealed(desk.standing, requests, quietly)).toMatchObject({ refused: 2 });
	});

	test('a contribution sealed to another letter is named, and the others still count', async () => {
		const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
		await contributed(desk, 0, 1, 2);
		const one = desk.contributions.get(desk.organizer(1).id);
		if (one) one.keysHash = desk.standing.root;
		const opening = await openNames(desk.call(0), desk.organizer(0), desk.standing, desk.sealed, quietly);
		expect(opening.unreadableContributions).toEqual([desk.organizer(1).id]);
		expect(opening.names).toHaveLength(8);
	});
});
