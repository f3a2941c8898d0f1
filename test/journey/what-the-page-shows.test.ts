/**
 * What is signed is what the page in front of somebody shows, whatever they chose in another tab or before their connection broke; and what they type is theirs until they send it. In a real browser,
 * as two-tabs. web/ must be built.
 */
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startLine } from '../support/bad-line.ts';
import { button, heading } from '../support/sign-steps.ts';
import { SigningStage } from '../support/signing-stage.ts';

let stage: SigningStage;
beforeAll(async () => {
	stage = await SigningStage.set();
});
afterAll(() => stage.strike());

async function phone(proxy: string | null = null): Promise<BrowserContext> {
	const context = await stage.phone(proxy);
	onTestFinished(() => context.close());
	return context;
}

const open = (context: BrowserContext): Promise<Page> => stage.open(context);

async function choose(page: Page, name: string | null): Promise<void> {
	await heading(page, 'How should you appear?');
	await page.locator(name === null ? '#anonymously' : '#by-name').check();
	if (name !== null) await page.locator('#name').fill(name);
	await button(page, 'Continue').click();
}

async function askForCode(page: Page, mailbox: string): Promise<void> {
	await page.locator('#address').fill(mailbox);
	await button(page, 'Send me a code').click();
	await heading(page, 'Type the code and sign');
}

test('a page that says "anonymously" does not sign by name because another tab chose that meanwhile: it shows the other choice, and waits', async () => {
	const mailbox = stage.newMailbox();
	const context = await phone();
	const page = await open(context);
	await button(page, 'Sign this letter').click();
	await choose(page, null);
	await askForCode(page, mailbox);
	const other = await open(context);
	await button(other, 'Begin again').click();
	await choose(other, 'Kim Doe');
	const before = await stage.counts();
	await page.locator('#code').fill(await stage.code(mailbox));
	await button(page, 'Sign the letter').click();
	expect(await page.getByRole('alert').innerText()).toContain('In another tab you chose to appear in another way.');
	expect(await page.locator('.as').innerText()).toContain('Kim Doe');
	expect(await stage.counts()).toEqual(before);
	await page.locator('#code').fill(await stage.code(mailbox));
	await button(page, 'Sign the letter').click();
	await heading(page, 'You have signed');
});

test('who signs by name in a tunnel and thinks again is anonymous when the train comes out', async () => {
	const line = await startLine(() => null);
	onTestFinished(line.stop);
	const mailbox = stage.newMailbox();
	const page = await open(await phone(line.url));
	await button(page, 'Sign this letter').click();
	await choose(page, 'Kim Doe');
	await askForCode(page, mailbox);
	await page.locator('#code').fill(await stage.code(mailbox));
	// The proof arrives; the signature does not.
	await page.route('**/api/signatures', (route) => route.abort());
	await button(page, 'Sign the letter').click();
	await page.getByRole('alert').waitFor();
	await page.unroute('**/api/signatures');
	await page.reload();
	await button(page, 'Begin again').click();
	await choose(page, null);
	await heading(page, 'Sign the letter');
	expect(await page.locator('.as').innerText()).not.toContain('Kim Doe');
	await button(page, 'Sign the letter').click();
	await heading(page, 'You have signed');
	await button(page, 'Finish without the words').click();
	await heading(page, 'You are counted');
	expect(await page.locator('main.flow').innerText()).toContain('You signed anonymously.');
});

test('which letters a name has is nobody’s business while it is typed: nothing is fetched for them', async () => {
	const page = await open(await phone());
	await button(page, 'Sign this letter').click();
	await heading(page, 'How should you appear?');
	await page.locator('#by-name').check();
	await page.evaluate(() => document.fonts.ready);
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.locator('#name').fill('Łukasz Żółć');
	expect(await page.locator('.as').innerText()).toContain('Łukasz Żółć');
	await page.evaluate(() => document.fonts.ready);
	expect(asked).toEqual([]);
});

const shownAnew = [
	{ server: 'honest', says: 'Signing of this letter has ended.' },
	{ server: 'that shows another letter by then', says: 'Stop. Do not sign here.' },
];

test.each(shownAnew)(
	'where nothing is kept, and signing ends while a form is open, the letter is shown as it stands, under an address that says nothing: by a server $server',
	async ({ server, says }) => {
		const own = await SigningStage.set();
		onTestFinished(() => own.strike());
		const mailbox = own.newMailbox();
		const page = await own.open(await own.phone(null));
		await page.getByText('Keep nothing in this browser').click();
		await button(page, 'Sign, and keep nothing here').click();
		await choose(page, null);
		await askForCode(page, mailbox);
		const code = await own.code(mailbox);
		await own.organizers.decide('close');
		await page.locator('#code').fill(code);
		await button(page, 'Sign the letter').click();
		if (server !== 'honest') {
			await page.route('**/api/links/*', async (route) => {
				const answer = await route.fetch();
				const letter = await answer.json();
				letter.chain.approvals = letter.chain.approvals.map(() => []);
				await route.fulfill({ response: answer, json: letter });
			});
		}
		await button(page, 'See where the letter stands').click();
		await page.getByText(says, { exact: true }).waitFor();
		await button(page, 'I have signed').waitFor({ state: server === 'honest' ? 'visible' : 'hidden' });
		expect(await page.evaluate(() => location.pathname + location.hash)).toBe('/s');
	},
);
