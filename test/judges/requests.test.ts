/** What a reader's browser fetches: little, and from this host only; and what a reader without JavaScript has. */
import type { Browser, Page, Request } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import { launch, phone } from '../support/browser.ts';
import { allPages, letters, origin, shortOf, somePages } from './pages.ts';

const pages = (await somePages()).map((address) => ({ address, title: shortOf(address) }));
const KILOBYTE = 1_000;

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
	return () => browser.close();
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
	test.concurrent.each(pages)('$title asks nobody but its host', async ({ address }) => {
		const page = await browser.newPage({ javaScriptEnabled, viewport: phone });
		const asked = requestsOf(page);
		await page.goto(address, { waitUntil: 'networkidle' });
		expect(asked.length).toBeGreaterThan(0);
		const elsewhere = asked
			.map((request) => request.url())
			.filter((url) => new URL(url).origin !== origin && !url.startsWith('data:'));
		expect(elsewhere).toEqual([]);
		expect(await page.evaluate(() => document.cookie)).toBe('');
		await page.close();
	});
});

describe('without JavaScript', () => {
	test.concurrent.each(pages)('$title can be read', async ({ address }) => {
		const page = await browser.newPage({ javaScriptEnabled: false, viewport: phone });
		await page.goto(address);
		await page.locator('h1').first().waitFor({ state: 'visible' });
		expect((await page.locator('body').innerText()).length).toBeGreaterThan(100);
		await page.close();
	});

	test.each(letters)('a letter of $count names its signatories', async ({ address }) => {
		const page = await browser.newPage({ javaScriptEnabled: false, viewport: phone });
		await page.goto(address);
		expect(await page.locator('li[id^="n"]').count()).toBeGreaterThan(60);
		expect(await page.locator('li[id^="n"]').first().isVisible()).toBe(true);
		await page.close();
	});
});

test('every link from a public page to this host leads to a page or file, and to a place in it', async () => {
	const known = new Map<string, Promise<string | null>>();
	const read = (address: string): Promise<string | null> => {
		const reading = known.get(address) ?? fetch(address).then((answer) => (answer.ok ? answer.text() : null));
		known.set(address, reading);
		return reading;
	};
	const broken: string[] = [];
	for (const address of await allPages()) {
		const links = [...((await read(address)) ?? '').matchAll(/<(?:a|link|script)\b[^>]*\b(?:href|src)="([^"]+)"/g)];
		for (const link of new Set(links.map(([, target = '']) => target.replaceAll('&amp;', '&')))) {
			const { href, hash, origin: at } = new URL(link, address);
			if (at !== origin) continue;
			const target = await read(href.slice(0, href.length - hash.length));
			const place = decodeURIComponent(hash.slice(1));
			if (target === null || (place !== '' && !target.includes(`id="${place}"`)))
				broken.push(`${shortOf(address)}: ${link}`);
		}
	}
	expect(broken).toEqual([]);
});

describe.each(letters)('the page of a letter of $count', ({ address }) => {
	test('and its style come in 14 kB', async () => {
		const page = await compressed(address);
		const style = /<link[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/.exec(page.text)?.[1] ?? '';
		expect(style).not.toBe('');
		expect(page.bytes + (await compressed(new URL(style, address).href)).bytes).toBeLessThanOrEqual(14 * KILOBYTE);
	});

	test('and all that it needs come in 100 kB and 6 requests', async () => {
		const page = await browser.newPage({ viewport: phone });
		const asked = requestsOf(page);
		await page.goto(address, { waitUntil: 'networkidle' });
		const sizes = await Promise.all(asked.map((request) => request.sizes()));
		const bytes = sizes.reduce(
			(sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize,
			0,
		);
		expect(asked.length, asked.map((request) => shortOf(request.url())).join('\n')).toBeLessThanOrEqual(6);
		expect(bytes).toBeLessThanOrEqual(100 * KILOBYTE);
		await page.close();
	});
});

function requestsOf(page: Page): Request[] {
	const asked: Request[] = [];
	page.on('request', (request) => asked.push(request));
	return asked;
}

/** As it travels: fetch would count what it has unpacked. */
async function compressed(address: string): Promise<{ bytes: number; text: string }> {
	const answer = await fetch(address, { headers: { 'accept-encoding': 'br' } });
	const text = await answer.text();
	expect(answer.headers.get('content-encoding')).toBe('br');
	return { bytes: Number(answer.headers.get('content-length')), text };
}
