/**
 * From the invite link to done: in five pages, in so many kilobytes, over a connection that drops, by keyboard alone, and said to whoever sees none of it. One server and
 * one browser. web/ must be built.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeVouchers } from '../../server/employment/voucher.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { findings } from '../support/axe.ts';
import { desktop, launch, phone, scriptsOf } from '../support/browser.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { described, heard, tabStops, tabTo } from '../support/tab-stops.ts';
import { codeIn } from '../support/world.ts';

/** Bytes of JavaScript as they are sent: brotli at its best (quality 11). Before the step that proves, and in all. */
const BEFORE_PROOF = 60_000;
const IN_ALL = 120_000;

let browser: Browser;
let server: TestServer;
let letter: OpenLetter;
let invite: string;

beforeAll(async () => {
	browser = await launch();
	// The browser's clock runs by itself, so the server's stands where it is.
	server = await startServer({ now: new Date() });
	letter = await openLetter(server, { closesAt: '2036-04-01T12:00:00Z', expiresOn: '2036-09-01T00:00:00Z' });
	// Named characters are read with another table here than on the server: where they differed, nobody could sign.
	await letter.amend('Nobody should be *called* &mdash; between&nbsp;ten &notin; &notit; six.');
	invite = writeInviteLink(server.origin, (await (await letter.signer()).record()).link ?? '', letter.root);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

async function device(viewport = phone): Promise<Page> {
	const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
	context.setDefaultTimeout(120_000);
	const failures: string[] = [];
	context.on('weberror', (error) => failures.push(error.error().message));
	onTestFinished(async () => {
		await context.close();
		expect(failures).toEqual([]);
	});
	return context.newPage();
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const codeFor = async (address: string) => codeIn((await server.relay.mailTo(address)).text);

/** The heading of a step, which has the focus. */
async function at(page: Page, heading: string): Promise<void> {
	await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
	await expect.poll(() => heard(page)).toBe(`heading "${heading}"`);
}

/** As it is sent. */
function sent(script: string): number {
	const packed = server.deps.assets.find(script)?.packed('br');
	if (!packed) throw new Error(`${script} is no script of ours.`);
	return packed.length;
}
const sum = (scripts: Iterable<string>) => [...scripts].reduce((bytes, script) => bytes + sent(script), 0);

describe('the JavaScript of signing', () => {
	test('is at most 60 kB before the step that proves and 120 kB in all, over five pages', async () => {
		const page = await device();
		const asked = scriptsOf(page, 'request');
		const scripts = scriptsOf(page, 'requestfinished');
		const allCame = () => expect.poll(() => scripts).toEqual(asked);
		const titles: string[] = [];
		const seen = async () => titles.push(await page.title());
		await page.goto(invite);
		await page.getByRole('button', { name: 'Sign this letter' }).waitFor();
		await seen();
		await press(page, 'Sign this letter');
		await at(page, 'How should you appear?');
		await seen();
		await page.getByRole('radio', { name: 'By name' }).check();
		await page.getByRole('textbox', { name: 'Your name' }).fill('Amara Okafor');
		await press(page, 'Continue');
		await at(page, 'Show that you work there');
		await seen();
		await page.getByLabel('Your work address').fill('a.okafor@northwind.example');
		await allCame();
		const before = new Set(scripts);
		await press(page, 'Send me a code');
		await at(page, 'Type the code and sign');
		await seen();
		await page.getByLabel('Code', { exact: true }).fill(await codeFor('a.okafor@northwind.example'));
		await allCame();
		const atCode = new Set(scripts);
		await press(page, 'Sign the letter');
		await at(page, 'You have signed');
		await seen();
		await press(page, 'Finish without the words');
		await at(page, 'You are counted');

		expect(titles).toEqual(['A letter', 'Step 2 of 5', 'Step 3 of 5', 'Step 4 of 5', 'Step 5 of 5']);
		expect(sum(before)).toBeLessThanOrEqual(BEFORE_PROOF);
		expect(sum(scripts)).toBeLessThanOrEqual(IN_ALL);
		// All of it was there before the button that signs was pressed: nobody waits for it then, or is stopped by a connection that is gone.
		expect(scripts).toEqual(atCode);
		console.info(`JavaScript: ${sum(before)} bytes before the step that proves, ${sum(scripts)} in all`);
	});

	test('is at most 120 kB with everything that anybody can come to, whoever marks what was changed and proves a signature included', () => {
		const manifest: Record<string, { file: string }> = JSON.parse(
			readFileSync(new URL('../../web/dist/.vite/sign.json', import.meta.url), 'utf8'),
		);
		const built = Object.entries(manifest).filter(([source]) => !source.includes('locales/'));
		const scripts = new Set(built.map(([, { file }]) => basename(file)).filter((file) => file.endsWith('.js')));
		expect(scripts.size).toBeGreaterThan(8);
		expect(sum(scripts)).toBeLessThanOrEqual(IN_ALL);
	});

	test('is asked for again where it did not come: no mail goes out twice, no code is spent', async () => {
		const page = await device();
		const asked: string[] = [];
		page.on('request', (request) => {
			if (request.method() === 'POST') asked.push(new URL(request.url()).pathname);
		});
		const missing = page.locator('.errors').filter({ hasText: 'A part of this page did not arrive.' });
		await page.goto(invite);
		await press(page, 'Sign this letter');
		await page.getByRole('radio', { name: 'Anonymously' }).check();
		await press(page, 'Continue');
		await at(page, 'Show that you work there');
		await page.route('**/assets/*.js', (route) => route.abort());
		await page.getByLabel('Your work address').fill('k.ruiz@northwind.example');
		await press(page, 'Send me a code');
		await missing.waitFor();
		expect(asked).toEqual([]);
		await press(page, 'I have a voucher');
		await missing.waitFor();
		expect(await page.getByLabel('Your work address').inputValue()).toBe('k.ruiz@northwind.example');
		// From here on the code of this step comes, and what proves and signs does not.
		await page.unroute('**/assets/*.js');
		const later = /\/assets\/(?!proving-steps|letter-text)[\w.-]+\.js$/;
		await page.route(later, (route) => route.abort());
		await press(page, 'Send me a code');
		await at(page, 'Type the code and sign');
		await page.getByLabel('Code', { exact: true }).fill(await codeFor('k.ruiz@northwind.example'));
		await press(page, 'Sign the letter');
		await missing.waitFor();
		expect(asked).toEqual(['/api/confirmations']);
		await page.unroute(later);
		await press(page, 'Sign the letter');
		await at(page, 'You have signed');
		expect(asked).toEqual(['/api/confirmations', '/api/proofs', '/api/signatures']);
		expect(await page.locator('.words li').count()).toBe(12);
	});
});

describe('without a mouse, and without seeing the page', () => {
	/** Which stops there are, in their order, each with its role and its name. */
	const meets = async (page: Page, stops: string) =>
		expect((await tabStops(page)).map((stop) => stop.replace(/Word \d+/, 'Word')).join('; ')).toBe(stops);
	const enter = async (page: Page, stop: string) => {
		await tabTo(page, stop);
		await page.keyboard.press('Enter');
	};
	/** The summary has the focus and is announced, leads to the field, and the field says it too. */
	const isWrong = async (page: Page, field: string, message: string) => {
		await expect.poll(() => heard(page)).toBe('alert "There is a problem"');
		await page.keyboard.press('Tab');
		expect(await heard(page)).toBe(`link "${message}"`);
		await page.keyboard.press('Enter');
		expect(await heard(page)).toBe(`textbox "${field}", wrong`);
		expect(await described(page)).toContain(message);
	};

	test('somebody signs anonymously with a code from the mail, and takes it back', async () => {
		const page = await device(desktop);
		await page.goto(invite);
		await page.getByRole('button', { name: 'Sign this letter' }).waitFor();
		await meets(
			page,
			'link "What this protects, and what it cannot"; link "If you are asked at work"; button "Sign this letter"; DisclosureTriangle "Keep nothing in this browser", closed; button "I have signed"',
		);
		await enter(page, 'button "Sign this letter"');

		await at(page, 'How should you appear?');
		await meets(page, 'radio "By name"; button "Continue"; button "Back"');
		await enter(page, 'button "Continue"');
		await expect.poll(() => heard(page)).toBe('alert "There is a problem"');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		expect(await heard(page)).toBe('radio "By name"');
		await page.keyboard.press('ArrowDown');
		expect(await heard(page)).toBe('radio "Anonymously", checked');
		expect(await described(page)).toContain('You are counted as someone of your group.');
		await meets(
			page,
			'combobox "What describes you (optional)", closed; DisclosureTriangle "Only if others do too", closed; button "Continue"; button "Back"; radio "Anonymously", checked',
		);
		await tabTo(page, 'combobox');
		await page.keyboard.press('ArrowDown');
		await enter(page, 'button "Continue"');

		await at(page, 'Show that you work there');
		await meets(page, 'textbox "Your work address"; button "Send me a code"; button "I have a voucher"; button "Back"');
		await enter(page, 'button "Send me a code"');
		await isWrong(page, 'Your work address', 'Type your work address.');
		await page.keyboard.type('m.sato@northwind.example');
		await page.keyboard.press('Enter');

		await at(page, 'Type the code and sign');
		await meets(
			page,
			'textbox "Code"; button "Sign the letter"; DisclosureTriangle "It still does not come", closed; button "Back"',
		);
		await enter(page, 'button "Sign the letter"');
		await isWrong(page, 'Code', 'Type the eight digits from the mail.');
		await page.keyboard.type(await codeFor('m.sato@northwind.example'));
		await page.keyboard.press('Enter');

		await at(page, 'You have signed');
		await meets(
			page,
			'button "I have written them down"; button "Finish without the words"; button "Print the words alone"; button "Add the dates to my calendar"; link "If you are asked about it at work"',
		);
		await enter(page, 'button "I have written them down"');
		await at(page, 'Check what you wrote');
		await meets(
			page,
			'textbox "Word"; textbox "Word"; button "These are my words"; button "Show them again"; button "Finish without the words"',
		);
		await enter(page, 'button "Finish without the words"');

		await at(page, 'You are counted');
		await meets(
			page,
			'DisclosureTriangle "Read it as it is now", closed; button "Sign by name instead"; button "Take my name off"; button "Add the dates to my calendar"; button "Forget it on this device"; button "Use other words"; link "If you are asked about it at work"; button "Back"',
		);
		await enter(page, 'button "Take my name off"');
		await at(page, 'Take your name off?');
		await meets(page, 'button "Take my name off"; button "Leave it as it is"; button "Back"');
		await enter(page, 'button "Take my name off"');
		await at(page, 'You took your name off');
	});

	test('somebody signs by name with a voucher', async () => {
		const wanted = { letter: letter.id, organizer: letter.organizers[0]?.id ?? '', group: letter.contractors.id };
		const { vouchers } = await makeVouchers(server.deps, { ...wanted, count: 1, note: 'for a driver' });
		const page = await device(desktop);
		await page.goto(invite);
		await page.getByRole('button', { name: 'Sign this letter' }).waitFor();
		await enter(page, 'button "Sign this letter"');
		await at(page, 'How should you appear?');
		await tabTo(page, 'radio "By name"');
		await page.keyboard.press('Space');
		expect(await heard(page)).toBe('radio "By name", checked');
		expect(await described(page)).toContain('First the organizers see your name');
		await meets(
			page,
			'textbox "Your name"; textbox "Your title (optional)"; DisclosureTriangle "Only if others do too", closed; button "Continue"; button "Back"; radio "By name", checked',
		);
		await enter(page, 'button "Continue"');
		await isWrong(page, 'Your name', 'Type your name as it should be printed.');
		await page.keyboard.type('Ngozi Eze');
		await page.keyboard.press('Enter');
		await at(page, 'Show that you work there');
		await enter(page, 'button "I have a voucher"');
		await at(page, 'Type your voucher and sign');
		await meets(page, 'textbox "Voucher"; button "Sign the letter"; button "Back"');
		// The way back stands above the heading.
		await page.keyboard.press('Shift+Tab');
		await enter(page, 'button "Sign the letter"');
		await isWrong(page, 'Voucher', 'Type the voucher.');
		await page.keyboard.type(vouchers[0] ?? '');
		await page.keyboard.press('Enter');
		await at(page, 'You have signed');
	});

	test('whoever keeps nothing finds the way out first, and whoever is stopped is told so', async () => {
		const page = await device();
		await page.goto(invite);
		await page.getByRole('button', { name: 'Sign this letter' }).waitFor();
		await enter(page, 'DisclosureTriangle "Keep nothing in this browser"');
		for (const colorScheme of ['dark', 'light'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await findings(page)).toEqual([]);
		}
		await enter(page, 'button "Sign, and keep nothing here"');
		await at(page, 'How should you appear?');
		await meets(page, 'radio "By name"; button "Continue"; button "Leave quickly"; button "Back"');
		expect(await findings(page)).toEqual([]);
		await page.goto(invite.replace(/#.*/, `#${'B'.repeat(42)}A`));
		await at(page, 'Stop. Do not sign here.');
		expect(await findings(page)).toEqual([]);
	});
});
