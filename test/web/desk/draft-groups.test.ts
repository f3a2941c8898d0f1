import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../shared/api/desk.ts';
import { newGroup } from '../../../shared/client/drafting.ts';
import { DraftGroups, readWhole } from '../../../web/desk/draft-groups.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { settled, show } from './desk-stage.ts';

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

describe('a headcount that is no number', () => {
	test('stays as it was typed, with what to do beside it, until it is one', async () => {
		const element = new DraftGroups();
		element.draft = { ...wholeDraft(new Date('2027-03-01T09:00:00Z')), groups: [newGroup('mailbox')] };
		element.addEventListener('draft-change', (event) => {
			if (event instanceof CustomEvent) element.draft = { ...element.draft, ...(event.detail as Partial<Draft>) };
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
		expect(element.querySelector('#group-0-count-wrong')?.textContent).toBe('Type a whole number, such as 4,200.');
		expect(element.querySelector('#group-0-count')?.getAttribute('aria-invalid')).toBe('true');
		await type('4,200');
		expect(element.querySelector('#group-0-count-wrong')).toBeNull();
		expect(element.draft.groups[0]?.headcount).toEqual({ count: 4200, source: '' });
	});
});
