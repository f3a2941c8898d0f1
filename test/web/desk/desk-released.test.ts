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
});
