import { describe, expect, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import { contribute, type Opening, openNames } from '../../../shared/client/opening.ts';
import {
	type BuiltRelease,
	buildRelease,
	differences,
	keysOf,
	newAttempt,
	openDraftRelease,
	proposeRelease,
} from '../../../shared/client/releasing.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { someSigners } from '../../support/letter.ts';
import { twoGroups } from '../../support/letter-charter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

const quietly = () => {};
const choice = {
	slug: 'we-refuse',
	press: 'press@letter.example',
	releaseAt: '2027-03-03T09:00:00Z',
	deliveries: ['board@acme.example'],
};

/** @param groups where they are others than usual */
async function opened(groups = twoGroups()): Promise<{ desk: OrganizerDesk; openings: Opening[] }> {
	const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, groups, signers: someSigners(9) });
	for (const at of [0, 1]) await contribute(desk.call(at), desk.organizer(at), desk.standing, desk.sealed, quietly);
	const open = (at: number) => openNames(desk.call(at), desk.organizer(at), desk.standing, desk.sealed, quietly);
	return { desk, openings: [await open(0), await open(1)] };
}

const termsOf = ({ release, deliveries }: BuiltRelease) => ({ ...release.terms, deliveries });

const [R, K] = [0, 1];
const at = (openings: Opening[], who: number): Opening =>
	openings[who] ?? { names: [], unreadable: [], waiting: [], wrongShares: [], unreadableContributions: [] };

describe('agreeing on a release', () => {
	test('the other organizer rebuilds the very same from the names that they opened', async () => {
		const { desk, openings } = await opened();
		const built = await buildRelease(desk.view(R), at(openings, R), { ...choice, attempt: newAttempt() });
		await proposeRelease(desk.call(R), desk.standing, built);
		const { release: draft, deliveries } = await openDraftRelease(desk.call(K), desk.organizer(K), desk.standing.root);
		expect(deliveries).toEqual(['board@acme.example']);
		const terms = { ...draft.terms, deliveries };
		const mine = await buildRelease(desk.view(K), at(openings, K), terms, keysOf(draft));
		expect(mine.releaseHash).toBe(built.releaseHash);
		expect(differences(mine, draft, at(openings, K).names)).toEqual([]);
	});

	test('a name added, left out or struck shows as a difference, by name', async () => {
		const { desk, openings } = await opened();
		const named = at(openings, R).names.find(({ statement }) => statement.shown === 'named');
		const name = named?.opened.contents.display?.name;
		const strikes = [{ key: named?.key ?? '', reason: 'other' as const, organizer: desk.organizer(R).id }];
		const built = await buildRelease(desk.view(R, { strikes }), at(openings, R), { ...choice, attempt: newAttempt() });
		const mine = await buildRelease(desk.view(K), at(openings, K), termsOf(built));
		const found = differences(mine, built.release, at(openings, K).names);
		expect(found).toContainEqual({ kind: 'only-mine', key: named?.key, name });
		expect(found).toContainEqual({ kind: 'tallies', key: null, name: null });
		expect(differences(built, mine.release, at(openings, R).names)).toContainEqual({
			kind: 'only-draft',
			key: named?.key,
			name,
		});
	});

	test('who withdraws after it was built stands as a stub, and the hash stays', async () => {
		const { desk, openings } = await opened();
		const built = await buildRelease(desk.view(R), at(openings, R), { ...choice, attempt: newAttempt() });
		const [key = ''] = keysOf(built.release);
		const signer = desk.letter.signers.find(({ keys }) => keys.publicKey === key);
		if (!signer) throw new Error('Nobody signed with this key.');
		const withdrawal = await signWithdrawal(signer.keys.privateKey, desk.standing.root, key, 1_000);
		const later = desk.view(K, { withdrawn: [{ key, ...withdrawal }] });
		const mine = await buildRelease(later, at(openings, K), termsOf(built), keysOf(built.release));
		expect(mine.releaseHash).toBe(built.releaseHash);
		expect(mine.release.signatures.filter((one) => 'stub' in one)).toHaveLength(1);
		// Built anew, it is left out.
		const anew = await buildRelease(later, at(openings, K), termsOf(built));
		expect(keysOf(anew.release).has(key)).toBe(false);
	});

	test('more signatures with vouchers than the charter allows are said, with what to do, before anybody approves', async () => {
		const { desk, openings } = await opened(twoGroups(2));
		const build = (strikes: DeskView['strikes']) =>
			buildRelease(desk.view(R, { strikes }), at(openings, R), { ...choice, attempt: newAttempt() });
		await expect(build([])).rejects.toMatchObject({
			code: 'tally-mismatch',
			message: expect.stringMatching(/^3 signatures of “Acme contractors” would stand, .* no more than 2\. Strike/),
		});
		const [, contractors] = desk.standing.charter.groups;
		const last = at(openings, R).names.findLast(
			({ statement }) => statement.group === contractors?.id && statement.shown === 'named',
		);
		const strike = { key: last?.key ?? '', reason: 'twice' as const, organizer: desk.organizer(R).id };
		const { tallies } = (await build([strike])).release.terms;
		expect(tallies[1]).toMatchObject({ named: 2, anonymous: 0, struck: [{ reason: 'twice', count: 1 }] });
	});

	test('a withdrawal that its signer did not make takes nobody out', async () => {
		const { desk, openings } = await opened();
		const [key = ''] = at(openings, R).names.map((one) => one.key);
		const [, another] = desk.letter.signers.filter(({ keys }) => keys.publicKey !== key);
		if (!another) throw new Error('Nobody else signed.');
		const own = desk.letter.signers.find(({ keys }) => keys.publicKey === key);
		if (!own) throw new Error('Nobody signed with this key.');
		const { root } = desk.standing;
		const forged = await signWithdrawal(another.keys.privateKey, root, key, 1_000);
		const [name] = at(openings, R).names;
		const older = await signWithdrawal(own.keys.privateKey, root, key, name?.statement.turn ?? 0);
		for (const withdrawal of [forged, older]) {
			const view = desk.view(K, { withdrawn: [{ key, ...withdrawal }] });
			await expect(buildRelease(view, at(openings, K), { ...choice, attempt: newAttempt() })).rejects.toMatchObject({
				code: 'withdrawal-invalid',
			});
		}
	});

	test('a draft opens for its organizers only, and only unchanged', async () => {
		const { desk, openings } = await opened();
		const built = await buildRelease(desk.view(R), at(openings, R), { ...choice, attempt: newAttempt() });
		await proposeRelease(desk.call(R), desk.standing, built);
		const asAnother = { ...desk.organizer(K), secrets: desk.organizer(2).secrets };
		await expect(openDraftRelease(desk.call(K), asAnother, desk.standing.root)).rejects.toMatchObject({
			code: 'release-form',
		});
		desk.release = { ...desk.release, releaseHash: desk.standing.root };
		await expect(openDraftRelease(desk.call(K), desk.organizer(K), desk.standing.root)).rejects.toMatchObject({
			code: 'release-form',
		});
	});

	test('addresses other than those in the terms are found out', async () => {
		const { desk, openings } = await opened();
		const built = await buildRelease(desk.view(R), at(openings, R), { ...choice, attempt: newAttempt() });
		await proposeRelease(desk.call(R), desk.standing, { ...built, deliveries: ['somebody@else.example'] });
		await expect(openDraftRelease(desk.call(K), desk.organizer(K), desk.standing.root)).rejects.toMatchObject({
			code: 'release-form',
		});
	});
});
