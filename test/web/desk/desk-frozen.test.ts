/** A freeze that comes while somebody writes: nothing of it is lost without a word, and nobody approves a letter that lacks it unawares. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DeskView, Draft } from '../../../shared/api/desk.ts';
import { Refused } from '../../../shared/client/call.ts';
import { newGroup } from '../../../shared/client/drafting.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, buttonIn, deskOf, fitsItsWidth, pressIn, show, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;
beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: [] });
});

type Put = { version: number; draft: Draft; unfreeze?: boolean };

/** A draft on a server that keeps it as the real one does, and is frozen when `freeze` is called. */
async function writing(changes: Partial<Draft> = {}) {
	const whole = organizers.view(0);
	const held = {
		version: 1,
		draft: wholeDraft(new Date('2027-03-01T09:00:00Z'), changes),
		chain: null as DeskView['chain'],
		state: 'draft' as DeskView['letter']['state'],
	};
	const view = (): DeskView => ({
		...whole,
		letter: { ...whole.letter, state: held.state },
		chain: held.chain,
		draft: held.state === 'draft' ? { version: held.version, draft: held.draft } : null,
	});
	const asked: string[] = [];
	const desk = deskOf(organizers, async (method, path, body) => {
		if (method === 'GET') return view();
		if (path !== '/api/desk/draft') return {};
		const { version, draft, unfreeze = false } = body as Put;
		asked.push(unfreeze ? 'unfreeze' : 'save');
		if (version !== held.version) throw new Refused('draft-changed', 409, 'Changed.');
		if (held.chain !== null && !unfreeze) throw new Refused('draft-frozen', 409, 'Frozen.');
		Object.assign(held, { version: version + 1, draft, chain: null });
		return { version: held.version };
	});
	desk.view = view();
	const element = await show(Object.assign(new DeskApp(), { desk }));
	const poll = async () => {
		await desk.refresh();
		await settled(element);
	};
	const freeze = () => {
		held.chain = { ...(whole.chain as NonNullable<DeskView['chain']>), approvals: [[]] };
	};
	const button = (words: string) => buttonIn(element, words);
	const press = (words: string) => pressIn(element, words);
	return { desk, element, held, asked, poll, freeze, button, press };
}

