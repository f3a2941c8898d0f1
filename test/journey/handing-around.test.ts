/** An organizer prints a poster and cards; somebody who was handed a card scans it and signs. Real browsers, real PDFs; web/ must be built. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLink } from '../../shared/client/drafting.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { openLetter, startLetter } from '../support/desk.ts';
import { wholeDraft } from '../support/drafts.ts';
import { OrganizerPerson } from '../support/organizer-person.ts';
import { infoOf, type Picture, pictureOf, textOf } from '../support/poppler.ts';
import { startServer } from '../support/server.ts';
import { SignerPerson } from '../support/signer-person.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());

/** Parts of a sheet, counted from its upper left, each from 0 to 1. */
type Part = { x: number; y: number; width: number; height: number };

/** What a phone reads that is held over a part of the sheet. */
function scan({ width, height, data }: Picture, part: Part): string {
	const [left, top] = [Math.round(part.x * width), Math.round(part.y * height)];
	const [w, h] = [Math.floor(part.width * width), Math.floor(part.height * height)];
	const seen = new Uint8Array(w * h * 3);
	for (let row = 0; row < h; row++) {
		const from = ((top + row) * width + left) * 3;
		seen.set(data.subarray(from, from + w * 3), row * w * 3);
	}
	return decodeQR({ width: w, height: h, data: seen }, { format: 'RGB', effort: 10, timeLimit: 10_000 });
}

async function printed(page: Page, button: string): Promise<Uint8Array> {
	const pressed = page.getByRole('button', { name: button, exact: true }).click();
	const [file] = await Promise.all([page.waitForEvent('download'), pressed]);
	return readFile(await file.path());
}

test('a poster and cards say nothing of the letter, open it, and a card brings its voucher, which nobody hears of before it is used', async () => {
	const server = await startServer();
	const seats = await startLetter(server, 'Rosa', 'Kim');
	const { root } = await openLetter(server, seats, { groups: wholeDraft(server.clock.now()).groups });
	const [rosa] = seats;
	const invite = writeInviteLink(server.origin, await makeLink(rosa.call, 'Research floor'), root);

	// At the desk, with the words, in a browser that learns the fingerprint from the link.
	const { page, context } = await OrganizerPerson.at(server, browser, desktop);
	// The part that draws is large, and the machine may be busy.
	context.setDefaultTimeout(60_000);
	await page.goto(`${server.origin}/desk`);
	await page.getByRole('button', { name: /24 words/ }).click();
	await page.getByLabel('Your 24 words').fill(rosa.words.join(' '));
	await page.getByRole('button', { name: /words/ }).last().click();
	await page.getByText('I have an invite link instead').click();
	await page.getByLabel('The whole invite link').fill(invite);
	await page.getByRole('button', { name: 'Compare with the link' }).click();
	await page.getByText('Poster and words for a chat').click();

	const poster = await printed(page, 'Poster (PDF)');
	expect(scan(pictureOf(poster, 1, 100), { x: 0, y: 0, width: 1, height: 1 })).toBe(invite);
	const torn = await printed(page, 'Poster with strips to tear off (PDF)');
	const sheet = pictureOf(torn, 1, 150);
	for (const strip of [0, 3, 7])
		expect(scan(sheet, { x: strip / 8, y: 0.85, width: 1 / 8, height: 0.15 })).toBe(invite);

	await page.getByLabel('How many', { exact: true }).fill('9');
	await page.getByRole('button', { name: 'Make vouchers' }).click();
	await page.getByText('These 9 vouchers are shown this once.').waitFor();
	const vouchers = await page.locator('.vouchers li').allInnerTexts();
	expect(vouchers).toHaveLength(9);
	const cards = await printed(page, 'Cards (PDF)');
	expect(infoOf(cards).get('Pages')).toBe('2');
	const [first, second] = [pictureOf(cards, 1, 150), pictureOf(cards, 2, 150)];
	const cardLinks = vouchers.map((_, i) =>
		scan(i < 8 ? first : second, { x: (i % 2) / 2, y: Math.floor((i % 8) / 2) / 4, width: 0.5, height: 0.25 }),
	);
	expect(cardLinks).toEqual(vouchers.map((voucher) => `${invite}.${voucher.replaceAll('-', '')}`));
	const words = textOf(cards).replaceAll(/[\s-]+/g, '');
	for (const voucher of vouchers) expect(words).toContain(voucher.replaceAll('-', ''));
	for (const file of [poster, torn, cards]) {
		expect(textOf(file)).not.toMatch(/complicit|northwind|contract|rosa|kim|sign|letter\b|undersigned/i);
		expect(infoOf(file).get('CreationDate')).toMatch(/^1970/);
	}

	// On somebody's own phone.
	const signer = await SignerPerson.at(server, browser, phone);
	signer.context.setDefaultTimeout(60_000);
	const heard: string[] = [];
	signer.context.on('request', (request) => heard.push(`${request.url()} ${request.postData() ?? ''}`));
	const [, , , card = ''] = cardLinks;
	const voucher = card.split('.').at(-1) ?? '';
	await signer.page.goto(card);
	await signer.page.getByText('Your link brings a voucher').waitFor();
	expect(signer.page.url()).toBe(invite);
	// A phone that is put away may come back to a page that has to load again.
	await signer.page.reload();
	await signer.page.getByText('Your link brings a voucher').waitFor();
	await signer.beginAnonymously(invite, null);
	await signer.heading('Sign with your voucher').waitFor();
	expect(await signer.page.getByRole('textbox', { name: 'Voucher' }).inputValue()).toBe(vouchers[3]);
	expect(heard.filter((request) => request.includes(voucher))).toEqual([]);
	await signer.button('Sign the letter').click();
	await signer.done();
	const told = heard
		.filter((request) => request.includes(voucher))
		.map((request) => new URL(request.split(' ')[0] ?? '').pathname);
	expect(new Set(told)).toEqual(new Set(['/api/vouchers/look', '/api/vouchers']));
	expect(heard.some((request) => request.includes('/api/confirmations'))).toBe(false);
});
