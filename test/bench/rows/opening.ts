import type { Page } from 'playwright';
import { openSession } from '../../../server/organizer/session.ts';
import { newId } from '../../../shared/bytes.ts';
import { writeInviteLink } from '../../../shared/client/invite-link.ts';
import { checkSealed, contribute, openNames } from '../../../shared/client/opening.ts';
import { wordsFromSeed } from '../../../shared/words.ts';
import { askAs, insertLetter, REVIEW } from '../../server/release/in-review.ts';
import { launch } from '../../support/browser.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import type { Bench } from '../bench.ts';
import { row, timed } from '../figures.ts';
import type { Stage } from '../stage.ts';

const ORGANIZERS = 5;
const THRESHOLD = 3;
const quietly = () => {};

/** The third of five organizers opens on the desk, from the press to the table of names: fetches, checks, contributes, opens and compares. */
export const opening: Bench = {
	name: 'opening',
	async measure(stage) {
		const { sealed } = stage.scale;
		stage.tell(`a letter with ${sealed} sealed names`);
		const desk = await OrganizerDesk.of({
			...{ seed: 'a letter to open', organizers: ORGANIZERS, threshold: THRESHOLD },
			...{ groups: [{ name: 'Northwind', proof: 'mailbox' }], signers: someSigners(sealed, 1) },
		});
		const { origin } = await place(stage, desk);
		stage.tell('the opening in Chromium, and the same in Node');
		const browser = await launch();
		stage.onClose(() => browser.close());
		const page = await browser.newPage();
		await logIn(page, origin, desk);
		const value = (await timed(() => openIn(page))) / 1000;
		await browser.close();
		const reference = (await timed(() => openHere(desk))) / 1000;
		const promise = { of: 'value', most: 5 } as const;
		const name = `opening ${sealed.toLocaleString('en-GB')} sealed names with ${ORGANIZERS} organizers in Chromium`;
		return [row(name, 's', { value, reference, against: 'the same steps in Node, without server and page', promise })];
	},
};

/** In review, where all but the last of those who are needed have opened theirs. */
async function place(stage: Stage, desk: OrganizerDesk): Promise<{ origin: string }> {
	const server = await stage.server();
	await server.setTime(REVIEW);
	const db = await stage.database();
	await insertLetter({ db }, desk.letter);
	for (let by = 1; by < THRESHOLD; by++) {
		const organizer = desk.organizer(by);
		await contribute(desk.call(by), organizer, desk.standing, desk.sealed, quietly);
		const session = await openSession(db, organizer.id, REVIEW);
		const body = desk.contributions.get(organizer.id);
		const { status } = await askAs(server.origin, session, { method: 'PUT', path: '/api/desk/contribution', body });
		if (status !== 204) throw new Error(`The contribution was answered ${status}.`);
	}
	return server;
}

async function logIn(page: Page, origin: string, desk: OrganizerDesk): Promise<void> {
	await page.goto(`${origin}/desk`);
	await page.getByRole('button', { name: 'Use your 24 words instead' }).click();
	await page.getByLabel('Your 24 words').fill(wordsFromSeed(desk.organizer(0).seed).join(' '));
	await page.getByRole('button', { name: 'Open with the words' }).click();
	await page.getByText('I have an invite link instead').click();
	await page.getByLabel('The whole invite link').fill(writeInviteLink(origin, newId(), desk.standing.root));
	await page.getByRole('button', { name: 'Compare with the link' }).click();
	await page.getByRole('button', { name: 'Open your part of the names' }).waitFor();
}

async function openIn(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Open your part of the names' }).click();
	await page.locator('names-table tbody tr').first().waitFor({ timeout: 600_000 });
}

/** What organizer 0 did in the browser. */
async function openHere(desk: OrganizerDesk): Promise<void> {
	const { standing } = desk;
	const requests = desk.sealed.map(({ request }) => request);
	const { signatures } = await checkSealed(standing, requests, quietly);
	await contribute(desk.call(0), desk.organizer(0), standing, signatures, quietly);
	const { names } = await openNames(desk.call(0), desk.organizer(0), standing, signatures, quietly);
	if (names.length !== requests.length) throw new Error('Not every name was opened.');
}
