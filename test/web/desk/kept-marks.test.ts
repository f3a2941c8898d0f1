import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { LetterState } from '../../../shared/api/signing.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { DeskLeave } from '../../../web/desk/desk-leave.ts';
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

/** What comes back where an answer is lost: nothing, or the page of a gateway whose server restarts. */
const losses = [
	['nothing', new Unanswered('No answer came.')],
	['a gateway’s page', new Refused('internal', 502, 'Something failed on our side.')],
] as const;

/** At a desk whose server loses the first answer to leaving. @param arrives whether the request did */
async function leaving(arrives: boolean, lost: Error = new Unanswered('No answer came.')) {
	let there = true;
	let tries = 0;
	const draft = { ...organizers.view(0), chain: null };
	const desk = deskOf(organizers, async (method, path) => {
		if (path === '/api/desk/logout') throw new Unanswered('No answer came.');
		if (!there) throw new Refused('not-signed-in', 401, 'Log in.');
		if (method === 'GET') return { ...draft, letter: { ...draft.letter, state: 'draft' } };
		tries++;
		if (arrives) there = false;
		if (tries === 1) throw lost;
		there = false;
		return null;
	});
	desk.view = { ...draft, letter: { ...draft.letter, state: 'draft' } };
	desk.parts.roots.write(desk.unlocked.organizer.letter, 'root.mac');
	const element = await show(Object.assign(new DeskLeave(), { desk }));
	const press = async () => {
		const typed = element.querySelector<HTMLInputElement>('#leave-typed');
		if (typed) typed.value = 'leave';
		typed?.form?.requestSubmit();
		await settled(element);
	};
	return { desk, press, end: () => (there = false) };
}

test.each(losses)(
	'and where leaving got %s for an answer: as soon as the session is seen to be gone',
	async (_, lost) => {
		const { desk, press } = await leaving(true, lost);
		const { letter } = desk.unlocked.organizer;
		await press();
		await desk.refresh();
		expect(desk).toMatchObject({ session: 'none', left: true, ended: false, draft: null });
		expect([desk.parts.roots.read(letter), kept()]).toEqual([null, [null, marks]]);
	},
);

test('what was asked before says nothing of it, whenever it is answered', async () => {
	const { desk, press } = await leaving(true);
	const { letter } = desk.unlocked.organizer;
	const { call } = desk.parts;
	const late = Promise.withResolvers<unknown>();
	desk.parts.call = () => late.promise;
	const before = desk.refresh();
	desk.parts.call = call;
	await press();
	const draft = { ...organizers.view(0), chain: null };
	late.resolve({ ...draft, letter: { ...draft.letter, state: 'draft' } });
	await before;
	await desk.refresh();
	expect([desk.left, desk.parts.roots.read(letter)]).toEqual([true, null]);
});

test.each(losses)('but not where leaving never arrived, and the session ends later by itself (%s)', async (_, lost) => {
	const { desk, press, end } = await leaving(false, lost);
	const { letter } = desk.unlocked.organizer;
	await press();
	await desk.refresh();
	end();
	await desk.refresh();
	expect(desk).toMatchObject({ session: 'none', left: false, ended: true });
	expect([desk.parts.roots.read(letter), kept()]).toEqual(['root.mac', [marks, marks]]);
});

test.each(losses)('pressed again, leaving is done also where logging out got no answer (%s)', async (_, lost) => {
	const { desk, press } = await leaving(false, lost);
	await press();
	await press();
	expect(desk).toMatchObject({ session: 'none', left: true, ended: false });
	expect(kept()).toEqual([null, marks]);
});
