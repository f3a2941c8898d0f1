/** axe-core on every public page, on a phone and on a desk, by day and by night: without a finding. */
import type { Browser } from 'playwright';
import { beforeAll, expect, test } from 'vitest';
import { findings } from '../support/axe.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { shortOf, somePages } from './pages.ts';

const pages = (await somePages()).map((address) => ({ address, title: shortOf(address) }));
const looks = [phone, desktop].flatMap((viewport) =>
	(['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
);

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
	return () => browser.close();
});

test.concurrent.each(pages)('$title', async ({ address }) => {
	// Without motion, or a button is looked at while it changes from one colour to the other.
	const page = await browser.newPage({ reducedMotion: 'reduce' });
	await page.goto(address);
	for (const { viewport, colorScheme } of looks) {
		await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme });
		expect(await findings(page), `at ${viewport.width} px, ${colorScheme}`).toEqual([]);
	}
	await page.close();
});
