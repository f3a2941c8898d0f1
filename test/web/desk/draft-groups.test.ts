import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../shared/api/desk.ts';
import { newGroup } from '../../../shared/client/drafting.ts';
import { DraftGroups, readWhole } from '../../../web/desk/draft-groups.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { settled } from '../settled.ts';
import { show, smallTargets } from './desk-stage.ts';

test.each([
	['4200', 4200],
	[' 4,200 ', 4200],
	['71.000', 71_000],
	['1 000 000', 1_000_000],
	['4’200', 4200],
	['', null],
	['4.2', null],
	['about 70', null],
	['-3', null],
])('a headcount typed as "%s" is %s', (typed, number) => {
	expect(readWhole(typed)).toBe(number);
});

test('two domains that can be taken for each other are shown beside both', async () => {
	const element = new DraftGroups();
	const group = (domains: string[]) => ({ ...newGroup('mailbox'), name: 'Northwind', domains });
	const groups = [group(['northwind.example']), group(['northw1nd.example', 'southwind.example'])];
	element.draft = { ...wholeDraft(new Date('2027-03-01T09:00:00Z')), groups };
	await show(element);
	const notes = [...element.querySelectorAll('.note')].map((note) => note.textContent ?? '');
	expect(notes).toHaveLength(2);
	expect(notes[0]).toContain('northwind.example can be taken for northw1nd.example.');
	expect(notes[1]).toContain('northw1nd.example can be taken for northwind.example.');
	expect(smallTargets()).toEqual([]);
});

describe('a headcount that is no number', () => {
	test('stays as it was typed, with what to do beside it, until it is one', async () => {
		const element = new DraftGroups();
		element.draft = { ...wholeDraft(new Date('2027-03-01T09:00:00Z')), groups: [newGroup('mailbox')] };
		element.addEventListener('draft-change', (event) => {
			if (event instanceof CustomEvent) element.draft = { ...element.draft, ...(event.detail as Partial<Draft>) };
		});
		element.addEventListener('draft-unread', (event) => {
			if (!(event instanceof CustomEvent)) return;
			const { what, typed } = event.detail as { what: string; typed: string | null };
			element.unread = new Map(typed === null ? [] : [[what, typed]]);
		});
		await show(element);
		const type = async (typed: string) => {
			const input = element.querySelector<HTMLInputElement>('#group-0-count');
			if (!input) throw new Error('There is no field for the headcount.');
			input.value = typed;
			input.dispatchEvent(new Event('change', { bubbles: true }));
			await settled(element);
			return input.value;
		};
		expect(await type('zwölf')).toBe('zwölf');
		const wrong = () => element.querySelector('#group-0-count-wrong')?.textContent?.trim();
		expect(wrong()).toBe('Type a whole number, such as 4,200. Nothing is saved of it.');
		expect(element.querySelector('#group-0-count')?.getAttribute('aria-invalid')).toBe('true');
		await type('4,200');
		expect(wrong()).toBe('');
		expect(element.draft.groups[0]?.headcount).toEqual({ count: 4200, source: '' });
		// What was saved stays saved; an emptied field is no mistake.
		expect(await type('4200 or so')).toBe('4200 or so');
		expect(wrong()).toContain('4,200 stays saved until then.');
		expect(element.draft.groups[0]?.headcount?.count).toBe(4200);
		await type('');
		expect(element.draft.groups[0]?.headcount).toBeNull();
		expect(wrong()).toBe('');
	});
});
