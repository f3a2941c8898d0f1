import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Call } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { readInviteLink } from '../../../shared/client/invite-link.ts';
import { chatTexts } from '../../../web/desk/chat-texts.ts';
import { DeskLinks } from '../../../web/desk/desk-links.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

const ofPages = /^(landmark-one-main|page-has-heading-one):/;

async function stage() {
	const organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
	const asked: string[] = [];
	const call: Call = async (method, path) => {
		if (method === 'GET') return organizers.view(0, { links });
		asked.push(`${method} ${path}`);
		return null;
	};
	const [first, second] = organizers.letter.charter.organizers;
	const by = { createdBy: first?.id ?? '', revokedBy: null };
	const links = [
		{ link: 'A'.repeat(22), note: 'Research floor', revoked: false, ...by },
		{ link: 'B'.repeat(22), note: '', revoked: false, ...by, createdBy: null },
		{ link: 'C'.repeat(22), note: 'The old one', revoked: true, ...by, revokedBy: second?.id ?? '' },
	];
	const element = new DeskLinks();
	element.desk = deskOf(organizers, call);
	element.desk.view = organizers.view(0, { links });
	await keepRoot(organizers.organizer(0), element.desk.parts.roots, organizers.standing.root);
	await show(element);
	const press = async (name: string) => {
		const words = (one: Element) => one.textContent?.replaceAll(/\s+/g, ' ').trim();
		const found = [...element.querySelectorAll('button')].find((one) => words(one) === name);
		if (!found) throw new Error(`no button ${name}`);
		found.click();
		await settled(element);
	};
	return { element, asked, press, organizers, first, second };
}

test('a link is revoked only after what that means was said, and can be kept', async () => {
	const { element, asked, press } = await stage();
	await press('Revoke Research floor');
	expect(asked).toEqual([]);
	expect(document.activeElement?.textContent).toBe('Revoke “Research floor”');
	expect(element.textContent).toContain('is told that it leads nowhere');
	await press('Keep it');
	await press('Revoke Research floor');
	await press('Revoke “Research floor”');
	expect(asked).toEqual([`DELETE /api/desk/links/${'A'.repeat(22)}`]);
	expect(element.querySelector('#sure')).toBeNull();
});

test('every organizer sees who made a link, and who revoked it', async () => {
	const { element, first, second } = await stage();
	const rows = [...element.querySelectorAll('.links > li')].map((row) => row.textContent?.replaceAll(/\s+/g, ' '));
	expect(rows[0]).toContain(`Research floor, made by ${first?.name}`);
	expect(rows[1]).not.toContain('made by');
	expect(rows[2]).toBe(`The old one, made by ${first?.name}, revoked by ${second?.name}`);
});

test('each standing link is offered with the root that this browser checked, a poster, and words for a chat', async () => {
	const { element, organizers } = await stage();
	const shown = [...element.querySelectorAll('desk-handout')];
	expect(shown.map(({ link }) => readInviteLink(link)?.link)).toEqual(['A'.repeat(22), 'B'.repeat(22)]);
	for (const { link } of shown) expect(readInviteLink(link)?.root).toBe(organizers.standing.root);
	for (const fold of element.querySelectorAll('details')) fold.open = true;
	await settled(element);
	expect((await accessibilityFaults()).filter((one) => !ofPages.test(one))).toEqual([]);
	await page.viewport(320, 800);
	expect(fitsItsWidth()).toBe(true);
	expect(smallTargets()).toEqual([]);
});

test('words for a chat name no company, no organizer and nothing of the letter', async () => {
	const { organizers } = await stage();
	const { charter, text } = organizers.standing;
	const link = 'https://letters.example/l/…';
	const known = [text.title, text.addressees, charter.advice, ...charter.organizers.map(({ name }) => name)];
	const said = chatTexts(link).map((words) => words.replace(link, '').toLowerCase());
	expect(chatTexts(link).every((words) => words.endsWith(link))).toBe(true);
	for (const words of said) {
		expect(words).not.toMatch(/\b(letter|sign\w*|petition|employer|company|union|undersigned|colleague\w*)\b/);
		for (const { name, domains } of charter.groups) {
			for (const one of [name, ...domains, ...known])
				expect(one === '' || !words.includes(one.toLowerCase())).toBe(true);
		}
	}
});
