/**
 * Somebody whose browser others look into signs with nothing kept in it: no key, no address that tells of the letter, no way back through the history. With the
 * words the name comes off again from elsewhere. At the end everything that the site ever kept there is erased, of another letter too, as was said before.
 */
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { launch, phone } from '../support/browser.ts';
import { wholeDraft } from '../support/drafts.ts';
import { startServer } from '../support/server.ts';
import { SignerPerson } from '../support/signer-person.ts';
import { worldOf } from '../support/world.ts';

/** Everything that IndexedDB holds there, by name. */
const kept = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		const names: string[] = [];
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(opening.error);
			});
			for (const store of database.objectStoreNames) {
				const asked = database.transaction(store).objectStore(store).getAllKeys();
				await new Promise((resolve) => {
					asked.onsuccess = resolve;
				});
				names.push(...asked.result.map(String));
			}
			database.close();
		}
		return names;
	});

const address = 'amara@northwind.example';

test('a letter is signed, and this browser keeps nothing of it', async () => {
	const server = await startServer();
	const organizers = await Organizers.start(worldOf(server), 2, (now) => wholeDraft(now));
	const invite = await organizers.open();
	const browser = await launch();
	try {
		const amara = await SignerPerson.at(server, browser, phone);
		const { page } = amara;
		await page.route('https://www.wikipedia.org/**', (route) => route.fulfill({ body: 'An encyclopedia' }));
		await page.goto(invite);
		await page.getByText('Keep nothing in this browser').click();
		await amara.button('Sign, and keep nothing here').click();
		await amara
			.heading('How you appear')
			.or(amara.heading(/appear/i))
			.first()
			.waitFor();
		const entries = await page.evaluate(() => history.length);
		expect(await kept(page)).toEqual([]);
		await page.getByRole('radio', { name: 'By name' }).check();
		await page.getByLabel('Your name').fill('AMARA Okafor');
		await amara.button('Continue').click();
		// One step back and forth again: what was typed is still there.
		await amara.heading('Show that you work there').waitFor();
		await amara.button('Back').click();
		expect(await page.getByLabel('Your name').inputValue()).toBe('AMARA Okafor');
		await amara.button('Continue').click();
		await amara.askForCode(address);
		await amara.typeCode(address);
		const words = await amara.done();
		const place = await page.evaluate(() => [location.pathname + location.hash, document.title, history.length]);
		expect(place).toEqual(['/s', 'Step 5 of 5', entries]);
		expect(await kept(page)).toEqual([]);
		for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Shift');
		await page.getByText('An encyclopedia').waitFor();
		// The way back leads to no step of it, and to nothing that was typed.
		await page.goBack();
		expect(await page.locator('body').innerText()).not.toContain('Okafor');

		const elsewhere = await SignerPerson.at(server, browser, phone);
		await elsewhere.page.goto(invite);
		await elsewhere.button('I have signed').click();
		await elsewhere.page.getByLabel('Your twelve words').fill(words.join(' '));
		await elsewhere.button('See where it stands').click();
		await elsewhere.heading('You are counted').waitFor();
	} finally {
		await browser.close();
	}
});

test('everything that the site kept in a browser is erased where somebody asks for it', async () => {
	const server = await startServer();
	const world = worldOf(server);
	const [first, second] = await Promise.all(
		[0, 1].map(async () => (await Organizers.start(world, 2, (now) => wholeDraft(now))).open()),
	);
	const browser = await launch();
	try {
		const amara = await SignerPerson.at(server, browser, phone);
		const { page } = amara;
		await page.route('https://www.wikipedia.org/**', (route) => route.fulfill({ body: 'An encyclopedia' }));
		await amara.beginAnonymously(first ?? '', null);
		await amara.askForCode(address);
		expect((await kept(page)).length).toBeGreaterThan(0);

		await page.goto(second ?? '');
		await page.getByText('Keep nothing in this browser').click();
		await amara.button('Sign, and keep nothing here').click();
		await page.getByRole('radio', { name: 'Anonymously' }).check();
		await amara.button('Continue').click();
		await amara.askForCode('amara.okafor@northwind.example');
		await amara.typeCode('amara.okafor@northwind.example');
		await amara.done();
		await page.getByText('Erase what this site kept in this browser').click();
		await page.getByText('every letter on this site').waitFor();
		await amara.button('Erase it all and leave').click();
		await page.getByText('An encyclopedia').waitFor();
		await page.goto(`${server.origin}/s`);
		await page.getByText('This browser remembers no letter.').waitFor();
		expect(await kept(page)).toEqual([]);
	} finally {
		await browser.close();
	}
});
