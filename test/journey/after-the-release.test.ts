/**
 * The days after: two organizers in browsers of their own write an update, publish the addressee's reply, link to the press, list the letter and strike a signature;
 * a reader without JavaScript sees it all, and the letter still recounts. What one of them does alone nobody sees.
 * On PostgreSQL; what the desk asks for is tried on both databases in test/server/press and test/server/release.
 */

import type { Browser, Page } from 'playwright';
import { expect, test } from 'vitest';
import { newId } from '../../shared/bytes.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { wordsFromSeed } from '../../shared/words.ts';
import { type Released, release } from '../server/press/released.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { ownBrowser, Person, type Screen } from '../support/person.ts';

const signers = ['Amara Okafor', 'Żaneta Łęcka', 'Kim Doe', 'Not Aperson'].map((name) => ({ name }));

/** An organizer of the released letter, who comes to the desk with the words on paper and an invite link from a chat. */
class Organizer extends Person {
	static async at(letter: Released, browser: Browser, by: number, screen: Screen): Promise<Organizer> {
		const { context, page } = await ownBrowser(letter.server, browser, screen);
		const person = new Organizer(letter.server, context, page);
		const seed = letter.review.letter.organizers[by]?.seed;
		if (seed === undefined) throw new Error(`There is no organizer ${by}.`);
		await page.goto(`${letter.server.origin}/desk`);
		await person.button('Use your 24 words instead').click();
		await page.getByLabel('Your 24 words').fill(wordsFromSeed(seed).join(' '));
		await person.button('Open with the words').click();
		await person.heading('The letter is public').waitFor();
		await page.getByText('I have an invite link instead').click();
		const link = writeInviteLink(letter.server.origin, newId(), letter.review.letter.root);
		await page.getByLabel('The whole invite link').fill(link);
		await person.button('Compare with the link').click();
		await page.getByRole('heading', { name: 'Add something' }).waitFor();
		return person;
	}

	async propose(form: string, fields: Record<string, string>): Promise<void> {
		await this.button(form).click();
		for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(value);
		await this.button('Propose it').click();
		await this.page.getByText('It waits for the others.').waitFor();
	}

	/** Reads what waits and approves it. @param words that stand in it */
	async approve(what: string, words: string): Promise<void> {
		const waiting = this.page.getByRole('article', { name: what });
		await waiting.getByText(words).first().waitFor();
		await waiting.getByRole('button', { name: 'Approve this' }).click();
		await waiting.waitFor({ state: 'detached' });
	}
}

test('after the release, two organizers speak and strike, one alone achieves nothing, and everybody can check it', async () => {
	const letter = await release('postgres', { signers });
	const browser = await launch();
	try {
		const { origin } = letter.server;
		const read = () => asReader(browser, `${origin}/letters/a-letter/`, (page) => textOf(page));
		const listed = () =>
			asReader(browser, `${origin}/`, (page) => page.getByRole('link', { name: 'Open letter', exact: true }).count());
		const rosa = await Organizer.at(letter, browser, 0, desktop);
		const kofi = await Organizer.at(letter, browser, 1, phone);

		// One writes: nobody but the organizers sees any of it.
		await rosa.propose('Write an update', { Title: 'We met the board', Text: 'They **listened** for an hour.' });
		await rosa.propose('Publish the reply', {
			'Who replied': 'The board of Acme',
			'The reply, word for word': 'We will answer within a week.',
		});
		await rosa.propose('Link to the press', {
			Outlet: 'The Morning Ledger',
			Headline: 'Staff write to the board',
			Address: 'https://ledger.example/staff',
		});
		await rosa.button('Propose to list it').click();
		await rosa.page.getByText('A change waits for approval.').waitFor();
		await letter.rendered();
		expect(await read()).not.toContain('We met the board');
		expect(await listed()).toBe(0);

		// The other reads and approves, on a phone.
		await kofi.approve('Update, proposed by Organizer 1', 'They listened for an hour.');
		await kofi.approve('Reply, proposed by Organizer 1', 'We will answer within a week.');
		await kofi.approve('In the press, proposed by Organizer 1', 'https://ledger.example/staff');
		await kofi.approve('Front page, proposed by Organizer 1', 'is listed');
		await letter.rendered();
		const said = await read();
		for (const words of ['We met the board', 'They listened', 'Reply from The board of Acme', 'The Morning Ledger']) {
			expect(said).toContain(words);
		}
		const link = (page: Page) => page.getByRole('link', { name: 'Staff write to the board' }).getAttribute('href');
		expect(await asReader(browser, `${origin}/letters/a-letter/`, link)).toBe('https://ledger.example/staff');
		expect(await listed()).toBe(1);

		// A signature turns out to be false: number 3, whoever that is.
		await kofi.page.getByLabel('Number on the letter').fill('3');
		await kofi.page.getByRole('button', { name: 'See who it is' }).click();
		const name = (await kofi.page.locator('desk-late-strike .as bdi').first().innerText()).trim();
		expect(signers.map((one) => one.name)).toContain(name);
		await kofi.page.getByLabel('Why', { exact: true }).selectOption('Not a person’s name');
		await kofi.button('Propose to strike number 3').click();
		await kofi.page.getByText('It is proposed, with your approval.').waitFor();
		await letter.rendered();
		expect(await read()).toContain(name);
		const waiting = rosa.page.getByRole('article', { name: 'Strike number 3' });
		await waiting.getByRole('button', { name: 'See who it is' }).click();
		await waiting.getByText(name).waitFor();
		await waiting.getByRole('button', { name: 'Approve striking number 3' }).click();
		await rosa.page.getByText('Number 3 is struck.', { exact: false }).waitFor();
		await letter.rendered();
		expect(await read()).not.toContain(name);

		// The update is taken down again, by both.
		await rosa.button('Propose to remove We met the board').click();
		await rosa.page.getByText('Its removal waits for approval').waitFor();
		await kofi.approve('Removal, proposed by Organizer 1', 'They listened for an hour.');
		await letter.rendered();
		const after = await read();
		expect(after).not.toContain('We met the board');
		expect(after).toContain('Reply from The board of Acme');

		// Everything is accounted for: the release with its stub, and five posts with two approvals each.
		const { fault, counted } = await letter.recount();
		expect(fault).toBeNull();
		expect(counted).toMatchObject({ signatures: signers.length, struck: 1 });
		expect((await letter.updates()).map(({ approvals }) => approvals.length)).toEqual([2, 2, 2, 2, 2]);
	} finally {
		await browser.close();
	}
});

/** Somebody else each time, without JavaScript: whoever has read a page keeps it for a minute. */
async function asReader<T>(browser: Browser, address: string, read: (page: Page) => Promise<T>): Promise<T> {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(address);
	const found = await read(page);
	await context.close();
	return found;
}

const textOf = async (page: Page): Promise<string> => (await page.locator('body').innerText()).replace(/\s+/g, ' ');
