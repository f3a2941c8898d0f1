import { beforeAll, describe, expect, test } from 'vitest';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { strikeSubject } from '../../../shared/entry.ts';
import { approvalsOf } from '../../support/letter.ts';
import { app, makeReleased, named, organizers, press, release, submit, type } from './released-stage.ts';

beforeAll(makeReleased);

describe('striking', () => {
	test('the number leads to who it is, and nothing is proposed without a reason', async () => {
		const { number, name, digest } = named();
		const { element, sent } = await app();
		type(element, 'strike-number', String(number));
		await submit(element, 'strike-number');
		expect(element.querySelector('desk-late-strike .as')?.textContent).toContain(name);
		await submit(element, 'strike-why');
		expect(sent).toEqual([]);
		expect(element.querySelector('#strike-why-wrong')?.textContent).toBe('Choose a reason.');
		const select = element.querySelector<HTMLSelectElement>('#strike-why');
		if (select) select.value = 'twice';
		await submit(element, 'strike-why');
		expect(sent).toMatchObject([{ call: 'POST /api/desk/late-strikes', body: { number, digest, reason: 'twice' } }]);
		expect(element.textContent).toContain('It is proposed, with your approval.');
	});

	test.each([
		['', 'Type the number'],
		['nine', 'Type the number'],
		['0', 'Type the number'],
		['7', 'The letter has no signature of this number.'],
	])('“%s” is no number of the letter', async (typed, words) => {
		const { element } = await app();
		type(element, 'strike-number', typed);
		await submit(element, 'strike-number');
		expect(element.querySelector('#strike-number-wrong')?.textContent).toContain(words);
	});

	test('what was taken off already is not struck', async () => {
		const at = release.signatures.findIndex((one) => 'stub' in one);
		const { element } = await app();
		type(element, 'strike-number', String(at + 1));
		await submit(element, 'strike-number');
		expect(element.textContent).toContain(`Number ${at + 1} was taken off already.`);
		expect(element.querySelector('#strike-why')).toBeNull();
	});

	test('who approves another’s strike sees first who it is; another entry than the proposed one is never approved', async () => {
		const { number, name, digest } = named();
		const approvals = (await approvalsOf(organizers.letter, 'strike', await strikeSubject(digest, 'asked'))).slice(1);
		const strike = {
			number,
			digest,
			reason: 'asked' as const,
			proposer: organizers.organizer(1).id,
			agreed: false,
			approvals,
		};
		const { element, sent } = await app({ lateStrikes: [strike] });
		const waiting = () => element.querySelector('desk-late-strike article');
		expect(waiting()?.textContent).not.toContain('Approve striking');
		await press(element, 'See who it is');
		expect(waiting()?.textContent).toContain(name);
		await press(element, `Approve striking number ${number}`);
		expect(sent).toMatchObject([{ body: { number, digest, reason: 'asked' } }]);

		const other = await app({ lateStrikes: [{ ...strike, digest: b64u(randomBytes(32)) }] });
		await press(other.element, 'See who it is');
		expect(other.element.textContent).toContain('What stands under this number is not what was proposed.');
		expect(other.element.textContent).not.toContain('Approve striking');
	});
});
