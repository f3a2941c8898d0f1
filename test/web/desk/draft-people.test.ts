import { expect, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import { type Call, Refused, Unanswered } from '../../../shared/client/call.ts';
import { type SealedTestName, sealTestName, testNameAnswer } from '../../../shared/test-name.ts';
import { DraftPeople } from '../../../web/desk/draft-people.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show, smallTargets } from './desk-stage.ts';

/** The desk of a draft with two organizers, and a server that keeps test names as the real one does. */
async function inDraft() {
	const organizers = await OrganizerDesk.of({ organizers: 2, signers: [] });
	const names = new Map<string, SealedTestName & { sealer: string; opened: boolean }>();
	const me = organizers.organizer(0);
	const calls: string[] = [];
	let away = false;
	const view = (): DeskView => {
		const whole = organizers.view(0, { chain: null });
		const testNames = [...names.values()].map(({ answer: _, ...name }) => name);
		const readiness = { testNames, testMails: [], compared: [] };
		return { ...whole, letter: { ...whole.letter, state: 'draft' }, readiness };
	};
	const call: Call = async (method, path, body) => {
		if (away) throw new Unanswered('away');
		if (method !== 'GET') calls.push(`${method} ${path}`);
		if (path === '/api/desk') return view();
		if (method === 'DELETE') return undefined;
		if (path === '/api/desk/test-names') {
			const sent = (body as { names: SealedTestName[] }).names;
			for (const name of sent) names.set(name.organizer, { ...name, sealer: me.id, opened: false });
			return undefined;
		}
		const own = names.get(me.id);
		const answer = await testNameAnswer({ letter: me.letter, organizer: me.id }, (body as { name: string }).name);
		if (own?.answer !== answer) throw new Refused('test-name-wrong', 400, 'Another name.');
		names.set(me.id, { ...own, opened: true });
		return undefined;
	};
	const desk = deskOf(organizers, call);
	desk.view = view();
	return { organizers, desk, names, calls, me, view, setAway: (is: boolean) => (away = is) };
}

const people = async (desk: ReturnType<typeof deskOf>) => {
	const element = new DraftPeople();
	element.desk = desk;
	await show(element);
	return element;
};

/** HPKE goes through several turns of the loop. */
const until = async (element: DraftPeople, is: () => boolean) => {
	for (let turn = 0; turn < 50 && !is(); turn++) await settled(element);
	expect(is()).toBe(true);
};

test('the desk seals a test name to everybody and opens its own, by itself and once', async () => {
	const { desk, names, calls, me } = await inDraft();
	const element = await people(desk);
	await until(element, () => names.get(me.id)?.opened === true);
	await settled(element);
	expect(calls).toEqual(['PUT /api/desk/test-names', 'POST /api/desk/test-names/opened']);
	const cells = [...element.querySelectorAll('tbody tr')].map((row) => row.children[3]?.textContent?.trim());
	expect(cells.sort()).toEqual(['Not opened', 'Opened']);
	expect(smallTargets()).toEqual([]);
});

test('a test name that one’s keys do not open is said, with a way out', async () => {
	const { organizers, desk, names, me, view } = await inDraft();
	const other = organizers.organizer(1);
	const sealing = organizers.letter.charter.organizers.find(({ id }) => id === other.id)?.sealing ?? '';
	const wrong = await sealTestName({ letter: me.letter, organizer: me.id }, sealing);
	const theirs = await sealTestName({ letter: me.letter, organizer: other.id }, sealing);
	for (const name of [wrong, theirs]) names.set(name.organizer, { ...name, sealer: other.id, opened: false });
	desk.view = view();
	const element = await people(desk);
	await until(element, () => element.querySelector('.errors') !== null);
	expect(element.querySelector('.errors')?.textContent).toContain(`sealed to you by ${other.name}’s browser`);
	const button = [...element.querySelectorAll('button')].find((one) => one.textContent === 'Seal another one to me');
	button?.click();
	await until(element, () => names.get(me.id)?.opened === true);
	await until(element, () => element.querySelector('.errors') === null);
});

test('without an answer it is tried again when the server is back', async () => {
	const { desk, names, me, setAway } = await inDraft();
	setAway(true);
	const element = await people(desk);
	await until(element, () => desk.away === 'silent');
	expect(names.size).toBe(0);
	setAway(false);
	await desk.refresh();
	await until(element, () => names.get(me.id)?.opened === true);
});

test('somebody is left out only after being asked what that means', async () => {
	const { organizers, desk, calls } = await inDraft();
	const element = await people(desk);
	const other = organizers.organizer(1);
	const buttonNamed = (words: string) =>
		[...element.querySelectorAll('button')].find((one) => one.textContent?.includes(words));
	buttonNamed('Leave out')?.click();
	await settled(element);
	expect(calls.some((one) => one.startsWith('DELETE'))).toBe(false);
	expect(document.activeElement?.id).toBe('leave-out');
	buttonNamed(`Leave ${other.name} out`)?.click();
	await until(element, () => calls.includes(`DELETE /api/desk/organizers/${other.id}`));
});
