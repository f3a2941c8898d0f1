import { beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { Suspension } from '../../../shared/api/suspension.ts';
import { suspendSubject, verifyApproval } from '../../../shared/approval.ts';
import type { Call } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { type DeskPage, PAGE_NAMES } from '../../../web/desk/desk-pages.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;
let pair: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(2) });
	pair = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
});

type Asked = { method: string; path: string; body?: Record<string, unknown> };

async function app(of: OrganizerDesk, where: DeskPage, change: Partial<DeskView> = {}) {
	const asked: Asked[] = [];
	const view = { ...of.view(0), ...change };
	const call: Call = async (method, path, body) => {
		if (path === '/api/desk') return view;
		asked.push({ method, path, ...(body && { body }) });
		return path === '/api/desk/day' ? { version: 1 } : { suspended: false };
	};
	const desk = deskOf(of, call);
	desk.view = view;
	desk.page = where;
	await keepRoot(of.organizer(0), desk.parts.roots, of.standing.root);
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	const press = async (words: string, within: ParentNode = element) => {
		const found = [...within.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
		if (!found) throw new Error(`There is no “${words}”.`);
		found.click();
		await settled(element);
	};
	const text = () => element.querySelector('main')?.textContent?.replace(/\s+/g, ' ') ?? '';
	return { element, asked, press, text };
}

const inState = (of: OrganizerDesk, state: DeskView['letter']['state'], change: Partial<DeskView['letter']> = {}) => ({
	letter: { ...of.view(0).letter, state, ...change },
});
const about = (of: OrganizerDesk, at: number, change: Partial<Suspension> = {}): Suspension => ({
	...{ organizer: of.organizer(at).id, suspended: true, left: false, next: 2, approvals: [] },
	...change,
});

describe('pages beside the letter', () => {
	const pages: [string, DeskPage, () => Partial<DeskView>, string][] = [
		['organizers of a draft', 'people', () => ({ ...inState(organizers, 'draft'), chain: null }), 'The organizers'],
		['organizers', 'people', () => inState(organizers, 'open'), 'The organizers'],
		[
			'the day',
			'day',
			() => inState(organizers, 'scheduled', { releaseAt: '2027-03-02T09:00:00Z' }),
			'The day of the release',
		],
		['keys and leaving', 'settings', () => inState(organizers, 'released'), 'Your keys and devices'],
	];
	test.each(pages)('%s: heading, axe, targets, 320 px', async (_, where, change, heading) => {
		await page.viewport(1280, 900);
		const { element } = await app(organizers, where, change());
		for (const details of element.querySelectorAll('details')) details.open = true;
		expect(element.querySelector('h1')?.textContent).toBe(heading);
		expect(document.activeElement).toBe(element.querySelector('h1'));
		expect(element.querySelector('[aria-current="page"]')?.textContent).toBe(PAGE_NAMES[where]);
		expect(await accessibilityFaults()).toEqual([]);
		await page.viewport(320, 800);
		expect(fitsItsWidth()).toBe(true);
		expect(smallTargets()).toEqual([]);
		expect(await accessibilityFaults()).toEqual([]);
		await page.viewport(1280, 900);
	});
});

describe('suspending', () => {
	test('takes two presses, and sends what the organizer’s own key approved', async () => {
		const { element, asked, press, text } = await app(organizers, 'people', inState(organizers, 'open'));
		expect(text()).toContain(
			'2 of 3 must act together. All of you are here. One may be lost; if two are, nothing can be decided any more.',
		);
		const [first] = element.querySelectorAll('desk-suspension');
		if (!first) throw new Error('There are others.');
		await press('Decide to suspend', first);
		expect(asked).toEqual([]);
		await press('Yes, decide to suspend', first);
		const body = asked[0]?.body ?? {};
		expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/desk/suspensions', body: { turn: 1 } });
		const { root } = organizers.standing;
		const subject = await suspendSubject(root, String(body.organizer), 1);
		const approval = { organizer: organizers.organizer(0).id, authenticator: String(body.authenticator) };
		expect(await verifyApproval(organizers.letter.charter.organizers, approval, 'suspend', root, subject)).toBe(true);
	});

	test('is said to be impossible where too few others are left, and who is left is told honestly on every page', async () => {
		const two = await app(pair, 'people', inState(pair, 'open'));
		expect(two.text()).toContain('Not possible any more. It takes 2 others, and there is only one.');
		expect(two.text()).toContain('All of you are needed');
		const stuck = { ...inState(pair, 'open'), suspensions: [about(pair, 1, { left: true })], contributed: [] };
		const alone = await app(pair, 'letter', stuck);
		expect(alone.text()).toContain('Too few of you are left.');
		expect(alone.text()).toContain('The names can never be opened, and the letter can never be released.');
		expect(alone.text()).toContain('It is erased on');
		const three = await app(organizers, 'people', {
			...inState(organizers, 'open'),
			suspensions: [about(organizers, 1)],
		});
		expect(three.text()).toContain('if one more leaves, or loses both passkey and words');
		expect(three.text()).toContain('Decide to open it again');
	});

	test('leaving wants a word typed, says what it costs, and needs no compared fingerprint', async () => {
		const { element, asked, press, text } = await app(pair, 'people', inState(pair, 'review'));
		element.desk.parts.roots.write(pair.letter.charter.letter, '');
		expect(text()).toContain('Without you: Only one of you is left, and it takes 2.');
		expect(text()).toContain('Nobody can open your desk again');
		await press('Close my desk for good');
		expect([asked, element.querySelector('#leave-typed-wrong') !== null]).toEqual([[], true]);
		const input = element.querySelector<HTMLInputElement>('#leave-typed');
		if (input) input.value = ' Leave ';
		await press('Close my desk for good');
		expect(asked[0]?.body).toMatchObject({ organizer: pair.organizer(0).id, turn: 1 });
		expect(element.textContent).toContain('Your desk is closed.');
		expect([element.desk.organizer, element.desk.view]).toEqual([null, null]);
	});
});

test('a letter is given up only by typing its title, in whatever capitals', async () => {
	const { element, asked, press } = await app(organizers, 'letter', inState(organizers, 'open'));
	const decision = element.querySelector('desk-decision[kind="abandon"]');
	if (!decision) throw new Error('It can be given up.');
	const input = decision.querySelector<HTMLInputElement>('#abandon-typed');
	if (!input) throw new Error('There is a field.');
	input.value = 'abandon';
	await press('Decide to abandon', decision);
	expect([asked, decision.querySelector('#abandon-typed-wrong') !== null]).toEqual([[], true]);
	input.value = `  ${organizers.standing.text.title.toUpperCase()} `;
	await press('Decide to abandon', decision);
	expect(asked[0]).toMatchObject({ path: '/api/desk/decisions', body: { kind: 'abandon' } });
});

test('what is erased by itself is said on every page for two weeks before, and not earlier', async () => {
	const draft = { version: 1, draft: wholeDraft(new Date('2027-03-01T09:00:00Z')) };
	const at = (draftExpiresOn: string) => ({ ...inState(organizers, 'draft', { draftExpiresOn }), chain: null, draft });
	expect((await app(organizers, 'people', at('2027-03-14T09:00:00Z'))).text()).toContain(
		'This draft is erased in 13 days',
	);
	expect((await app(organizers, 'people', at('2027-03-16T09:00:00Z'))).text()).not.toContain('is erased in');
	expect((await app(organizers, 'settings', at('2027-03-16T09:00:00Z'))).text()).toContain('16 March 2027');
});

test('the sheet for the day begins from the release, saves with the first change, and follows a moved minute', async () => {
	const scheduled = inState(organizers, 'scheduled', { releaseAt: '2027-03-02T09:00:00Z' });
	const { element, asked, press, text } = await app(organizers, 'day', scheduled);
	expect(text()).toContain('Nobody has changed it yet');
	const speaks = element.querySelector<HTMLTextAreaElement>('#speaks');
	if (!speaks) throw new Error('There is a field.');
	speaks.value = 'Rosa, and nobody else';
	for (const what of ['input', 'focusout']) speaks.dispatchEvent(new Event(what, { bubbles: true }));
	await settled(element);
	expect(asked[0]).toMatchObject({
		method: 'PUT',
		path: '/api/desk/day',
		body: { version: 0, sheet: { speaks: 'Rosa, and nobody else' } },
	});
	expect(text()).toContain('Saved. The other organizers see it.');
	const { desk } = element;
	desk.view = { ...desk.unlocked.view, letter: { ...desk.unlocked.view.letter, releaseAt: '2027-03-02T11:00:00Z' } };
	desk.changed();
	await settled(element);
	await press('Move every time along');
	expect(asked.at(-1)?.body).toMatchObject({
		sheet: { madeFor: '2027-03-02T11:00:00Z', askedAt: '2027-03-01T11:00:00Z' },
	});
	const rows = element.querySelectorAll('.day-row').length;
	await press('Add a row');
	expect(element.querySelectorAll('.day-row')).toHaveLength(rows + 1);
	expect(document.activeElement?.id).toMatch(/^day-what-/);
});