/** Types without leaving the field: browsers say `change` only then, and not of one that is taken away. */
function typeInto(element: DeskApp, id: string, value: string): HTMLInputElement | HTMLTextAreaElement {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`);
	if (field === null) throw new Error(`There is no ${id}.`);
	for (let at = field.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
	field.focus();
	field.value = value;
	field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	return field;
}

const compared = (element: DeskApp) =>
	element.querySelector('desk-compare')?.dispatchEvent(new CustomEvent('compared'));

describe('a freeze that comes while somebody writes', () => {
	test('shows what is not in the letter, ends by no save of itself, and goes on to be saved when they go back to writing', async () => {
		const { desk, element, held, asked, poll, freeze, button, press } = await writing();
		freeze();
		desk.draft?.change({ title: 'Typed a moment too late' });
		await desk.draft?.flush();
		await poll();
		expect([held.chain === null, desk.draft?.state]).toEqual([false, 'frozen']);
		// Read out at once: the sentence, not all that was typed and the buttons.
		expect(element.querySelector('desk-frozen [role="alert"]')?.textContent).toBe(
			'What you typed last is not in this letter: it was frozen before that was saved.',
		);
		expect(element.querySelector('desk-frozen .note')?.textContent).toContain('Typed a moment too late');
		compared(element);
		await settled(element);
		expect(button('Approve this letter')?.disabled).toBe(true);
		expect(await accessibilityFaults()).toEqual([]);
		expect(smallTargets()).toEqual([]);
		expect(fitsItsWidth()).toBe(true);

		await press('Go back to writing');
		await poll();
		await expect.poll(() => held.draft.title).toBe('Typed a moment too late');
		expect(asked.filter((one) => one === 'unfreeze')).toHaveLength(1);
	});

	test('while two versions wait to be decided says so as well, and leaving one’s own out opens the approval', async () => {
		const { desk, element, held, poll, freeze, button, press } = await writing();
		desk.draft?.change({ title: 'Mine' });
		Object.assign(held, { version: 2, draft: { ...held.draft, title: 'Theirs' } });
		await poll();
		expect(desk.draft?.state).toBe('conflict');
		freeze();
		await poll();
		expect(element.querySelector('desk-frozen .note')?.textContent).toContain('Mine');
		compared(element);
		await settled(element);
		expect(button('Approve this letter')?.disabled).toBe(true);
		const focused = () => document.activeElement?.textContent;
		await press('Leave it out');
		expect([desk.draft?.dirty, focused()]).toEqual([true, 'Yes, leave it out']);
		await press('Keep it');
		expect(focused()).toBe('Leave it out');
		await press('Leave it out');
		await press('Yes, leave it out');
		await poll();
		expect([desk.draft?.dirty, desk.draft?.draft.title]).toEqual([false, 'Theirs']);
		expect(element.querySelector('desk-frozen [role="alert"]')).toBeNull();
		expect(button('Approve this letter')?.disabled).toBe(false);
	});

	test('and opens meanwhile, from another device of theirs: they are told what is not in it, once', async () => {
		const { desk, element, held, poll, freeze, button, press } = await writing();
		desk.draft?.change({ title: 'Typed on the other laptop' });
		freeze();
		held.state = 'open';
		await poll();
		expect(desk.draft).toBeNull();
		expect(element.textContent).toContain('Typed on the other laptop');
		expect(element.querySelector('[role="alert"]')?.textContent).toBe(
			'What you typed last is not in the letter: it is no draft any more, and that was not saved before.',
		);
		const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
		await press('Your keys and devices');
		expect([asksBeforeLeaving(), button('Log out')?.disabled]).toEqual([true, true]);
		expect(element.querySelector('desk-settings')?.textContent).toContain('stands at the top of this page');
		await press('The letter');
		await press('I have seen it');
		expect(asksBeforeLeaving()).toBe(false);
		expect(element.textContent).not.toContain('Typed on the other laptop');
		expect(document.activeElement?.textContent).toBe('People can sign');
	});
});

describe('going back to writing costs everybody’s approvals, so it says what comes of it:', () => {
	const many = Array.from({ length: LIMITS.labels + 1 }, (_, at) => `Label ${at}`);
	const cases: { what: string; part: Partial<Draft>; unread?: string; says: RegExp }[] = [
		{ what: 'it is saved', part: { title: 'Mine' }, says: /and it is saved then;/ },
		{
			what: 'too much of it is to be put right first',
			part: { labels: many },
			says: /more than 50 labels.*not saved before/,
		},
		{ what: 'a number stays unread', part: {}, unread: 'some 4000', says: /the number.*is not saved before/ },
		{
			what: 'all but a number is saved',
			part: { title: 'Mine' },
			unread: 'some 4000',
			says: /saved then, but for the number/,
		},
	];

	test.each(cases)('$what', async ({ part, unread, says }) => {
		const { desk, element, held, poll, freeze, press } = await writing();
		desk.draft?.change(part);
		if (unread !== undefined) desk.draft?.setUnread('group-count', unread);
		freeze();
		await poll();
		const note = element.querySelector('desk-frozen .note')?.textContent ?? '';
		expect(note).toMatch(says);
		await press('Go back to writing');
		await desk.draft?.flush();
		expect(held.draft.title === 'Mine').toBe('title' in part);
		expect(desk.draft?.dirty).toBe('labels' in part);
		desk.draft?.end();
	});

	test('two versions are to be decided between first', async () => {
		const { desk, element, held, poll, freeze } = await writing();
		desk.draft?.change({ title: 'Mine' });
		Object.assign(held, { version: 2, draft: { ...held.draft, title: 'Theirs' } });
		freeze();
		await poll();
		const note = element.querySelector('desk-frozen .note')?.textContent ?? '';
		expect(note).toContain('decide there');
		expect(note).not.toContain('saved then');
		desk.draft?.end();
	});
});

describe('a field that is still being typed in', () => {
	const groups = [{ ...newGroup('mailbox'), domains: ['northwind.example'] }];
	const fields = [
		{ id: 'labels', typed: 'Machinist\nSoftware engineer\n', reads: '"Machinist"' },
		{ id: 'deliveries', typed: 'board@northwind.example', reads: 'board@northwind.example' },
		{ of: { groups }, id: 'first-domain', typed: 'southwind.example', reads: 'southwind.example' },
		{ id: 'group-0-domains', typed: 'southwind.example', reads: 'southwind.example' },
		{ id: 'group-0-count', typed: '4,321', reads: '4321' },
		{ id: 'group-0-count', typed: 'some 4000', reads: 'some 4000' },
		{ id: 'closes', typed: '2027-04-05T12:00', reads: '2027' },
		{ id: 'last-call', typed: '93', reads: '93' },
		{ id: 'cell', typed: '17', reads: '17' },
	];

	test.each(fields)('when somebody freezes: $id is shown, and to be decided before approving', async (one) => {
		const { desk, element, poll, freeze, button } = await writing(one.of);
		typeInto(element, one.id, one.typed);
		freeze();
		await poll();
		const note = element.querySelector('desk-frozen .note');
		expect(note?.textContent).toContain('not in this letter');
		expect(note?.querySelector('pre')?.textContent).toContain(one.reads);
		compared(element);
		await settled(element);
		expect(button('Approve this letter')?.disabled).toBe(true);
		desk.draft?.end();
	});

	test('is saved with what the others saved before they froze, and neither is lost', async () => {
		const { desk, element, held, poll, freeze, press } = await writing();
		typeInto(element, 'labels', 'Machinist');
		Object.assign(held, { version: 2, draft: { ...held.draft, press: 'Theirs' } });
		freeze();
		await poll();
		await press('Go back to writing');
		await poll();
		await expect.poll(() => held.draft.labels).toEqual(['Machinist']);
		expect(held.draft.press).toBe('Theirs');
		desk.draft?.end();
	});

	test('when the letter opens, from another device of theirs, is told as not in it', async () => {
		const { element, held, poll, freeze } = await writing();
		typeInto(element, 'labels', 'Machinist');
		freeze();
		held.state = 'open';
		await poll();
		expect(element.querySelector('.work > .note')?.textContent).toContain('Machinist');
	});

	test('with a number emptied to be typed anew holds nothing up: nobody typed the least that it can be', async () => {
		const { desk, element, poll, freeze } = await writing();
		typeInto(element, 'last-call', '');
		freeze();
		await poll();
		expect(element.querySelector('desk-frozen [role="alert"]')).toBeNull();
		expect(desk.draft?.dirty).toBe(false);
	});

	test('stays as it is being typed while nothing takes it away', async () => {
		const { desk, element, held, poll } = await writing();
		const field = typeInto(element, 'last-call', '9999');
		Object.assign(held, { version: 2, draft: { ...held.draft, press: 'Theirs' } });
		await poll();
		expect([field.value, document.activeElement]).toEqual(['9999', field]);
		expect(desk.draft?.dirty).toBe(false);
	});
});

test('who wants to freeze what is not saved yet is told why nothing happens', async () => {
	const { desk, element, held, poll } = await writing();
	desk.draft?.change({ title: 'Mine' });
	Object.assign(held, { version: 2, draft: { ...held.draft, title: 'Theirs' } });
	await poll();
	element.querySelector('draft-checklist')?.dispatchEvent(new CustomEvent('draft-freeze', { bubbles: true }));
	await settled(element);
	expect(element.querySelector('desk-draft > .errors')?.textContent).toContain('not saved yet');
	desk.draft?.end();
});
