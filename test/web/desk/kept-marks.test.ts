import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { LetterState } from '../../../shared/api/signing.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { keepMarks, lastMarks } from '../../../web/desk/rehearsal/kept-marks.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

const marks = { parts: { slug: 'AAAA' }, signatures: ['BBBB'] };
const other = 'A'.repeat(22);
let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: [] });
});

beforeEach(() => {
	localStorage.clear();
	for (const letter of [organizers.organizer(0).letter, other]) keepMarks(letter, marks);
});

const kept = () => [organizers.organizer(0).letter, other].map(lastMarks);
const inStorage = () => Object.keys(localStorage);

const inState = (state: LetterState) =>
	deskOf(organizers, async (method) => {
		const view = organizers.view(0);
		return method === 'GET' ? { ...view, letter: { ...view.letter, state } } : null;
	});

test.each(['released', 'abandoned'] as const)(
	'marks of a rehearsal are erased once the letter is %s',
	async (state) => {
		await inState('scheduled').refresh();
		expect(kept()).toEqual([marks, marks]);
		await inState(state).refresh();
		expect(kept()).toEqual([null, marks]);
		expect(inStorage()).toEqual([`undersigned.rehearsal.${other}`]);
	},
);

test('and with whoever leaves the letter, as the fingerprint is; before, the page says that they are kept', async () => {
	const desk = inState('review');
	const { letter } = desk.unlocked.organizer;
	const element = await show(Object.assign(new DeskApp(), { desk }));
	await desk.logOut();
	await settled(element);
	expect(kept()).toEqual([marks, marks]);
	expect(element.textContent).toContain('the fingerprint that you approved and, until the release, marks of your last');
	desk.parts.roots.write(letter, 'root.mac');
	await desk.closeForGood(letter);
	expect(desk.parts.roots.read(letter)).toBeNull();
	expect(kept()).toEqual([null, marks]);
	expect(inStorage()).toEqual([`undersigned.rehearsal.${other}`]);
});
