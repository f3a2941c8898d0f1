import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { contribute, openNames } from '../../../shared/client/opening.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { LOCK_AFTER } from '../../../web/desk/desk-lock.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { deskOf } from './desk-stage.ts';

let organizers: OrganizerDesk;
const quietly = () => {};

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(4) });
	for (const at of [0, 1])
		await contribute(organizers.call(at), organizers.organizer(at), organizers.standing, organizers.sealed, quietly);
});

beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** In a state, with the names opened. */
async function app(state: 'open' | 'review' | 'scheduled'): Promise<DeskApp> {
	const desk = deskOf(organizers);
	const { organizer } = desk.unlocked;
	desk.opening.opening = await openNames(desk.call, organizer, organizers.standing, organizers.sealed, quietly);
	const view = organizers.view(0);
	desk.view = { ...view, letter: { ...view.letter, state, slug: 'a-letter', releaseAt: '2027-03-03T09:00:00Z' } };
	const element = new DeskApp();
	element.desk = desk;
	document.body.replaceChildren(element);
	await drawn(element);
	return element;
}

/** Without a timer: those are the test's own. */
async function drawn(element: DeskApp): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await element.updateComplete;
}

const name = () => organizers.letter.signers[0]?.opened.contents.display?.name ?? '';
const wait = async (element: DeskApp, milliseconds: number) => {
	vi.advanceTimersByTime(milliseconds);
	await drawn(element);
};
const press = () => dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));

test.each(['review', 'scheduled'] as const)(
	'%s: after five minutes without a touch nothing opened is left',
	async (state) => {
		const element = await app(state);
		const { desk } = element;
		await wait(element, LOCK_AFTER - 1_000);
		expect(element.textContent).toContain('The desk locks in half a minute');
		expect(desk.organizer).not.toBeNull();
		await wait(element, 1_000);
		expect(desk.organizer).toBeNull();
		expect(desk.opening.opening).toBeNull();
		expect(element.querySelector('h1')?.textContent).toBe('Unlock your keys');
		expect(element.textContent).toContain('The desk locked itself');
		expect(element.textContent).not.toContain(name());
	},
);

test('a key, a pointer or a finger puts it off, also while it warns', async () => {
	const element = await app('review');
	await wait(element, LOCK_AFTER - 60_000);
	press();
	await wait(element, LOCK_AFTER - 10_000);
	expect(element.textContent).toContain('The desk locks in half a minute');
	dispatchEvent(new PointerEvent('pointermove'));
	await drawn(element);
	expect(element.textContent).not.toContain('The desk locks in half a minute');
	await wait(element, LOCK_AFTER - 60_000);
	expect(element.desk.organizer).not.toBeNull();
});

test('whoever reads in the frame of a rehearsal is noticed', async () => {
	const element = await app('review');
	const frame = document.createElement('iframe');
	frame.setAttribute('sandbox', 'allow-same-origin');
	document.body.append(frame);
	await wait(element, LOCK_AFTER - 10_000);
	frame.contentWindow?.dispatchEvent(new PointerEvent('pointermove'));
	await wait(element, 60_000);
	expect(element.desk.organizer).not.toBeNull();
	frame.remove();
});

test('a laptop that slept locks when it is looked at again', async () => {
	const element = await app('review');
	vi.setSystemTime(Date.now() + 2 * LOCK_AFTER);
	document.dispatchEvent(new Event('visibilitychange'));
	await drawn(element);
	expect(element.desk.organizer).toBeNull();
});

test('where no name can be read it does not lock', async () => {
	const element = await app('open');
	await wait(element, 10 * LOCK_AFTER);
	expect(element.desk.organizer).not.toBeNull();
});
