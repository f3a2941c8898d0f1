import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { NameLines } from '../../../web/read/name-lines.ts';
import { addSearch } from '../../../web/read/name-search.ts';
import '../../../web/style/letter.css';

const some = (count: number) => {
	const names = new NameLines();
	names.add('Northwind\n names-a.html\n');
	names.add(Array.from({ length: count }, (_, at) => `${at + 1}\t0\tAnna ${at + 1}\t<b>Engineer</b>\n`).join(''));
	return names;
};

/** As a page has it; the names come when the test lets them. */
function placeOn(bytes: number) {
	document.documentElement.lang = 'en';
	document.title = 'Letter';
	document.body.innerHTML = `<main><h1>Letter</h1><div id="find" data-bytes="${bytes}"></div></main>`;
	const place = document.querySelector<HTMLElement>('#find')!;
	const asked: PromiseWithResolvers<NameLines>[] = [];
	const reports: ((bytes: number) => void)[] = [];
	addSearch(place, (progress) => {
		reports.push(progress);
		asked.push(Promise.withResolvers());
		return asked.at(-1)!.promise;
	});
	const get = <T extends HTMLElement>(selector: string) => place.querySelector<T>(selector)!;
	const [field, said, bar] = [
		get<HTMLInputElement>('input'),
		get('[role=status]'),
		get<HTMLProgressElement>('progress'),
	];
	return { field, said, bar, asked, reports, links: () => [...place.querySelectorAll('a')] };
}

describe('the search of signatories', () => {
	let page: ReturnType<typeof placeOn>;
	beforeEach(() => {
		page = placeOn(3_400_000);
	});

	test('says how much it will fetch, and fetches nothing until it is used', async () => {
		expect(page.said.textContent).toBe('The first search fetches all names, at most 3.4 MB.');
		await userEvent.click(page.field);
		expect(page.asked).toHaveLength(0);
		expect(placeOn(2_000).said.textContent).toBe('');
	});

	test('fetches once, shows how far it is, and then finds what was typed meanwhile', async () => {
		await userEvent.type(page.field, 'anna 6');
		expect(page.asked).toHaveLength(1);
		page.reports[0]!(1_700_000);
		expect([page.bar.hidden, page.bar.position]).toEqual([false, 0.5]);
		page.asked[0]!.resolve(some(70));
		await expect.poll(() => page.said.textContent).toBe('16 found.');
		expect(page.bar.hidden).toBe(true);
		expect(page.links()[0]!.getAttribute('href')).toBe('names-a.html#n6');
		expect(page.links()[0]!.textContent).toBe('Anna 6 <b>Engineer</b>, Northwind, number 6');
	});

	test('a number beside which no name stands is said to be one', async () => {
		await userEvent.type(page.field, '#71');
		page.asked[0]!.resolve(some(70));
		await expect
			.poll(() => page.said.textContent)
			.toBe(
				'No name stands beside number 71. Anonymous signatures have numbers, too, and so have those taken off since.',
			);
	});

	test('goes by keyboard from the field to what is found, and back', async () => {
		await userEvent.type(page.field, 'anna');
		page.asked[0]!.resolve(some(70));
		await expect.poll(() => page.said.textContent).toBe('70 found, the first 50 are shown.');
		await userEvent.keyboard('{ArrowDown}{ArrowDown}');
		expect(document.activeElement).toBe(page.links()[1]);
		await userEvent.keyboard('{ArrowUp}{ArrowUp}');
		expect(document.activeElement).toBe(page.field);
		await userEvent.keyboard('{ArrowDown}{Escape}');
		expect(document.activeElement).toBe(page.field);
		await userEvent.clear(page.field);
		expect([page.links(), page.said.textContent]).toEqual([[], '']);
	});

	test('tells when nothing is found, and when the names do not come; then the next letter asks again', async () => {
		await userEvent.type(page.field, 'x');
		page.asked[0]!.reject(new Error('offline'));
		await expect.poll(() => page.said.textContent).toContain('could not be fetched');
		await userEvent.type(page.field, 'y');
		page.asked[1]!.resolve(some(1));
		await expect.poll(() => page.said.textContent).toContain('Nobody is found.');
	});

	test('has nothing that axe finds wrong, and targets that a finger meets', async () => {
		await userEvent.type(page.field, 'anna');
		page.asked[0]!.resolve(some(3));
		await expect.poll(() => page.links().length).toBe(3);
		expect((await axe.run(document)).violations.map(({ id }) => id)).toEqual([]);
		for (const target of [page.field, ...page.links()]) expect(target.offsetHeight).toBeGreaterThanOrEqual(44);
	});
});
