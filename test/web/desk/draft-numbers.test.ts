import { expect, test } from 'vitest';
import type { Draft } from '../../../shared/api/desk.ts';
import { withDefaults } from '../../../shared/draft-defaults.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { DraftAnonymous } from '../../../web/desk/draft-anonymous.ts';
import { DraftDates } from '../../../web/desk/draft-dates.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { settled } from '../settled.ts';
import { show } from './desk-stage.ts';

const now = new Date('2027-03-01T09:00:00Z');

/** As the desk does it every few seconds: a draft that says the same, drawn anew. */
async function drawAnew(element: DraftDates | DraftAnonymous): Promise<void> {
	element.draft = { ...element.draft };
	if (element instanceof DraftDates) element.filled = withDefaults(element.draft, 2, now);
	await settled(element);
}

const cases = [
	{ field: 'lastCallHours', id: 'last-call', most: LIMITS.lastCallHours, of: () => new DraftDates() },
	{ field: 'smallestCell', id: 'cell', most: LIMITS.smallestCell, of: () => new DraftAnonymous() },
] as const;

test.each(cases)(
	'a number stays as it is being typed, and is made one that can be when its field is left: $field',
	async ({ field, id, most, of }) => {
		const element = of();
		const draft = wholeDraft(now);
		Object.assign(element, { draft, filled: withDefaults(draft, 2, now) });
		element.addEventListener('draft-change', (event) => {
			if (event instanceof CustomEvent) element.draft = { ...element.draft, ...(event.detail as Partial<Draft>) };
		});
		await show(element);
		const saved = element.draft[field];
		const input = element.querySelector<HTMLInputElement>(`#${id}`);
		if (input === null) throw new Error('There is no field.');
		input.focus();
		input.value = String(most + 1);
		await drawAnew(element);
		expect(input.value).toBe(String(most + 1));
		const leave = async () => {
			input.dispatchEvent(new Event('change', { bubbles: true }));
			await settled(element);
		};
		await leave();
		expect([input.value, element.draft[field]]).toEqual([String(most), most]);
		input.value = '1.5';
		await leave();
		expect([input.value, element.draft[field]]).toEqual([String(most), most]);
		expect(saved).not.toBe(most);
	},
);
