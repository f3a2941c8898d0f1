/** What a host says of itself, in a real browser without JavaScript: the front page, and a report that reaches whoever runs it. */
import { expect, test } from 'vitest';
import { launch, phone } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

test('a reader without JavaScript reports a letter, corrects what is missing, and the host gets it', async () => {
	const server = await startServer({ host: { responsible: 'Letters e.V., Berlin', contact: 'host@letters.example' } });
	const browser = await launch();
	try {
		const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
		context.setDefaultTimeout(120_000);
		const page = await context.newPage();
		await page.goto(server.origin);
		await page.getByRole('link', { name: 'Privacy, and who is responsible' }).click();
		expect(await page.getByRole('main').innerText()).toContain('Letters e.V., Berlin');
		await page.goto(`${server.origin}/report?letter=quiet-nights`);
		expect(await page.getByLabel('Which letter').inputValue()).toBe(`${server.origin}/letters/quiet-nights/`);
		await page.getByLabel('Say it in your words').fill('My name stands on it.\nI never signed.');
		await page.getByRole('button', { name: 'Send the report' }).click();
		// The browser says where the form comes from, so the server takes it; and what was typed is still there.
		await page.getByRole('link', { name: 'Choose what is wrong with it.' }).waitFor();
		expect(await page.getByLabel('Say it in your words').inputValue()).toBe('My name stands on it.\nI never signed.');
		await page.getByRole('radio', { name: /^A name stands on it/ }).check();
		await page.getByRole('button', { name: 'Send the report' }).click();
		await page.getByRole('heading', { name: 'Your report was sent' }).waitFor();
		expect((await server.relay.mailTo('host@letters.example')).text).toContain('> I never signed.');
		expect(await context.cookies()).toEqual([]);
	} finally {
		await browser.close();
	}
});
