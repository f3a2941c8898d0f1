import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Call, Refused } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { titleOf } from '../../../web/desk/letter-title.ts';
import { keepMarks, lastMarks } from '../../../web/desk/rehearsal/kept-marks.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
});

// Every page of these tests is of one origin.
afterEach(() => localStorage.clear());

/** As the server does it (test/server/letter/decision.test.ts): with the last decision organizers and sessions are gone. */
async function givingUp(last: boolean) {
	let gone = false;
	const call: Call = async (method) => {
		if (gone) throw new Refused('not-signed-in', 401, 'Log in.');
		if (method === 'GET') return inReview;
		gone = last;
		return { state: last ? 'abandoned' : 'review' };
	};
	const plain = organizers.view(0);
	const inReview = { ...plain, letter: { ...plain.letter, state: 'review' as const }, contributed: [] };
	const desk = deskOf(organizers, call);
	desk.view = inReview;
	const { letter } = organizers.organizer(0);
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	keepMarks(letter, { parts: {}, signatures: [] });
	const element = await show(Object.assign(new DeskApp(), { desk }));
	await settled(element);
	const decision = element.querySelector<HTMLElement>('desk-decision[kind="abandon"]');
	const typed = decision?.querySelector('input');
	if (typed) typed.value = titleOf(inReview);
	decision?.querySelector('form')?.requestSubmit();
	await settled(element);
	return { desk, letter, text: () => element.textContent?.replaceAll(/\s+/g, ' ') ?? '', element };
}

test('whoever gives the letter up with the last decision is told so, and nothing of it stays in this browser', async () => {
	const { desk, letter, element, text } = await givingUp(true);
	expect(element.querySelector('h1')?.textContent).toBe('The letter was abandoned');
	expect(document.activeElement).toBe(element.querySelector('h1'));
	expect(text()).not.toContain('Your session has ended');
	expect([desk.parts.roots.read(letter), lastMarks(letter)]).toEqual([null, null]);
	expect([desk.organizer, desk.view]).toEqual([null, null]);
	expect(element.querySelectorAll('main')).toHaveLength(1);
});

test('a decision that is not the last erases nothing here', async () => {
	const { desk, letter, text } = await givingUp(false);
	expect(text()).not.toContain('The letter was abandoned');
	expect(desk.parts.roots.read(letter)).not.toBeNull();
	expect(lastMarks(letter)).not.toBeNull();
});

test('whoever is sent out by what others decided, or by its end, is told that this may be why, and keeps what this browser knows', async () => {
	const { desk, letter, text, element } = await givingUp(false);
	const ended: Call = () => Promise.reject(new Refused('not-signed-in', 401, 'Log in.'));
	desk.parts.call = ended;
	await desk.refresh();
	await settled(element);
	expect(text()).toContain('or the letter was given up or erased');
	expect(desk.parts.roots.read(letter)).not.toBeNull();
});
