/** axe-core on every public page, on a phone and on a desk, by day and by night: without a finding. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { beforeAll, expect, test } from 'vitest';
import { desktop, launch, phone } from '../support/browser.ts';
import { shortOf, somePages } from './pages.ts';

declare const axe: typeof Axe;

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = (await somePages()).map((address) => ({ address, title: shortOf(address) }));
const looks = [phone, desktop].flatMap((viewport) =>
	(['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
);

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
	return () => browser.close();
});

test.each(pages)('$title', async ({ address }) => {
	// Without motion, or a button is looked at while it changes from one colour to the other.
	const page = await browser.newPage({ reducedMotion: 'reduce' });
	await page.goto(address);
	// Through the developer tools, since a page of ours takes no script that is not its own.
	await page.evaluate(source);
	for (const { viewport, colorScheme } of looks) {
		await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme });
		expect(await findings(page), `at ${viewport.width} px, ${colorScheme}`).toEqual([]);
	}
	await page.close();
});

async function findings(page: Page): Promise<string[]> {
	const { violations } = await page.evaluate(() => axe.run(document));
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
	);
}
