import { beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { Call } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { DESK_PAGES, type DeskPage, PAGE_NAMES } from '../../../web/desk/desk-pages.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(3) });
});

/** The desk of the first of them, who are named by their places. */
async function scheduled({ used = [], waiting = [] }: { used?: number[]; waiting?: number[] }) {
	const plain = organizers.view(0);
	const ids = plain.organizers.map(({ id }) => id);
	const names = plain.organizers.map(({ name }) => name);
	const of = (asked: number[]): DeskView => ({
		...plain,
		letter: { ...plain.letter, state: 'scheduled', slug: 'a-letter', releaseAt: '2027-03-03T09:00:00Z' },
		organizers: plain.organizers.map((one, at) => ({ ...one, stopUsed: used.includes(at) })),
		release: {
			...{ attempt: 'A'.repeat(22), releaseHash: organizers.standing.root, releaseAt: '2027-03-03T09:00:00Z' },
			...{ proposer: ids[1] ?? '', approvedBy: ids.slice(1), stoppedBy: asked.map((at) => ids[at] ?? '') },
		},
	});
	const asked: string[] = [];
	const call: Call = async (method, path) => {
		if (method === 'GET') return of(asked.length > 0 ? [...waiting, 0] : waiting);
		asked.push(`${method} ${path}`);
		return { state: 'scheduled' };
	};
	const element = new DeskApp();
	element.desk = deskOf(organizers, call);
	element.desk.view = of(waiting);
	await keepRoot(organizers.organizer(0), element.desk.parts.roots, organizers.standing.root);
	await show(element);
	const text = () => element.textContent?.replaceAll(/\s+/g, ' ') ?? '';
	const press = async (name: string) => {
		const found = [...element.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
		if (!found) throw new Error(`no button ${name}`);
		found.click();
		await settled(element);
	};
	/** The others press. */
	const stops = async (others: number[]) => {
		waiting.push(...others);
		await element.desk.refresh();
		await settled(element);
	};
	return { element, names, asked, text, press, stops };
}

test('a first stop acts alone, and says so before it does', async () => {
	const { text, press, asked } = await scheduled({});
	await press('Stop the release');
	expect(text()).toContain('This uses your one stop.');
	await press('Let it go out');
	expect(asked).toEqual([]);
	await press('Stop the release');
	await press('Stop the release now');
	expect(asked).toEqual(['POST /api/desk/stop']);
});

test('whoever stops it by the keyboard is on the button that does it with the next press, and never back at the top of the page', async () => {
	const { element, press } = await scheduled({ used: [0, 1] });
	const focused = () => document.activeElement?.textContent?.trim();
	await press('Stop the release');
	expect(focused()).toBe('Stop the release now');
	await press('Let it go out');
	expect(focused()).toBe('Stop the release');
	await press('Stop the release');
	await press('Stop the release now');
	expect(element.textContent).toContain('Your stop waits for one more of you.');
	expect(focused()).toBe('Stop it');
});

test('whoever has used their stop can still ask for one, which takes another of them, and sees who has one left', async () => {
	const { text, press, asked, names } = await scheduled({ used: [0, 1] });
	expect(text()).toContain('You have used your one stop: now it takes two of you');
	expect(text()).toContain(`${names[2]} can still stop it alone`);
	await press('Stop the release');
	expect(text()).toContain('It goes out all the same unless another of you stops it, too.');
	await press('Stop the release now');
	expect(asked).toEqual(['POST /api/desk/stop']);
	expect(text()).toContain('Your stop waits for one more of you.');
	expect(text()).not.toContain('Stop the release');
});

test('where nobody has a stop left, nobody is said to', async () => {
	const { text } = await scheduled({ used: [0, 1, 2] });
	expect(text()).toContain('now it takes two of you');
	expect(text()).not.toContain('can still stop it alone');
});

test.each(DESK_PAGES)(
	'a stop that begins to wait is announced on every page of the desk, and leads to where it is agreed to: %s',
	async (at: DeskPage) => {
		const { element, names, press, stops } = await scheduled({ used: [1] });
		if (at !== 'letter') await press(PAGE_NAMES[at]);
		const status = element.querySelector('desk-stop-waits [role="status"]');
		expect(status?.textContent).toBe('');
		await stops([1]);
		expect(element.querySelector('desk-stop-waits [role="status"]')).toBe(status);
		expect(status?.textContent).toContain(`${names[1]} wants this release stopped.`);
		expect(await accessibilityFaults()).toEqual([]);
		status?.querySelector('a')?.click();
		await settled(element);
		expect(document.activeElement?.id).toBe('stop-heading');
		expect(location.hash).toBe('');
	},
);

test('who goes to a page later comes to its heading again', async () => {
	const { element, press } = await scheduled({ used: [1], waiting: [1] });
	await press(PAGE_NAMES.people);
	element.querySelector<HTMLElement>('desk-stop-waits a')?.click();
	await settled(element);
	await press(PAGE_NAMES.people);
	await press(PAGE_NAMES.letter);
	expect(document.activeElement?.textContent).toBe('It goes out by itself');
});

test('a stop that waits is shown to the others above everything else, and needs one press of theirs', async () => {
	const { element, text, press, asked, names } = await scheduled({ used: [1], waiting: [1] });
	const [note] = element.querySelectorAll('.note');
	expect(note?.textContent).toContain(`${names[1]} wants this release stopped. It takes one more of you`);
	expect(text()).not.toContain('Each of you has one stop');
	await press('Stop the release');
	expect(text()).toContain(`Together with ${names[1]} you stop it at once. Your own stop stays yours.`);
	await press('Stop the release now');
	expect(asked).toEqual(['POST /api/desk/stop']);
	expect(await accessibilityFaults()).toEqual([]);
	await page.viewport(320, 800);
	expect(fitsItsWidth()).toBe(true);
	expect(smallTargets()).toEqual([]);
});
