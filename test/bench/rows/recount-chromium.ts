import type { Page } from 'playwright';
import { launch } from '../../support/browser.ts';
import { bareCryptography } from '../bare-cryptography.ts';
import type { Bench } from '../bench.ts';
import { row, timed } from '../figures.ts';

export const recountChromium: Bench = {
	name: 'recount-chromium',
	async measure(stage) {
		const { many } = stage.scale;
		const { letter } = await stage.released(many);
		const { origin } = await stage.server();
		stage.tell('the recount in Chromium, and the bare cryptography of it');
		const browser = await launch();
		stage.onClose(() => browser.close());
		const page = await browser.newPage();
		await page.goto(`${origin}/letters/${letter.slug}/recount.html`);
		const value = (await timed(() => recountIn(page))) / 1000;
		const reference = await bareCryptography(letter.file);
		await browser.close();
		const promise = { value: { most: 90 }, ratio: { most: 1.5 } } as const;
		const name = `recount of ${many.toLocaleString('en-GB')} in Chromium`;
		return [row(name, 's', { value, reference, against: 'its signatures verified by Node, nothing else', promise })];
	},
};

async function recountIn(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Recount this letter' }).click();
	await page.getByRole('heading', { name: 'Every check holds' }).waitFor({ timeout: 600_000 });
}
