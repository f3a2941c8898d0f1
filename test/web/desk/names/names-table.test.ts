import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { newId } from '../../../../shared/bytes.ts';
import type { OpenedName } from '../../../../shared/client/opening.ts';
import { Slices } from '../../../../shared/slices.ts';
import { readStatement } from '../../../../shared/statement.ts';
import { DeskNames } from '../../../../web/desk/desk-names.ts';
import { NameList } from '../../../../web/desk/names/name-list.ts';
import { OrganizerDesk } from '../../../support/organizer-desk.ts';
import { sizedSigner } from '../../../support/sized/signers.ts';
import { settled } from '../../settled.ts';
import { accessibilityFaults, deskOf, show, smallTargets } from '../desk-stage.ts';

const COUNT = 10_000;
let organizers: OrganizerDesk;
let names: OpenedName[];

/** Names in a dozen scripts; signatures do not matter to the table. */
beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: [{ name: 'One' }] });
	const [one] = organizers.letter.signers;
	if (one === undefined) throw new Error('Nobody signed.');
	const { opened } = one;
	const statement = readStatement(opened.statement);
	const named = Array.from({ length: COUNT * 2 }, (_, n) => sizedSigner(n, COUNT)).filter((signer) => signer.name);
	names = named.slice(0, COUNT).map(({ name = '', title = '' }, n) => {
		const contents = { ...opened.contents, display: { name, title }, address: `p${n % 9_990}.x@northwind.example` };
		return { key: `${newId()}${n}`, statement, opened: { ...opened, contents } };
	});
});

beforeEach(() => page.viewport(1280, 900));

async function table(of = names): Promise<DeskNames> {
	const element = new DeskNames();
	element.desk = deskOf(organizers);
	element.desk.opening.opening = {
		names: of,
		unreadable: [],
		waiting: [],
		wrongShares: [],
		unreadableContributions: [],
	};
	await show(element);
	const main = document.createElement('main');
	main.append(Object.assign(document.createElement('h1'), { textContent: 'Check the names' }), element);
	document.body.replaceChildren(main);
	await expect.poll(() => element.querySelector('tbody tr'), { timeout: 60_000 }).not.toBeNull();
	await settled(element);
	return element;
}

const grid = (element: HTMLElement) => {
	const found = element.querySelector('table');
	if (found === null) throw new Error('There is no table.');
	return found;
};
const scroller = (element: HTMLElement) => {
	const found = element.querySelector<HTMLElement>('.names-scroll');
	if (found === null) throw new Error('Nothing scrolls.');
	return found;
};
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const active = (element: HTMLElement) =>
	document.getElementById(grid(element).getAttribute('aria-activedescendant') ?? '') ?? element;
const rowIndex = (element: HTMLElement) => Number(active(element).getAttribute('aria-rowindex'));

/** Scrolls through all of it, quickly at first, then by the screen; then searches and sorts. @returns each step, and how many rows it drew */
async function useAll(element: DeskNames): Promise<{ name: string; drawn: number }[]> {
	const steps: { name: string; drawn: number }[] = [];
	const isRow = (node: Node) => node instanceof HTMLTableRowElement;
	const rowsIn = (records: MutationRecord[]) => records.flatMap((one) => [...one.addedNodes].filter(isRow)).length;
	let drawn = 0;
	const observer = new MutationObserver((records) => {
		drawn += rowsIn(records);
	});
	observer.observe(grid(element), { childList: true, subtree: true });
	const step = async (name: string, work: () => void) => {
		drawn = 0;
		work();
		await frame();
		await frame();
		drawn += rowsIn(observer.takeRecords());
		steps.push({ name, drawn });
	};
	const box = scroller(element);
	for (const screens of [100, 0.8]) {
		for (let turn = 1; turn <= 10; turn++)
			await step(`${turn} times ${screens} screens`, () => {
				box.scrollTop = turn * screens * box.clientHeight;
			});
	}
	const field = element.querySelector<HTMLInputElement>('#find-name');
	for (const typed of ['m', 'ma', 'mar', '']) {
		await step(`searched "${typed}"`, () => {
			if (field) field.value = typed;
			field?.dispatchEvent(new Event('input', { bubbles: true }));
		});
	}
	for (const [at, button] of element.querySelectorAll<HTMLElement>('button.sort').entries())
		await step(`sorted by ${at}`, () => button.click());
	observer.disconnect();
	return steps;
}

const longest = (gaps: readonly number[]) => gaps.reduce((most, gap) => Math.max(most, gap), 0);

/** Milliseconds between each two points at which the page could have had its turn. */
class Timed extends Slices {
	readonly gaps: number[] = [];
	#since = performance.now();

