import { expect, test } from 'vitest';
import { DeskBuild } from '../../../web/desk/desk-build.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

const organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(2) });
const fill = (element: DeskBuild, id: string, value: string) => {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`);
	if (field === null) throw new Error(`There is no field ${id}.`);
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
};
const valueIn = (element: DeskBuild, id: string) => element.querySelector<HTMLInputElement>(`#${id}`)?.value;

test('a half-filled release form outlives the session; a wrong address is said beside its field, and nothing is built', async () => {
	const desk = deskOf(organizers);
	desk.opening.opening = { names: [], unreadable: [], waiting: [], wrongShares: [], unreadableContributions: [] };
	const open = async () => {
		const element = new DeskBuild();
		element.desk = desk;
		element.last = null;
		return show(element);
	};
	const first = await open();
	fill(first, 'slug', 'we-refuse-together');
	fill(first, 'release-press', 'press@letters.example');
	fill(first, 'release-deliveries', 'board@acme.example\nthe other one');
	// The session ends, and somebody logs in again.
	first.remove();
	const again = await open();
	expect(valueIn(again, 'slug')).toBe('we-refuse-together');
	expect(valueIn(again, 'release-deliveries')).toBe('board@acme.example\nthe other one');
	again.querySelector('form')?.requestSubmit();
	await settled(again);
	expect(again.querySelector('#deliveries-hint')?.textContent).toContain('whoever guesses the list can confirm it');
	expect(again.querySelector('#release-deliveries-wrong')?.textContent).toContain(
		'the other one is not one plain address',
	);
	expect(document.activeElement?.className).toBe('errors');
	expect(organizers.release).toBeNull();
});
