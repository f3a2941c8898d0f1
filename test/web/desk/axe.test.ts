/** axe-core on every page and stage of the desk, on a phone and on a desk, by day and by night, folded and unfolded: without a finding. */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { contribute, openNames } from '../../../shared/client/opening.ts';
import type { Desk } from '../../../web/desk/desk.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { DESK_PAGES } from '../../../web/desk/desk-pages.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, fitsItsWidth, show } from './desk-stage.ts';
import { everyStage, type Shown } from './every-stage.ts';

const quietly = () => {};
/** Each width and each set of colours. */
const looks = [
	{ width: 390, scheme: 'light' },
	{ width: 1440, scheme: 'dark' },
] as const;
/** In which the pages beside the letter's own are looked at, too. */
const withAllPages = ['a draft', 'an open letter', 'the names', 'a scheduled letter', 'a released letter'];
let organizers: OrganizerDesk;
let stages: Shown[];

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(9) });
	for (const at of [0, 1]) {
		await contribute(organizers.call(at), organizers.organizer(at), organizers.standing, organizers.sealed, quietly);
	}
	stages = Object.values(await everyStage(organizers)).flat();
});
afterAll(() => look('light'));

/** Without motion, or a button is looked at while it changes from one colour to the other. */
async function look(scheme: 'light' | 'dark'): Promise<void> {
	const features = [
		{ name: 'prefers-color-scheme', value: scheme },
		{ name: 'prefers-reduced-motion', value: 'reduce' },
	];
	await (cdp() as { send(method: string, params: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
		features,
	});
}

async function app(change: (desk: Desk) => void): Promise<DeskApp> {
	const desk = deskOf(organizers);
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	change(desk);
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	return element;
}

async function findings(): Promise<string[]> {
	const found: string[] = [];
	for (const { width, scheme } of looks) {
		await page.viewport(width, 900);
		await look(scheme);
		expect(matchMedia(`(prefers-color-scheme: ${scheme})`).matches).toBe(true);
		const { violations } = await axe.run(document);
		const here = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
		if (!fitsItsWidth()) here.push('wider than the screen');
		found.push(...here.map((one) => `${width} px, ${scheme}: ${one}`));
	}
	return found;
}

function unfold(element: HTMLElement): void {
	for (const one of element.querySelectorAll('details')) one.open = true;
}

describe('axe finds nothing', () => {
	test.each([
		'an empty draft',
		'a draft',
		'a frozen draft',
		'an open letter that nobody signed',
		'an open letter',
		'last call',
		'before the opening',
		'the names',
		'a scheduled letter',
		'a scheduled letter that one of them wants stopped',
		'a released letter',
		'an abandoned letter',
	])('on the desk of %s', async (title) => {
		const stage = stages.find((one) => one.title === title);
		if (stage === undefined) throw new Error('There is no such stage.');
		const opening = stage.opened
			? await openNames(organizers.call(0), organizers.organizer(0), organizers.standing, organizers.sealed, quietly)
			: null;
		for (const one of withAllPages.includes(title) ? DESK_PAGES : (['letter'] as const)) {
			const element = await app((desk) => {
				desk.view = stage.view;
				desk.page = one;
				desk.opening.opening = opening;
				desk.opening.asked = [
					{ key: 'a', name: 'Amara Okafor', address: 'amara@group0.example', proven: true, signatures: [] },
				];
			});
			expect([one, element.querySelectorAll('h1').length]).toEqual([one, 1]);
			if (opening && one === 'letter') await expect.poll(() => element.querySelector('names-table')).not.toBeNull();
			unfold(element);
			await settled(element);
			expect([one, await findings()]).toEqual([one, []]);
		}
	});

	test('where one comes in: logged out, locked, with an invitation, with words to write down', async () => {
		const ways: Record<string, (desk: Desk) => void> = {
			out: (desk) => Object.assign(desk, { session: 'none', organizer: null, view: null }),
			locked: (desk) => Object.assign(desk, { locked: true, organizer: null }),
			begin: (desk) =>
				Object.assign(desk, { arrival: { kind: 'start', invitation: 'a' }, organizer: null, view: null }),
			join: (desk) => Object.assign(desk, { arrival: { kind: 'join', invitation: 'a' }, organizer: null, view: null }),
		};
		for (const [way, change] of Object.entries(ways)) {
			await app(change);
			expect([way, await findings()]).toEqual([way, []]);
		}
	});
});

test('every stage that the desk knows is looked at', () => {
	expect(new Set(stages.map(({ view }) => view.letter.state)).size).toBe(6);
	expect(stages).toHaveLength(12);
});
