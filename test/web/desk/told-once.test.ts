/** What the desk shows once: it waits for whoever made it for as long as it is good for anything, and no longer. */
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { LetterState } from '../../../shared/api/signing.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, buttonIn, deskOf, fitsItsWidth, pressIn, show, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;
beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
});

const SECRET = 'A'.repeat(43);
/** Whether the browser would ask before it closes or reloads the page. */
const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** The desk in a stage of the letter, with a server that makes what it is asked for. */
async function at(state: LetterState) {
	const whole = organizers.view(0);
	const held = { state, frozen: state !== 'draft', failure: null as Error | null, out: false };
	const view = (): DeskView => ({
		...whole,
		letter: { ...whole.letter, state: held.state, slug: 'a-letter', releaseAt: '2027-03-03T09:00:00Z' },
		chain:
			whole.chain && held.frozen ? { ...whole.chain, ...(held.state === 'draft' ? { approvals: [[]] } : {}) } : null,
		draft: held.state === 'draft' ? { version: 1, draft: wholeDraft(new Date('2027-03-01T09:00:00Z')) } : null,
	});
	const desk = deskOf(organizers, async (method, path) => {
		if (held.out) throw new Refused('not-signed-in', 401, 'Log in.');
		if (method === 'GET') return view();
		if (method === 'POST' && held.failure !== null) throw held.failure;
		if (path === '/api/desk/invitations') return { invitation: SECRET };
		if (path === '/api/desk/embargo-links') return { link: 'https://letters.example/e/secret/' };
		return null;
	});
	await desk.entered(organizers.organizer(0));
	onTestFinished(() => {
		desk.made.forget();
		desk.forgetDraft();
		desk.typed.clear();
	});
	const element = await show(Object.assign(new DeskApp(), { desk }));
	await settled(element);
	const poll = async () => {
		await desk.refresh();
		await settled(element);
	};
	const button = (words: string) => buttonIn(element, words);
	const press = (words: string) => pressIn(element, words);
	const type = (id: string, value: string) => {
		const input = element.querySelector<HTMLInputElement>(`#${id}`);
		if (!input) throw new Error(`There is no field ${id}.`);
		input.value = value;
		input.dispatchEvent(new Event('input', { bubbles: true }));
	};
	const links = () => [...element.querySelectorAll<HTMLInputElement>('copy-text input')].map((one) => one.value);
	return { desk, element, held, poll, button, press, type, links };
}

const invitation = `https://letters.example/desk#join=${SECRET}`;

test('the link of an invitation stays over other pages, a freeze by somebody else and a session that ends, until it is handed on', async () => {
	const { desk, element, held, poll, press, type, links } = await at('draft');
	type('invite-note', 'K. from design');
	await press('Make an invitation');
	await press('Make an invitation');
	expect(links()).toEqual([invitation, invitation]);
	expect(element.textContent).toContain('For “K. from design”.');
	expect(asksBeforeLeaving()).toBe(true);
	await press('I have handed it on; hide it');
	expect(links()).toEqual([invitation]);
	await press('The organizers');
	await press('The letter');
	expect(links()).toEqual([invitation]);

	held.frozen = true;
	await poll();
	expect(element.querySelector('h1')?.textContent).toBe('Compare, then approve');
	expect(links()).toEqual([invitation]);
	expect([await accessibilityFaults(), smallTargets(), fitsItsWidth()]).toEqual([[], [], true]);

	held.out = true;
	await poll();
	expect(element.textContent).toContain('Your session has ended');
	expect(element.textContent).toContain('waits here still');
	expect(asksBeforeLeaving()).toBe(true);
	held.out = false;
	await desk.entered(organizers.organizer(0));
	await settled(element);
	expect(links()).toEqual([invitation]);
	await press('I have handed it on; hide it');
	expect([links(), asksBeforeLeaving()]).toEqual([[], false]);
});

test('an invitation that ends with the last approval is let go', async () => {
	const { held, poll, press } = await at('draft');
	await press('Make an invitation');
	Object.assign(held, { frozen: true, state: 'open' });
	await poll();
	expect(asksBeforeLeaving()).toBe(false);
});

test('nobody logs out over a link that is shown once, and is told where it stands', async () => {
	const { desk, element, press, button, type } = await at('review');
	type('embargo-outlet', 'The Northern Post');
	type('embargo-until', '2031-05-01T10:00');
	await press('Make a link');
	await press('Your keys and devices');
	expect(button('Log out')?.disabled).toBe(true);
	expect(element.querySelector('desk-settings')?.textContent).toContain('shown this once');
	desk.lock();
	await settled(element);
	expect(element.textContent).toContain('Logging out lets go of it.');
	await desk.entered(organizers.organizer(0));
	await settled(element);
	await press('The letter');
	await press('I have it; hide it');
	await press('Your keys and devices');
	expect(button('Log out')?.disabled).toBe(false);
});

test('once nothing shows it any more, closing the page asks nothing: neither for links and vouchers nor for what was typed', async () => {
	const { desk, held, poll, press, type } = await at('scheduled');
	type('embargo-outlet', 'The Northern Post');
	type('embargo-until', '2031-05-01T10:00');
	await press('Make a link');
	desk.typed.set('release.release-press', 'press@letters.example');
	await poll();
	expect(asksBeforeLeaving()).toBe(true);
	held.state = 'released';
	await poll();
	expect(asksBeforeLeaving()).toBe(false);

	const open = await at('open');
	open.desk.made.vouchers.add({ note: '', vouchers: ['AAA'] });
	open.desk.typed.set('terms.amend-closes', '2027-03-05T09:00').set('roster.note', 'The phone list');
	await open.poll();
	expect(asksBeforeLeaving()).toBe(true);
	open.held.state = 'review';
	await open.poll();
	expect(asksBeforeLeaving()).toBe(false);
});

test.each([
	['draft', 'Make an invitation', 'take that invitation back'],
	['review', 'Make a link', 'revoke it and make another'],
] as const)(
	'while a letter is in %s, “%s” without an answer says that there may be one',
	async (state, words, says) => {
		const { element, held, press, type } = await at(state);
		held.failure = new Unanswered('No answer came.');
		if (state === 'review') {
			type('embargo-outlet', 'The Northern Post');
			type('embargo-until', '2031-05-01T10:00');
		}
		await press(words);
		expect(element.querySelector('.errors')?.textContent).toContain(says);
	},
);
