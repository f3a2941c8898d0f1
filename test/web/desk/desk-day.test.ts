import { beforeAll, describe, expect, test } from 'vitest';
import type { DaySheet } from '../../../shared/api/day.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { beginSheet } from '../../../web/desk/day-sheet.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { toLocalInput } from '../../../web/desk/times.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: [] });
});

/** The page of the day over a server that keeps one sheet. */
async function theDay() {
	const held = { version: 1, sheet: beginSheet('2027-03-03T09:00:00Z'), away: false, erased: false };
	const view = () => organizers.view(0, { day: { version: held.version, sheet: held.sheet } });
	const desk = deskOf(organizers, async (method, _path, body) => {
		if (held.away) throw new Unanswered('No answer.');
		if (method === 'GET') return view();
		if (held.erased) throw new Refused('not-found', 404, 'There is nothing here.');
		held.sheet = body?.sheet as DaySheet;
		held.version += 1;
		return { version: held.version };
	});
	desk.view = view();
	desk.page = 'day';
	const element = await show(Object.assign(new DeskApp(), { desk }));
	/** As the desk does every four seconds. */
	const poll = async () => {
		await desk.refresh();
		await settled(element);
	};
	return { element, desk, held, poll };
}

function field(element: DeskApp, id: string): HTMLInputElement | HTMLTextAreaElement {
	const found = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${CSS.escape(id)}`);
	if (found === null) throw new Error(`There is no field ${id}.`);
	return found;
}

/** As keys do it: the field has the focus, and is not left. */
function type(into: HTMLInputElement | HTMLTextAreaElement, text: string): void {
	into.focus();
	into.value = text;
	into.dispatchEvent(new Event('input', { bubbles: true }));
}

const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
const rowsShown = (element: DeskApp) => [...element.querySelectorAll('.day-row textarea')].map((one) => one.id);

describe('the page of the day', () => {
	test('keeps what is being typed when the desk is drawn anew, and saves it by itself', async () => {
		const { element, held, poll } = await theDay();
		const who = `day-who-${held.sheet.rows[0]?.id}`;
		type(field(element, 'speaks'), 'Rosa, and Kim stands in');
		await poll();
		expect(field(element, 'speaks').value).toBe('Rosa, and Kim stands in');
		type(field(element, who), 'Kim');
		await poll();
		expect(field(element, who).value).toBe('Kim');
		await expect.poll(() => [held.sheet.speaks, held.sheet.rows[0]?.who]).toEqual(['Rosa, and Kim stands in', 'Kim']);
		await settled(element);
		expect(await accessibilityFaults()).toEqual([]);
		expect(smallTargets()).toEqual([]);
		expect(fitsItsWidth()).toBe(true);
	});

	test('leaves a time alone while it is typed, and its row where it stands until the row is left', async () => {
		const { element, held, poll } = await theDay();
		const [first, , third] = held.sheet.rows;
		const at = field(element, `day-at-${first?.id}`);
		const before = rowsShown(element);
		at.focus();
		at.value = toLocalInput('2027-03-01T07:00:00Z');
		await poll();
		expect(at.value).toBe(toLocalInput('2027-03-01T07:00:00Z'));
		type(at, toLocalInput(third?.at ?? null).replace(/\d\d$/, '59'));
		await poll();
		expect(document.activeElement).toBe(at);
		expect(rowsShown(element)).toEqual(before);
		// On to the next field of the row: saved, and still in its place.
		field(element, `day-who-${first?.id}`).focus();
		await settled(element);
		expect([rowsShown(element), held.sheet.rows[0]?.at]).toEqual([before, expect.stringMatching(/:59:00Z$/)]);
		field(element, `day-who-${first?.id}`).blur();
		await settled(element);
		expect(rowsShown(element).indexOf(`day-what-${first?.id}`)).toBe(2);
	});

	test('asks before it is closed while something is not saved, also from another page of the desk', async () => {
		const { element, desk, held, poll } = await theDay();
		expect(asksBeforeLeaving()).toBe(false);
		held.away = true;
		type(field(element, 'asked'), 'By mail, from the letter’s own address');
		expect(asksBeforeLeaving()).toBe(true);
		desk.goTo('settings');
		await settled(element);
		expect(asksBeforeLeaving()).toBe(true);
		const logOut = [...element.querySelectorAll('button')].find((one) => one.textContent === 'Log out');
		expect(logOut?.disabled).toBe(true);
		held.away = false;
		await poll();
		await expect.poll(() => held.sheet.asked).toBe('By mail, from the letter’s own address');
		await expect.poll(asksBeforeLeaving).toBe(false);
		await poll();
		expect(logOut?.disabled).toBe(false);
	});

	test('says that a sheet is erased, and holds nobody up with what can never be saved', async () => {
		const { element, desk, held } = await theDay();
		held.erased = true;
		type(field(element, 'speaks'), 'Too late');
		await desk.sheet?.flush();
		await settled(element);
		expect(element.querySelector('.save-state')?.textContent).toContain('erased');
		expect(field(element, 'speaks').value).toBe('Too late');
		expect(asksBeforeLeaving()).toBe(false);
		desk.goTo('settings');
		await settled(element);
		expect([...element.querySelectorAll('button')].find((one) => one.textContent === 'Log out')?.disabled).toBe(false);
	});
});
