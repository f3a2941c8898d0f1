/** What a reader's browser makes of a letter's pages. Sizes are bytes as they travel. */
import { execFileSync } from 'node:child_process';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { shownFingerprint } from '../../../shared/charter.ts';
import { aView } from '../../support/a-view.ts';
import { desktop, launch } from '../../support/browser.ts';
import { byLetter } from '../../support/letter-folder.ts';
import { assets, filesOf, largeView, packed, serveLetter } from '../../support/served-letter.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());

/** Gathers what the browser complains about: a violation of the policy is among it. */
async function open(
	address: string,
	options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
	const context = await browser.newContext({ viewport: desktop, ...options });
	onTestFinished(() => context.close());
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
	page.on('pageerror', (error) => void complaints.push(error.message));
	await page.goto(address, { waitUntil: 'networkidle' });
	return { page, complaints };
}

const kilobyte = 1000;

describe.each([100, 4_000, 100_000])('a letter that %i people signed by name', (count) => {
	test('has a first page that weighs 14 kB with its style, whatever its size', () => {
		const { files, style } = filesOf(largeView(count));
		const [index, sheet] = [files.get('index.html')!.body, files.get(style)!.body].map((body) => packed(body).length);
		expect(index! + sheet!).toBeLessThanOrEqual(14 * kilobyte);
	});
});

test('the search weighs 3 kB', () => {
	expect(packed(assets.files.find(({ path }) => path === assets.read)!.body).length).toBeLessThanOrEqual(3 * kilobyte);
});

test('the first page is there after six requests and 100 kB, all of them to its own folder, and runs no data', async () => {
	const view = largeView(300);
	const { address } = await serveLetter(view);
	const context = await browser.newContext({ viewport: { width: 1440, height: 12_000 } });
	onTestFinished(() => context.close());
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
	const cdp = await context.newCDPSession(page);
	await cdp.send('Network.enable');
	let bytes = 0;
	cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
		bytes += encodedDataLength;
	});
	const asked: string[] = [];
	page.on('request', (request) => void (request.url().startsWith('http') && asked.push(request.url())));
	await page.goto(`${address}/`, { waitUntil: 'networkidle' });
	expect(asked.filter((url) => !url.startsWith(address))).toEqual([]);
	expect(asked.length).toBeLessThanOrEqual(6);
	expect(asked.filter((url) => url.endsWith('.woff2'))).toHaveLength(3);
	expect(bytes).toBeLessThanOrEqual(100 * kilobyte);
	// The policy lets data be, since it is not run.
	expect(complaints).toEqual([]);
	const data = await page.locator('script[type="application/ld+json"]').textContent();
	expect(JSON.parse(data ?? '')).toMatchObject({ '@type': 'Article', headline: view.document.title });
});

describe('names', () => {
	test('with eighty marks, or without a blank, stay on their own line', async () => {
		const around = (name: string) =>
			byLetter(aView([{ name: 'Aa Before' }, { name: `Ab${name}` }, { name: 'Ac After' }]));
		const shots = async (name: string) => {
			const { page } = await open(`${(await serveLetter(around(name))).address}/`, {
				viewport: { width: 600, height: 900 },
			});
			const lines = page.locator('.names li');
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(600);
			return [await lines.first().screenshot(), await lines.last().screenshot()].map((shot) => shot.toString('base64'));
		};
		const plain = await shots('x');
		expect(await shots(`x${'\u0301'.repeat(79)}`)).toEqual(plain);
		await shots('W'.repeat(160));
	});

	test('each has a number, which shows where a link leads to it', async () => {
		const { address } = await serveLetter(largeView(300));
		const { page } = await open(`${address}/all.html#n214`);
		const shown = page.locator('#n214');
		const before = () => shown.evaluate((line) => getComputedStyle(line, '::before').content);
		expect(await before()).toContain('214');
		await expect.poll(() => shown.evaluate((line) => Math.round(line.getBoundingClientRect().top))).toBeLessThan(900);
	});

	test('a hundred thousand of them are found faster than one types', async () => {
		const { page, complaints } = await open(`${(await serveLetter(largeView(100_000))).address}/`);
		await page.getByRole('searchbox').fill('x');
		await page.getByText(/found/).waitFor({ timeout: 60_000 });
		const took: number[] = [];
		for (const word of ['lu', 'luk', 'luka', 'lukas', 'lukasz', 'lukasz b', '王', 'e', '214', 'zzz', 'operations']) {
			took.push(
				await page.getByRole('searchbox').evaluate((field: HTMLInputElement, typed) => {
					field.value = typed;
					const start = performance.now();
					field.dispatchEvent(new Event('input', { bubbles: true }));
					return performance.now() - start + Number(document.body.offsetHeight < 0);
				}, word),
			);
		}
		// The median, and ten times what it takes alone: other tests use the machine as well.
		expect(took.sort((a, b) => a - b)[took.length >> 1]).toBeLessThan(500);
		await page.getByRole('searchbox').fill('214');
		await page.locator('.found a').first().click();
		await page.waitForURL(/names-.*#n214$/);
		expect(complaints).toEqual([]);
	});
});

test('without JavaScript nothing is missing, and nothing is shown of what needs it', async () => {
	const { address } = await serveLetter(largeView(300));
	const { page } = await open(`${address}/`, { javaScriptEnabled: false });
	expect(await page.getByRole('searchbox').count()).toBe(0);
	await page
		.getByRole('navigation', { name: 'Signatories by letter' })
		.getByRole('link', { name: 'Z', exact: true })
		.click();
	expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Signatories: Z');
	await page.getByRole('link', { name: 'All on one page' }).click();
	expect(await page.locator('.names li').count()).toBe(300);
});

test('it prints as a letter: its own page, names in columns, on each page its number and the fingerprint', async () => {
	const view = largeView(300);
	const { address } = await serveLetter(view);
	const digits = shownFingerprint(view.root);
	for (const path of ['', 'all.html']) {
		const { page } = await open(`${address}/${path}`);
		const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' });
		const sheets = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString().split('\f').slice(0, -1);
		expect(sheets.length).toBeGreaterThan(2);
		for (const [at, sheet] of sheets.entries()) {
			expect(sheet).toContain('Fingerprint of this letter:');
			expect(sheet).toContain(digits.slice(0, 39));
			expect(sheet.replaceAll(' ', '')).toContain(`${at + 1}/${sheets.length}`);
		}
		// The signatories begin on a page of their own, three beside each other.
		expect(sheets[0]).not.toContain('signatures');
		expect(sheets[1]).toContain('Signatories');
		const text = sheets.join('\n');
		if (path === '') expect(text).toContain('Printed here are the first 120 of 300 names.');
		else for (const { number } of view.named.slice(0, 300)) expect(text).toMatch(new RegExp(`\\b${number}\\b`));
	}
});
