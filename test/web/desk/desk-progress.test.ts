import { beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { SoFar } from '../../../shared/api/progress.ts';
import { DeskProgress } from '../../../web/desk/desk-progress.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

const ofPages = /^(landmark-one-main|page-has-heading-one):/;
let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
});

async function stage(soFar: SoFar, progress: { group: string; named: number; anonymous: number }[] = []) {
	const element = new DeskProgress();
	element.desk = deskOf(organizers);
	element.desk.view = organizers.view(0, { soFar, progress });
	await show(element);
	for (const fold of element.querySelectorAll('details')) fold.open = true;
	await settled(element);
	return element;
}

/** Each table's rows, as they are read out. */
const tables = (element: HTMLElement) =>
	[...element.querySelectorAll('table')].map((table) =>
		[...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent).join(' | ')),
	);

test('behind each picture stands its table: nights with a step, groups, ways of proof', async () => {
	const [staff] = organizers.letter.charter.groups;
	const group = staff?.id ?? '';
	const days = [
		{ day: '2027-02-25', signatures: 0 },
		{ day: '2027-02-26', signatures: 50 },
		{ day: '2027-02-27', signatures: 50 },
		{ day: '2027-02-28', signatures: 1_100 },
	];
	const element = await stage(
		{ signatures: 1_200, days, proofs: [{ group, mailbox: 1_100, roster: 0, voucher: 50 }], refused: 10 },
		[{ group, named: 900, anonymous: 300 }],
	);
	const [nights, groups, proofs] = tables(element);
	expect(nights).toEqual(['28 Feb | at least 1,100', '26 Feb | at least 50', '25 Feb | fewer than 10']);
	expect(groups?.[0]).toBe(`${staff?.name} | at least 900 | at least 300`);
	expect(proofs?.[0]).toBe(`${staff?.name} | at least 1,100 | fewer than 10 | at least 50`);
	expect(element.textContent).toContain('At least 1,200');
	expect(element.textContent?.replaceAll(/\s+/g, ' ')).toContain('from a mailbox that was not: at least 10');
	// The line ends as high as it gets, and goes down nowhere.
	const line = element.querySelector('.steps .line')?.getAttribute('d') ?? '';
	const heights = [...line.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
	expect(heights.toSorted((a, b) => b - a)).toEqual(heights);
	expect((await accessibilityFaults()).filter((one) => !ofPages.test(one))).toEqual([]);
	for (const width of [320, 390]) {
		await page.viewport(width, 800);
		expect(fitsItsWidth()).toBe(true);
	}
	expect(smallTargets()).toEqual([]);
});

test('before the first step it says so, and promises nothing finer', async () => {
	const element = await stage({ signatures: 0, days: [], proofs: [], refused: 0 });
	expect(element.textContent).toContain('Fewer than 10 signatures, or none yet');
	expect(element.querySelector('.steps')).toBeNull();
	expect(tables(element)).toEqual([]);
	expect(element.textContent?.match(/Fewer than 10 everywhere/g)).toHaveLength(2);
	expect((await accessibilityFaults()).filter((one) => !ofPages.test(one))).toEqual([]);
});
