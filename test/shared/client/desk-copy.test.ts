import { beforeAll, expect, test } from 'vitest';
import { checkChain } from '../../../shared/chain.ts';
import { deskCopy } from '../../../shared/client/desk-copy.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

let desk: OrganizerDesk;
beforeAll(async () => {
	desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(4) });
});

test('a copy of the desk holds the letter so that it can be checked, and nothing that points to a signer or a journalist', async () => {
	const [signer] = desk.letter.signers;
	if (!signer) throw new Error('there is a signer');
	const organizer = desk.organizer(1).id;
	const view = desk.view(0, {
		strikes: desk.letter.signers.map(({ keys }) => ({ key: keys.publicKey, reason: 'twice' as const, organizer })),
		withdrawn: [{ key: signer.keys.publicKey, turn: 2, authenticator: 'A'.repeat(86) }],
		links: [
			{ link: 'AAAAAAAAAAAAAAAAAAAAAA', note: 'Research floor', revoked: false, createdBy: null, revokedBy: null },
		],
		day: {
			version: 3,
			sheet: { madeFor: null, speaks: 'Rosa speaks', askedAt: null, asked: '', rows: [] },
		},
	});
	const copy = deskCopy(view);
	const { chain, ...rest } = JSON.parse(copy);
	const standing = await checkChain(desk.letter.root, chain);
	expect(standing.charter).toEqual(desk.letter.charter);
	expect(rest.day.speaks).toBe('Rosa speaks');
	expect(rest.links[0].note).toBe('Research floor');
	expect(rest.organizers.map(({ name }: { name: string }) => name)).toEqual(view.organizers.map(({ name }) => name));
	for (const { keys, opened } of desk.letter.signers) {
		expect(copy).not.toContain(keys.publicKey);
		const name = opened.contents.display?.name;
		if (name) expect(copy).not.toContain(name);
	}
	expect(Object.keys(rest)).not.toEqual(expect.arrayContaining(['embargoLinks']));
});
