import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Appearance } from '../../../shared/client/signer-record.ts';
import { Fault } from '../../../shared/fault.ts';
import type { LetterFit } from '../../../shared/letter-fit.ts';
import type { HowYouAppear } from '../../../web/sign/how-you-appear.ts';
import '../../../web/sign/how-you-appear.ts';
import { UNKNOWN_GROUP } from '../../../web/sign/proving-ways.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, find, fitsItsWidth, send, smallTargets, stage, type } from './stage.ts';

let chosen: Appearance[];
let element: HowYouAppear;

const group = (name: string, anonymity: LetterFit['groups'][number]['anonymity'], people: number | null) => ({
	...{ id: name, name, anonymity, people },
});
const fitting = (...groups: LetterFit['groups']): LetterFit => ({
	...{ proofs: 'mailbox', codeOnly: false, advice: '', organizers: ['R.', 'K.'], threshold: 2, smallestCell: 5 },
	groups,
});
const northwind = group('Northwind', 'usual', 71_000);

async function show(change: Partial<HowYouAppear> = {}): Promise<void> {
	chosen = [];
	element = Object.assign(document.createElement('how-you-appear'), {
		labels: ['Engineer', 'Driver'],
		fit: fitting(northwind),
		group: { names: ['Northwind'], work: true, told: true },
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
		expect(find(element, '.note').textContent).toContain('mixes Latin letters with Cyrillic ones: \u0430.');
		await send(element);
		expect(chosen).toHaveLength(1);
		type(element, '#name', 'Amara Okafor');
		await element.updateComplete;
		expect(element.querySelector('.note')).toBeNull();
	});

	test('leaves out what cannot be seen, of the line that is shown and of what is signed, and says so', async () => {
		await choose('by-name');
		type(element, '#name', '\u202eKim\u200b Ruiz\ufeff');
		type(element, '#title', 'Dr\u2066iver');
		await element.updateComplete;
		expect(find(element, '.as bdi').textContent).toBe('Kim Ruiz');
		expect(find(element, '.note').textContent).toContain('characters that cannot be seen');
		await send(element);
		expect(chosen).toMatchObject([{ name: 'Kim Ruiz', title: 'Driver' }]);
		type(element, '#name', '\u200b\u2060');
		await send(element);
		expect(find(element, '.wrong').textContent).toContain('Type your name');
	});

	test('says how much room is left before there is none, in characters of any script', async () => {
		await choose('by-name');
		expect(find(element, '#name-hint').textContent).toContain('At most 80 characters');
		for (const [typed, room] of [
			['王'.repeat(59), ''],
			['王'.repeat(60), '20 more characters fit.'],
			['𞤀'.repeat(79), 'One more character fits.'],
			['\u202e'.repeat(9) + 'ن'.repeat(80), 'No more characters fit.'],
			['k'.repeat(83), '3 characters too many.'],
		] as const) {
			type(element, '#name', typed);
			await element.updateComplete;
			expect([typed.length, find(element, '.room').textContent]).toEqual([typed.length, room]);
		}
	});

	test('says what a condition comes to by today’s rounded numbers, and that an unmet one lapses', async () => {
		await show({ atLeast: { signatures: 50, named: 0 } });
		await choose('anonymously');
		const condition = find(element, 'details');
		expect(condition.textContent).toContain('it lapses');
		expect(condition.textContent).toMatch(
			/stands with your signature in the release file.*an odd one can be recognized/,
		);
		const said = () => find(condition, '[role="status"]').textContent;
		expect(said()).toContain('By the last count, at least 50 people have signed, fewer than 10 of them by name.');
		type(element, '#least', '40');
		await element.updateComplete;
		expect(said()).toContain('only if at least 40 people sign, you included.');
		expect(said()).toContain('That meets your condition today.');
		type(element, '#least', '80');
		await element.updateComplete;
		expect(said()).toContain('cannot be told');
	});

	test('tells of small groups before anybody chooses, by the organizers’ and the rounded numbers', async () => {
		const [legal, night] = [group('Legal', 'guessable', 12), group('Night shift', 'none', 4)];
		const means = () => find(element, '#anonymously-means').textContent;
		expect(means()).toContain('If fewer than 5 from a group sign anonymously');
		expect(means()).toContain('Whether enough will cannot be told yet.');
		expect(means()).toContain('is published exactly. Where nearly everybody who got a mail signed');
		await show({ enough: ['Northwind'] });
		expect(means()).toContain('By the last count, enough do.');
		await show({ fit: fitting(northwind, legal, night), group: UNKNOWN_GROUP, enough: ['Northwind'] });
		expect(means()).toContain('By the last count, enough do from: Northwind.');
		expect(means()).toContain('at most 12 can sign from Legal: whoever is listed anonymously');
		expect(means()).toContain('at most 4 can sign from Night shift: nobody from there can be listed anonymously.');
		expect(means()).not.toContain('71');
	});

	test.each([
		['mailbox', 'see your name, title and work address', 'match a mailbox to'],
		['voucher', 'see your name and title', 'match a voucher to'],
		['either', 'your work address if you prove with it', 'neither a mailbox nor a voucher'],
	] as const)('says who sees what of those who prove by %s', async (proofs, named, anonymous) => {
		await show({ fit: { ...fitting(northwind), proofs } });
		expect(find(element, '#by-name-means').textContent).toContain(named);
		expect(find(element, '#anonymously-means').textContent).toContain(anonymous);
	});

	test.each([
		['mailbox', true, false],
		['voucher', false, true],
		['either', true, true],
	] as const)('says what exact numbers can tell of those who prove by %s', async (proofs, mails, vouchers) => {
		await show({ fit: { ...fitting(northwind), proofs } });
		const means = find(element, '#anonymously-means').textContent;
		expect(means).toContain('is published exactly.');
		expect(means.includes('Where nearly everybody who got a mail signed')).toBe(mails);
		expect(/here every voucher was used to sign.*whoever handed them out can tell/.test(means)).toBe(vouchers);
	});

	test('offers the charter’s descriptions', async () => {
		await choose('anonymously');
		const label = find<HTMLSelectElement>(element, '#label');
		expect(find(element, '#label-hint').textContent).toContain('The organizers read it in any case');
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
		type(element, '#least', '٥٠');
		const whom = find<HTMLSelectElement>(element, '#of-whom');
		whom.value = 'named';
		whom.dispatchEvent(new Event('change'));
		await element.updateComplete;
		expect(find(element, 'details [role="status"]').textContent).toContain('You are not one of them.');
		await send(element);
		expect(chosen).toEqual([{ shown: 'anonymous', label: null, condition: { named: 50 } }]);
	});

	test('keeps what was typed when something is wrong with it, and says it beside the field', async () => {
		await show({
			submit: async () => {
				throw new Fault('name-length', 'title', 'This is longer than 80 characters.');
			},
		});
		await choose('by-name');
		type(element, '#name', 'Kim');
		type(element, '#title', 'D'.repeat(81));
		await send(element);
		await settled(element);
		const title = find<HTMLInputElement>(element, '#title');
		expect(title.value).toBe('D'.repeat(81));
		expect(title.getAttribute('aria-invalid')).toBe('true');
		expect(document.getElementById(title.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
			'longer than 80',
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
