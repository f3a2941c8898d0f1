import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Appearance } from '../../../shared/client/signer-record.ts';
import { Fault } from '../../../shared/fault.ts';
import type { HowYouAppear } from '../../../web/sign/how-you-appear.ts';
import '../../../web/sign/how-you-appear.ts';
import { accessibilityFaults, find, fitsItsWidth, send, settled, smallTargets, stage, type } from './stage.ts';

let chosen: Appearance[];
let element: HowYouAppear;

async function show(change: Partial<HowYouAppear> = {}): Promise<void> {
	chosen = [];
	element = Object.assign(document.createElement('how-you-appear'), {
		labels: ['Engineer', 'Driver'],
		smallestCell: 5,
		group: 'Northwind',
		submit: async (appear: Appearance) => void chosen.push(appear),
		...change,
	});
	await stage(element);
}

async function choose(id: string): Promise<void> {
	find(element, `#${id}`).click();
	await element.updateComplete;
}

beforeEach(() => show());

describe('how you appear', () => {
	test('has nothing preselected, and says so where a choice is missing', async () => {
		expect(element.querySelectorAll('input:checked')).toHaveLength(0);
		expect(element.querySelector('#name')).toBeNull();
		await send(element);
		expect(chosen).toEqual([]);
		expect(document.activeElement).toBe(find(element, '.errors'));
		find(element, '.errors a').click();
		expect(document.activeElement?.id).toBe('by-name');
		expect(location.hash).toBe('');
	});

	test('prints the line as it is typed, in any script', async () => {
		await choose('by-name');
		type(element, '#name', 'نور الهدى');
		type(element, '#title', 'Product designer');
		await element.updateComplete;
		expect(find(element, '.as').textContent).toContain('نور الهدى');
		expect(find(element, '.as em').textContent).toBe('Product designer, Northwind');
		await send(element);
		expect(chosen).toEqual([{ shown: 'named', name: 'نور الهدى', title: 'Product designer', condition: null }]);
	});

	test('points out a letter of another alphabet that looks like a Latin one, and lets whoever is called so go on', async () => {
		await choose('by-name');
		type(element, '#name', 'Am\u0430ra Okafor');
		await element.updateComplete;
		expect(find(element, '.note').textContent).toContain('of the Cyrillic alphabet: \u0430.');
		await send(element);
		expect(chosen).toHaveLength(1);
		type(element, '#name', 'Amara Okafor');
		await element.updateComplete;
		expect(element.querySelector('.note')).toBeNull();
	});

	test('says what a condition comes to by today’s rounded numbers, and that an unmet one lapses', async () => {
		await show({ atLeast: { signatures: 50, named: 0 } });
		await choose('anonymously');
		const condition = find(element, 'details');
		expect(condition.textContent).toContain('it lapses');
		expect(find(condition, '[role="status"]').textContent).toBe(
			'So far at least 50 have signed, fewer than 10 of them by name.',
		);
		type(element, '#least', '40');
		await element.updateComplete;
		expect(find(condition, '[role="status"]').textContent).toContain('That is enough for yours today');
		type(element, '#least', '60');
		await element.updateComplete;
		expect(find(condition, '[role="status"]').textContent).toContain('cannot be told yet');
	});

	test('warns of small groups, and offers the charter’s descriptions', async () => {
		await choose('anonymously');
		expect(find(element, '.note').textContent).toContain('fewer than 5');
		const label = find<HTMLSelectElement>(element, '#label');
		label.value = 'Driver';
		label.dispatchEvent(new Event('change'));
		await element.updateComplete;
		expect(find(element, '.as').textContent).toContain('Driver, Northwind');
		await send(element);
		expect(chosen).toEqual([{ shown: 'anonymous', label: 'Driver', condition: null }]);
	});

	test('takes a condition, and refuses one that is no number', async () => {
		await choose('anonymously');
		find<HTMLDetailsElement>(element, 'details').open = true;
		type(element, '#least', 'fifty');
		await send(element);
		expect(find(element, '.wrong').textContent).toContain('whole number');
		type(element, '#least', '50');
		find<HTMLSelectElement>(element, '#of-whom').value = 'named';
		await send(element);
		expect(chosen).toEqual([{ shown: 'anonymous', label: null, condition: { named: 50 } }]);
	});

	test('keeps what was typed when something is wrong with it, and says it beside the field', async () => {
		await show({
			submit: async () => {
				throw new Fault('name-characters', 'title', 'This holds a character that cannot be seen.');
			},
		});
		await choose('by-name');
		type(element, '#name', 'Kim');
		type(element, '#title', 'Dr\u202e');
		await send(element);
		await settled(element);
		const title = find<HTMLInputElement>(element, '#title');
		expect(title.value).toBe('Dr\u202e');
		expect(title.getAttribute('aria-invalid')).toBe('true');
		expect(document.getElementById(title.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
			'cannot be seen',
		);
	});

	test.each(['by-name', 'anonymously'])('is accessible and fits 320 px with %s chosen', async (id) => {
		await page.viewport(320, 800);
		await choose(id);
		find<HTMLDetailsElement>(element, 'details').open = true;
		expect(await accessibilityFaults()).toEqual([]);
		expect(smallTargets(element)).toEqual([]);
		expect(fitsItsWidth()).toBe(true);
	});
});
