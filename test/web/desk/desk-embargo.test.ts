import { expect, test } from 'vitest';
import type { Call } from '../../../shared/client/call.ts';
import { DeskEmbargo } from '../../../web/desk/desk-embargo.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

async function stage() {
	const organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
	const [first, second] = organizers.letter.charter.organizers;
	const asked: [string, string, unknown][] = [];
	const call: Call = async (method, path, body) => {
		asked.push([method, path, body]);
		if (method === 'POST') return { link: 'https://letters.example/e/secret/' };
		if (method === 'GET') return organizers.view(0);
		return null;
	};
	const element = new DeskEmbargo();
	element.desk = deskOf(organizers, call);
	const { now } = organizers.view(0).letter;
	const later = '2030-01-01T00:00:00Z';
	const link = (id: string, outlet: string, change: object = {}) => ({
		...{ id: id.repeat(22), outlet, createdBy: second?.id ?? '', expiresAt: later, revoked: false },
		...change,
	});
	element.desk.view = organizers.view(0, {
		embargoLinks: [
			link('A', 'The Northern Post'),
			link('B', 'Le Soir', { revoked: true }),
			link('C', 'Radio <b>One</b>', { expiresAt: now, createdBy: first?.id ?? '' }),
		],
	});
	await show(element);
	const press = async (name: string) => {
		const found = [...element.querySelectorAll('button')].find(
			(one) => (one.ariaLabel ?? one.textContent)?.trim() === name,
		);
		if (!found) throw new Error(`no button ${name}`);
		found.click();
		await settled(element);
	};
	const type = (id: string, value: string) => {
		const input = element.querySelector<HTMLInputElement>(`#${id}`);
		if (input) input.value = value;
	};
	return { element, asked, press, type, second };
}

test('each link says for whom, by whom and until when it is, and what it cannot undo', async () => {
	const { element, second } = await stage();
	const rows = [...element.querySelectorAll('.links li')].map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim());
	expect(rows[0]).toContain(`The Northern Post`);
	expect(rows[0]).toContain(`Made by ${second?.name}. Good until`);
	expect(rows[1]).toContain('Le Soir revoked');
	expect(rows[2]).toContain('Radio <b>One</b>');
	expect(rows[2]).toContain('Ended');
	expect(element.textContent).toContain('You cannot take back what was read');
	expect(element.textContent).toContain('the table, the picture and the release file cannot');
	// The element alone is no page: its heading and landmark come from the desk.
	const ofPages = /^(landmark-one-main|page-has-heading-one):/;
	expect((await accessibilityFaults()).filter((one) => !ofPages.test(one))).toEqual([]);
	expect(smallTargets()).toEqual([]);
	expect(fitsItsWidth()).toBe(true);
});

test('a new link is shown once, and goes when it is hidden', async () => {
	const { element, asked, press, type } = await stage();
	await press('Make a link');
	expect(element.querySelector('.errors')?.textContent).toContain('Name the outlet');
	type('embargo-outlet', ' The Eastern Mail ');
	type('embargo-until', '2001-01-01T10:00');
	await press('Make a link');
	expect(element.querySelector('.errors')?.textContent).toContain('still to come');
	expect(asked).toEqual([]);
	type('embargo-until', '2031-05-01T10:00');
	await press('Make a link');
	const expiresAt = new Date('2031-05-01T10:00').toISOString().replace('.000Z', 'Z');
	expect(asked[0]).toEqual(['POST', '/api/desk/embargo-links', { outlet: 'The Eastern Mail', expiresAt }]);
	expect(element.querySelector<HTMLInputElement>('copy-text input')?.value).toBe('https://letters.example/e/secret/');
	expect(element.querySelector<HTMLInputElement>('#embargo-outlet')?.value).toBe('');
	await press('I have it; hide it');
	expect(element.querySelector('copy-text')).toBeNull();
});

test('a link is revoked by a second press, and can be kept', async () => {
	const { asked, press } = await stage();
	await press('Revoke the link of The Northern Post');
	await press('Keep the link');
	expect(asked).toEqual([]);
	await press('Revoke the link of The Northern Post');
	await press('Revoke the link of The Northern Post');
	expect(asked[0]?.slice(0, 2)).toEqual(['DELETE', `/api/desk/embargo-links/${'A'.repeat(22)}`]);
});

test('a new link stays on the desk until somebody has it, over other pages and a lock, and closing asks first', async () => {
	const { element, press, type } = await stage();
	type('embargo-outlet', 'Ida Berg');
	type('embargo-until', '2030-02-01T09:00');
	await press('Make a link');
	const { desk } = element;
	const asks = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
	expect(asks()).toBe(true);
	const later = new DeskEmbargo();
	later.desk = desk;
	await show(later);
	expect(later.textContent).toContain('shown this once');
	const has = [...later.querySelectorAll('button')].find((one) => one.textContent === 'I have it; hide it');
	has?.click();
	await settled(later);
	expect([later.textContent?.includes('shown this once'), asks()]).toEqual([false, false]);
});
