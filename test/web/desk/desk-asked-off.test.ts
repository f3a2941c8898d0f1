/** What the review shows of those who lost their words: with a proof one press proposes the strike, without one nothing is a press away. */
import { expect, test } from 'vitest';
import { attest, attestationPayload, mailboxCommitment } from '../../../shared/attestation.ts';
import { fetchAsked } from '../../../shared/client/asked-off.ts';
import { checkSealed, contribute, fetchSealed } from '../../../shared/client/opening.ts';
import { sealWish, wishFor } from '../../../shared/lost-words.ts';
import { DeskReview } from '../../../web/desk/desk-review.ts';
import { attester } from '../../support/letter-charter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

const quietly = () => {};

test('marks the signature of the same mailbox, and offers the strike only where the mailbox was proven', async () => {
	const signers = [{ name: 'Amara Okafor' }, { name: 'Jörg Müller' }, { name: 'Lin Wei' }];
	const organizers = await OrganizerDesk.of({ signers });
	const { charter, root } = organizers.letter;
	const ask = async (name: string, address: string, proven: boolean) => {
		const wish = await wishFor(charter, root, { name, address });
		if (!proven || wish.mailbox === null) return sealWish(charter, root, wish, null);
		const { group, salt } = wish.mailbox;
		const mailbox = await mailboxCommitment(wish.mailbox.address, salt);
		const payload = attestationPayload({ root, group, key: wish.keys.publicKey, mailbox });
		return sealWish(charter, root, wish, await attest((await attester('undersigned', 0)).privateKey, payload));
	};
	organizers.asked.push(
		await ask('Amara Okafor', 'signer0@group0.example', true),
		await ask('Jörg Müller', 'signer1@group0.example', false),
		await ask('Somebody Else', 'signer9@group0.example', false),
	);
	for (const at of [0, 1]) {
		const { signatures } = await checkSealed(
			organizers.standing,
			await fetchSealed(organizers.call(at), null, quietly),
			quietly,
		);
		const asked = await fetchAsked(organizers.call(at), organizers.standing);
		expect(asked).toHaveLength(3);
		await contribute(
			organizers.call(at),
			organizers.organizer(at),
			organizers.standing,
			[...signatures, ...asked],
			quietly,
		);
	}
	const sent: unknown[] = [];
	const call = organizers.call(0);
	const desk = deskOf(organizers, async (method, path, body) => {
		if (path === '/api/desk') return organizers.view(0);
		if (path !== '/api/desk/strikes') return call(method, path, body);
		sent.push(body);
		return null;
	});
	desk.standing = async () => organizers.standing;
	await desk.opening.run(desk);
	const review = new DeskReview();
	review.desk = desk;
	await show(review);
	await expect.poll(() => review.querySelectorAll('names-table tbody tr').length).toBe(3);
	await settled(review);

	const asked = review.querySelector('desk-asked-off');
	expect(asked?.querySelectorAll('li')).toHaveLength(3);
	// A row's lines are laid out side by side: its words are one of them, or they are scattered over its width.
	for (const row of asked?.querySelectorAll('li') ?? []) expect(row.children).toHaveLength(1);
	for (const row of asked?.querySelectorAll('li') ?? [])
		expect(row.firstElementChild?.textContent).toBe(row.textContent);
	const text = asked?.textContent ?? '';
	for (const part of [
		'Amara Okafor',
		'signer0@group0.example. Mailbox proven.',
		'Not proven.',
		'No signature by name fits',
	]) {
		expect(text).toContain(part);
	}
	const press = [...review.querySelectorAll<HTMLButtonElement>('names-table button')].filter((one) =>
		one.textContent?.startsWith('Propose: '),
	);
	expect(press.map((one) => one.textContent)).toEqual([expect.stringContaining('Amara Okafor')]);
	press[0]?.click();
	await settled(review);
	const key = organizers.letter.signers[0]?.keys.publicKey;
	expect(sent).toEqual([{ key, reason: 'asked' }]);

	desk.opening.hide(true);
	await settled(review);
	expect(review.querySelector('desk-asked-off')?.textContent).not.toContain('Amara');
});
