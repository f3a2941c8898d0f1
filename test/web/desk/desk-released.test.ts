import { beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { strikeSubject } from '../../../shared/entry.ts';
import { approvalsOf } from '../../support/letter.ts';
import { accessibilityFaults, fitsItsWidth, smallTargets } from './desk-stage.ts';
import { app, coverage, makeReleased, named, organizers, post, press, update, written } from './released-stage.ts';

beforeAll(makeReleased);

describe('the desk of a released letter', () => {
	test('full: axe finds nothing, targets are large, 320 px are enough', async () => {
		const { number, digest } = named();
		const strike = { number, digest, reason: 'twice' as const, proposer: organizers.organizer(1).id, agreed: false };
		const approvals = (await approvalsOf(organizers.letter, 'strike', await strikeSubject(digest, 'twice'))).slice(1);
		const standing = await post(update, 1);
		const posts = [
			standing,
			await post({ kind: 'removal', written, post: standing.subject }, null),
			await post(coverage, null),
			await post({ kind: 'listing', written, listed: true }, null),
		];
		const { element } = await app({ posts, lateStrikes: [{ ...strike, approvals }] });
		await press(element, 'Write an update');
		for (const width of [1280, 320]) {
			await page.viewport(width, 900);
			expect(fitsItsWidth()).toBe(true);
			expect(smallTargets()).toEqual([]);
			expect(await accessibilityFaults()).toEqual([]);
		}
		await page.viewport(1280, 900);
	});

	test('a browser that does not know the letter approves nothing, and shows nothing as agreed on', async () => {
		const { element } = await app({ posts: [await post(update, null)] }, false);
		expect(element.textContent).toContain('This browser does not know the letter yet');
		expect(element.querySelector('desk-post')).toBeNull();
		expect(element.textContent).not.toContain('Approve this');
	});

	test('a post that the server shows as agreed on without enough approvals raises the alarm', async () => {
		const alone = await post(update, 1);
		const { element } = await app({ posts: [{ ...alone, approvals: alone.approvals.slice(0, 1) }] });
		expect(element.textContent).toContain('What the server shows was not agreed on');
		expect(element.textContent).toContain('(post 1)');
		expect([...element.querySelectorAll('button')].some((one) => one.textContent?.includes('Propose to list'))).toBe(
			false,
		);
	});

	test('taken down: nothing is said to be public, listed or on its way that is not', async () => {
		const at = { day: '2027-03-02', ordered: false, authority: null, putBackOn: null };
		const { letter } = organizers.view(0);
		const change = {
			letter: { ...letter, takeDowns: [at] },
			posts: [await post({ kind: 'listing', written, listed: true }, 1)],
			deliveries: [{ address: 'board@acme.example', state: 'waiting' as const }],
		};
		const { element } = await app(change);
		const text = element.textContent?.replace(/\s+/g, ' ') ?? '';
		expect(text).toContain('While the letter is taken down nobody reads it here');
		expect(text).toContain('it is not listed there. Shown here again, it is.');
		expect(text).toContain('Waits while the letter is taken down');
		expect(text).toContain('Not while the letter is taken down: who stands under a number');
		expect(text).not.toContain('it is public');
		expect(text).not.toContain('The letter is public');
		expect(text).not.toContain('The letter is listed there');
		const { element: shown } = await app({
			...change,
			letter: { ...letter, takeDowns: [{ ...at, putBackOn: '2027-03-03' }] },
		});
		expect(shown.textContent).toContain('Within a minute of the last approval it is public.');
		expect(shown.textContent).not.toContain('Waits while');
		expect(shown.querySelector('desk-late-strike')).not.toBeNull();
	});
});