	override async next(): Promise<void> {
		this.gaps.push(performance.now() - this.#since);
		await super.next();
		this.#since = performance.now();
	}
}

test('ten thousand names are compared in steps after each of which the page can have its turn', async () => {
	const beside = { addressees: 'Ada Example, chief executive', organizers: ['R.'], extra: new Map() };
	let least: number[] = [];
	// Sorting at one go would take a third of what was long enough to be measured.
	const isLong = () => longest(least) >= least.reduce((sum, gap) => sum + gap, 0) / 4;
	// What else the machine does makes a step longer, and none shorter.
	for (let attempt = 0; attempt < 20 && (attempt < 2 || isLong()); attempt++) {
		const slices = new Timed();
		const list = await NameList.of(names, beside, slices);
		await slices.next();
		expect(list.all).toHaveLength(COUNT);
		const { gaps }: Timed = slices;
		least = least.length === 0 ? gaps : least.map((before, at) => Math.min(before, gaps[at] ?? 0));
	}
	expect(least.length).toBeGreaterThan(3 * COUNT);
	expect(isLong()).toBe(false);
});

// How long that takes is measured by `npm run bench -- opening`, with the names of 4,000.
test('each step through ten thousand rows draws those in sight and few beside them', async () => {
	const element = await table();
	expect(grid(element).getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
	const steps = await useAll(element);
	expect(steps.filter(({ drawn }) => drawn >= 80)).toEqual([]);
	expect(steps.filter(({ drawn }) => drawn > 0).length).toBeGreaterThan(10);
});

test('only rows in sight are on the page, each says which it is, and none is left out on the way down', async () => {
	const element = await table(names.slice(0, 250));
	const seen = new Set<string>();
	const box = scroller(element);
	for (let turn = 0; turn < 100 && !seen.has('251'); turn++) {
		const rows = [...element.querySelectorAll<HTMLElement>('tbody tr')];
		expect(rows.length).toBeLessThan(80);
		const { top: above, bottom: below } = box.getBoundingClientRect();
		const inSight = rows.map((row) => ({ row, box: row.getBoundingClientRect() }));
		expect(Math.max(...inSight.map((one) => one.box.bottom))).toBeGreaterThanOrEqual(below - 10);
		for (const { row, box } of inSight)
			if (box.bottom > above && box.top < below) seen.add(row.getAttribute('aria-rowindex') ?? '');
		box.scrollTop += box.clientHeight / 2;
		await frame();
		await frame();
	}
	expect([...seen].map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 250 }, (_, at) => at + 2));
});

test('the keyboard moves, finds, asks why, leaves, and hides', async () => {
	const element = await table();
	grid(element).focus();
	await settled(element);
	expect(rowIndex(element)).toBe(2);
	await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
	expect(rowIndex(element)).toBe(3);
	await userEvent.keyboard('{End}');
	await settled(element);
	expect(rowIndex(element)).toBe(COUNT + 1);
	const { bottom } = scroller(element).getBoundingClientRect();
	expect(active(element).getBoundingClientRect().bottom).toBeLessThanOrEqual(bottom + 1);
	await userEvent.keyboard('{PageUp}');
	await settled(element);
	expect(rowIndex(element)).toBeLessThan(COUNT);
	await userEvent.keyboard('s');
	await settled(element);
	expect(document.activeElement?.id).toBe('strike-reason');
	await userEvent.keyboard('{Escape}');
	await settled(element);
	expect(document.activeElement).toBe(grid(element));
	expect(element.querySelector('#strike-reason')).toBeNull();
	await userEvent.keyboard('/');
	expect(document.activeElement?.id).toBe('find-name');
	await userEvent.keyboard('mar{Escape}');
	await settled(element);
	expect(element.wanted.typed).toBe('');
	await userEvent.keyboard('{Escape}');
	await settled(element);
	expect(element.desk.opening.hidden).toBe(true);
	expect(element.querySelector('table')).toBeNull();
	expect(element.textContent).toContain('hidden');
});

test('a notice with a reason of its own is proposed with one press; the rows stay where they are', async () => {
	const some = names.slice(0, 300);
	const key = some[200]?.key ?? '';
	const element = await table(some);
	const asked: unknown[] = [];
	Object.assign(element.desk.parts, { call: async (...one: unknown[]) => void asked.push(one) });
	element.extra = new Map([[key, [{ serious: true, text: 'Asks to be taken off', strike: 'asked' }]]]);
	await expect.poll(() => element.textContent).toContain('Asks to be taken off');
	[...element.querySelectorAll('button')].find((one) => one.textContent?.includes('asked to be left out'))?.click();
	await expect
		.poll(() => asked[0])
		.toEqual(['PUT', '/api/desk/strikes', { key, reason: 'asked' }, organizers.organizer(0).id]);
	expect(document.activeElement).toBe(grid(element));
});

test.each([
	[320, 640],
	[1280, 900],
])('at %i px axe finds nothing, targets are large, and a long name is there to its end', async (width, height) => {
	await page.viewport(width, height);
	const nameOf = (one: OpenedName) => one.opened.contents.display?.name ?? '';
	const longest = names.toSorted((a, b) => nameOf(b).length - nameOf(a).length);
	const element = await table(longest.slice(0, 15));
	grid(element).focus();
	await userEvent.keyboard('s');
	await settled(element);
	expect(await accessibilityFaults()).toEqual([]);
	expect(smallTargets()).toEqual([]);
	expect(element.textContent).toContain('Featherstonehaugh Llanfairpwllgwyngyllgogery');
	const box = scroller(element);
	expect(box.scrollWidth).toBeLessThanOrEqual(box.clientWidth);
});
