import { beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { DeskView } from '../../../shared/api/desk.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { contribute, openNames } from '../../../shared/client/opening.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

const quietly = () => {};
let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(9) });
	for (const at of [0, 1]) {
		await contribute(organizers.call(at), organizers.organizer(at), organizers.standing, organizers.sealed, quietly);
	}
});

const draft = { version: 1, draft: wholeDraft(new Date('2027-03-01T09:00:00Z')) };
const link = {
	link: 'AAAAAAAAAAAAAAAAAAAAAA',
	note: 'Research floor',
	revoked: false,
	createdBy: null,
	revokedBy: null,
};
const inState = (state: DeskView['letter']['state'], change: Partial<DeskView> = {}): DeskView => {
	const view = organizers.view(0);
	return { ...view, letter: { ...view.letter, state, slug: 'a-letter', releaseAt: '2027-03-03T09:00:00Z' }, ...change };
};

async function app(view: DeskView, opened = false): Promise<DeskApp> {
	const desk = deskOf(organizers);
	desk.view = view;
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	if (opened) {
		desk.opening.opening = await openNames(
			desk.call,
			organizers.organizer(0),
			organizers.standing,
			organizers.sealed,
			quietly,
		);
	}
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	return element;
}

describe('every stage', () => {
	const stages: [string, () => DeskView, boolean, string][] = [
		['writing', () => inState('draft', { draft, chain: null }), false, 'Write the letter'],
		['comparing', () => inState('draft', { draft }), false, 'Compare, then approve'],
		['open', () => inState('open', { links: [link] }), false, 'People can sign'],
		['opening', () => inState('review', { contributed: [] }), false, 'Check the names'],
		['checking names', () => inState('review'), true, 'Check the names'],
		['scheduled', () => inState('scheduled'), false, 'It goes out by itself'],
		['released', () => inState('released'), false, 'The letter is public'],
		['abandoned', () => inState('abandoned'), false, 'The letter was abandoned'],
	];
	test.each(stages)(
		'%s: its heading has the focus, axe finds nothing, targets are large, 320 px are enough',
		async (_, view, opened, heading) => {
			await page.viewport(1280, 900);
			const element = await app(view(), opened);
			expect(element.querySelector('h1')?.textContent).toBe(heading);
			expect(document.activeElement).toBe(element.querySelector('h1'));
			expect(await accessibilityFaults()).toEqual([]);
			await page.viewport(320, 800);
			expect(fitsItsWidth()).toBe(true);
			expect(smallTargets()).toEqual([]);
			expect(await accessibilityFaults()).toEqual([]);
		},
	);
});

test('names stand beside their proven mailboxes, and can be hidden', async () => {
	const element = await app(inState('review'), true);
	const names = organizers.letter.signers.flatMap(({ opened }) => opened.contents.display?.name ?? []);
	const rows = [...element.querySelectorAll('.names-table tbody tr')].map((row) => row.textContent ?? '');
	expect(rows).toHaveLength(names.length);
	for (const name of names) expect(rows.some((row) => row.includes(name))).toBe(true);
	[...element.querySelectorAll('button')].find((one) => one.textContent === 'Hide the names')?.click();
	await settled(element);
	for (const name of names) expect(element.textContent).not.toContain(name);
});

test('a strike is proposed by its button, not by the reason that is being chosen', async () => {
	const element = await app(inState('review'), true);
	const asked: string[] = [];
	const call = async (method: string, path: string) => {
		if (method !== 'GET') asked.push(`${method} ${path}`);
		return null;
	};
	Object.assign(element.desk.parts, { call });
	element.querySelector<HTMLElement>('.names-table .act button')?.click();
	await settled(element);
	const select = element.querySelector<HTMLSelectElement>('#strike-reason');
	if (!select) throw new Error('No reason is asked for.');
	select.selectedIndex = 2;
	select.dispatchEvent(new Event('change', { bubbles: true }));
	await settled(element);
	expect(asked).toEqual([]);
	select.form?.requestSubmit();
	await settled(element);
	expect(asked).toHaveLength(1);
});

test('an invite link carries the root that this browser knows, and none is shown before', async () => {
	const known = await app(inState('open', { links: [link] }));
	const shown = known.querySelector<HTMLInputElement>('copy-text input')?.value;
	expect(shown).toBe(`https://letters.example/l/${link.link}#${organizers.standing.root}`);

	const desk = deskOf(organizers);
	desk.view = inState('open', { links: [link] });
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	expect(element.querySelector('copy-text')).toBeNull();
	expect(element.textContent).toContain('This browser does not know the letter yet');
});

test('when the session ends, the names leave the page and the memory; without an answer they stay', async () => {
	const element = await app(inState('review'), true);
	const { desk } = element;
	const answer = (failure: Error) => Object.assign(desk.parts, { call: () => Promise.reject(failure) });
	answer(new Unanswered('No answer.'));
	await desk.refresh();
	await settled(element);
	expect(element.textContent).toContain('The server does not answer just now');
	// As a server of the next version may say it.
	Object.assign(desk.parts, { call: async () => ({ somethingElse: true }) });
	await desk.refresh();
	await settled(element);
	expect(element.textContent).toContain('The server was changed since this page was loaded');
	expect(element.querySelector('.names-table')).not.toBeNull();

	answer(new Refused('not-signed-in', 401, 'Log in.'));
	await desk.refresh();
	await settled(element);
	expect(element.querySelector('h1')?.textContent).toBe('Your desk');
	expect(element.querySelector('.names-table')).toBeNull();
	expect(desk.opening.opening).toBeNull();
	expect(desk.organizer).toBeNull();
});

test('a browser that does not know the letter takes the fingerprint from a whole invite link, and from no other letter’s', async () => {
	const desk = deskOf(organizers);
	desk.view = inState('open', { links: [link] });
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	const { root } = organizers.standing;
	const paste = async (typed: string) => {
		const field = element.querySelector<HTMLInputElement>('#known-link');
		if (field === null) throw new Error('There is no field for a link.');
		field.value = typed;
		field.form?.requestSubmit();
		await settled(element);
	};
	await paste(`https://letters.example/l/${link.link}`);
	expect(element.textContent).toContain('Paste the whole link');
	await paste(`https://letters.example/l/${link.link}#${root.replace(/^./, root.startsWith('A') ? 'B' : 'A')}`);
	expect(element.textContent).toContain('Approve nothing');
	expect(element.querySelector('copy-text')).toBeNull();
	await paste(`https://letters.example/l/${link.link}#${root}`);
	expect(element.querySelector('#known-link')).toBeNull();
	expect(element.querySelector<HTMLInputElement>('copy-text input')?.value).toContain(root);
});
