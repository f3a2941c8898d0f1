/** Signers in a real browser, on a phone and at a desk: the pages of web/sign against a real server. web/ must be built. */
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { textOf } from '../support/poppler.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { codeIn, linkIn } from '../support/world.ts';

let browser: Browser;
let server: TestServer;
let letter: OpenLetter;
let invite: string;

beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
	// The browser's clock runs by itself, so the server's stands where it is.
	server = await startServer({ now: new Date() });
	letter = await openLetter(server, { closesAt: '2036-04-01T12:00:00Z', expiresOn: '2036-09-01T00:00:00Z' });
	invite = writeInviteLink(server.origin, (await (await letter.signer()).record()).link ?? '', letter.root);
});

/** Somebody's own device. Whatever the content security policy stops, or fails in a script, fails the test. */
async function device(options: Parameters<Browser['newContext']>[0] = { viewport: phone }): Promise<BrowserContext> {
	const context = await browser.newContext(options);
	const complaints: string[] = [];
	context.on('console', (message) => {
		if (/Content Security Policy|Trusted/.test(message.text())) complaints.push(message.text());
	});
	context.on('weberror', (error) => complaints.push(error.error().message));
	onTestFinished(async () => {
		await context.close();
		expect(complaints).toEqual([]);
	});
	return context;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function open(context: BrowserContext, address = invite): Promise<Page> {
	const page = await context.newPage();
	await page.goto(address);
	return page;
}

/** Up to the code, which is returned with the link of the same mail. */
async function askForCode(page: Page, address: string, name: string | null): Promise<{ code: string; link: string }> {
	await press(page, 'Sign this letter');
	await page.getByRole('radio', { name: name === null ? 'Anonymously' : 'By name' }).check();
	if (name !== null) await page.getByRole('textbox', { name: 'Your name' }).fill(name);
	await press(page, 'Continue');
	await page.getByLabel('Your work address').fill(address);
	const mail = server.relay.mailTo(address);
	await press(page, 'Send me a code');
	await heading(page, 'Type the code and sign');
	const { text } = await mail;
	return { code: codeIn(text), link: `${server.origin}/v#${linkIn(text)}` };
}

describe('a signer in a browser', () => {
	test('reads the letter without JavaScript, and nothing in tab or preview names it', async () => {
		const page = await open(await device({ viewport: phone, javaScriptEnabled: false }));
		await heading(page, 'We ask for quiet nights');
		expect(await page.getByText('Nobody should be called between ten and six.').isVisible()).toBe(true);
		expect(await page.title()).toBe('A letter');
		const head = await page.locator('head').innerHTML();
		expect(head).toContain('noindex');
		expect(head).not.toMatch(/quiet nights|Northwind/);
		const answer = await server.fetch(new URL(invite).pathname);
		expect(answer.headers.get('x-robots-tag')).toContain('noindex');
		expect(answer.headers.get('set-cookie')).toBeNull();
		expect(await answer.text()).toContain('<noscript><p class="note">Signing needs JavaScript');
	});

	test('loses nothing when the connection drops and the tab is closed between proof and signature', async () => {
		const context = await device();
		let page = await open(context);
		const { code } = await askForCode(page, 'a.okafor@northwind.example', 'Amara Okafor');
		await page.route('**/api/signatures', (route) => route.abort());
		await page.getByLabel('Code', { exact: true }).fill(code);
		await press(page, 'Sign the letter');
		await page.getByText('No answer came from the server.').waitFor();
		expect(await page.title()).toBe('Step 4 of 5');
		expect(page.url()).not.toContain('#');
		await page.close();

		// The link is remembered with its fingerprint.
		page = await open(context, invite.replace(/#.*/, ''));
		await press(page, 'Continue where you stopped');
		await heading(page, 'You have signed');
		expect(await page.locator('.words li').count()).toBe(12);
		await press(page, 'Finish without the words');
		await heading(page, 'You are counted');
		await page.goBack();
		await heading(page, 'We ask for quiet nights');
		await page.reload();
		await page.getByText('You have signed this letter in this browser.').waitFor();
	});

	test('goes on from the link in the mail, where it is opened, and takes the name off with the words elsewhere', async () => {
		const context = await device({ viewport: desktop });
		const { link } = await askForCode(await open(context), 'm.sato@northwind.example', null);
		const page = await open(context, link);
		await heading(page, 'Continue here');
		expect(page.url()).toBe(`${server.origin}/v`);
		await press(page, 'Continue');
		await press(page, 'Sign the letter');
		await heading(page, 'You have signed');
		const listed = await page.locator('.words li').allInnerTexts();
		const words = listed.join(' ');
		// A sheet that says nothing of what they are for, not even in what browsers print around a page.
		const sheet = await page.pdf({ displayHeaderFooter: true, margin: { top: '1cm', bottom: '1cm' } });
		expect(
			textOf(sheet)
				.match(/[a-z]+/gi)
				?.sort(),
		).toEqual([...listed].sort());

		const elsewhere = await open(await device(), `${server.origin}/s`);
		await elsewhere.getByLabel('The link that you were given').fill(invite);
		await press(elsewhere, 'Continue');
		await elsewhere.getByLabel('Your twelve words').fill(words.replace(/^\w+/, 'nonsenseword'));
		await press(elsewhere, 'See where it stands');
		await elsewhere.getByRole('link', { name: /^Word 1 is not in the list/ }).waitFor();
		await elsewhere.getByLabel('Your twelve words').fill(words);
		await press(elsewhere, 'See where it stands');
		await heading(elsewhere, 'You are counted');
		await press(elsewhere, 'Take my name off');
		await press(elsewhere, 'Take my name off');
		await heading(elsewhere, 'You took your name off');
	});

	test('asks for the invite link where the mail is opened in a browser that has not seen it', async () => {
		const { link } = await askForCode(await open(await device()), 'k.ruiz@northwind.example', 'Kim Ruiz');
		const page = await open(await device(), link);
		await heading(page, 'One more thing');
		await page.getByLabel('The link that you were given').fill(invite);
		await press(page, 'Continue');
		await page.getByRole('radio', { name: 'By name' }).check();
		await page.getByRole('textbox', { name: 'Your name' }).fill('Kim Ruiz');
		await press(page, 'Continue');
		await page.getByLabel('Your work address, once more').fill('k.ruiz@northwind.example');
		await press(page, 'Sign the letter');
		await heading(page, 'You have signed');
	});

	test('is stopped by a wrong fingerprint, and has neither made a key nor sent anything', async () => {
		const context = await device();
		const posts: string[] = [];
		context.on('request', (request) => {
			if (request.method() !== 'GET') posts.push(request.url());
		});
		const page = await open(context, invite.replace(/#.*/, `#${'B'.repeat(42)}A`));
		await heading(page, 'Stop. Do not sign here.');
		expect(await page.getByText('We ask for quiet nights').isVisible()).toBe(false);
		expect(posts).toEqual([]);
		await page.goto(invite.replace(/#.*/, ''));
		await page.getByText('This link is not whole.').waitFor();
	});

	test('keeps the link whole in the address bar, and opens another that is pasted over it', async () => {
		const page = await open(await device());
		await page.getByRole('button', { name: 'Sign this letter' }).waitFor();
		await page.evaluate(() => {
			location.hash = '#reference-1';
		});
		await page.waitForURL(invite);
		await page.evaluate(
			(fragment) => {
				location.hash = fragment;
			},
			`#${'B'.repeat(42)}A`,
		);
		await heading(page, 'Stop. Do not sign here.');
	});

	test('is told when a link leads nowhere', async () => {
		const page = await open(await device(), `${server.origin}/l/AAAAAAAAAAAAAAAAAAAAAA`);
		await heading(page, 'This link leads nowhere');
	});
});
