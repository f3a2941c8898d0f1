/** Journalists open their links before the release, in a real browser: on a phone without JavaScript, and at a desk to recount. web/ must be built. */
import type { Browser, BrowserContext } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { underEmbargo } from '../server/press/under-embargo.ts';
import { MINUTE } from '../server/release/in-review.ts';
import { desktop, launch, phone } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser?.close());

/** Whatever the content security policy stops, or fails in a script, fails the test; and nothing is asked of anybody but `allowed`. */
async function device(options: Parameters<Browser['newContext']>[0], allowed: string): Promise<BrowserContext> {
	const context = await browser.newContext(options);
	const complaints: string[] = [];
	context.on('console', (message) => {
		if (/Content Security Policy|Trusted/.test(message.text())) complaints.push(message.text());
	});
	context.on('weberror', (error) => complaints.push(error.error().message));
	context.on('request', (request) => {
		if (!request.url().startsWith(allowed) && !request.url().startsWith('data:')) complaints.push(request.url());
	});
	onTestFinished(async () => {
		await context.close();
		expect(complaints).toEqual([]);
	});
	return context;
}

const signers = [
	{ name: 'Amara Okafor', title: 'Principal engineer' },
	{ name: 'Grace <b>Hopper</b>', title: 'Admiral' },
	...Array.from({ length: 6 }, () => ({ label: 'Researcher' })),
];

test('a journalist reads under embargo without JavaScript; who withdraws vanishes, a stop takes it away, the release makes it public', async () => {
	const { server, review, link, settled } = await underEmbargo('pglite', { signers });
	const address = `${server.origin}${await link('Ida Berg <i>of</i> The Northern Post')}`;
	const page = await (await device({ viewport: phone, javaScriptEnabled: false }, server.origin)).newPage();
	const open = async (path = '') => {
		await page.goto(`${address}${path}`);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
		return { wide, text: await page.locator('body').innerText() };
	};
	expect((await open()).text).toContain('Nothing is approved yet');

	const first = await review.compose();
	await review.schedule(first);
	await settled();
	const shown = await open();
	expect(shown.wide).toBe(false);
	expect(shown.text).toContain('Amara Okafor');
	expect(shown.text).toContain('Grace <b>Hopper</b>');
	const banner = page.getByRole('complementary', { name: 'Embargo' });
	expect(await banner.innerText()).toBe(
		'Prepared for Ida Berg <i>of</i> The Northern Post. Embargo until 1 March 2027 at 09:00 UTC. Do not publish or share before. That goes for every file here, also for those that do not say so.',
	);
	// Far down it is still there; on paper it stands at the top.
	await page
		.getByRole('heading', { name: /number|recount|word for it/i })
		.last()
		.scrollIntoViewIfNeeded();
	expect(await banner.evaluate((one) => one.getBoundingClientRect().top)).toBe(0);
	await page.emulateMedia({ media: 'print' });
	expect(await banner.isVisible()).toBe(true);
	await page.emulateMedia({ media: 'screen' });

	await review.withdraw(0);
	await server.due();
	const later = await open();
	expect(later.text).not.toContain('Amara Okafor');
	expect(later.text).toContain('Grace <b>Hopper</b>');

	await review.stop(2, first);
	expect((await open()).text).toContain('Nothing is approved yet');
	const withdrawn = new Set([review.letter.signers[0]?.opened.statement]);
	const opened = review.letter.facts.opened.filter(({ statement }) => !withdrawn.has(statement));
	const second = await review.compose({ opened });
	await review.propose(1, second);
	await review.approve(1, second, true);
	expect((await open()).text).toContain('Nothing is approved yet');
	await review.approve(2, second, true);
	await settled();
	expect((await open()).text).toContain('Prepared for');

	await server.due(MINUTE);
	const released = await open();
	expect(page.url()).toBe(`${server.origin}/letters/a-letter/`);
	expect(released.text).not.toMatch(/Prepared for|Northern Post/);
	expect(released.text).toContain('Grace <b>Hopper</b>');
});

test('a journalist recounts under embargo in the browser, with nothing asked outside of the link', async () => {
	const { server, review, link, settled } = await underEmbargo('pglite', { signers });
	const address = `${server.origin}${await link()}`;
	await review.schedule(await review.compose());
	await settled();
	const page = await (await device({ viewport: desktop }, address)).newPage();
	await page.goto(address);
	await page.goto(`${address}recount.html`);
	await page.getByRole('button', { name: 'Recount this letter' }).click();
	await page.locator('[data-outcome]').waitFor({ timeout: 60_000 });
	expect(await page.locator('[data-outcome]').getAttribute('data-outcome')).toBe('holds');
	expect(await page.locator('.prepared-for').count()).toBe(1);
});
