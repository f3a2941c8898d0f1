import { availableParallelism } from 'node:os';
import type { Browser, Page } from 'playwright';
import { openSession } from '../../../server/organizer/session.ts';
import { newId } from '../../../shared/bytes.ts';
import { writeInviteLink } from '../../../shared/client/invite-link.ts';
import { checkSealed, contribute, openNames } from '../../../shared/client/opening.ts';
import { wordsFromSeed } from '../../../shared/words.ts';
import { askAs, insertLetter, REVIEW } from '../../server/release/in-review.ts';
import { launch } from '../../support/browser.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { bareOpening } from '../bare-opening.ts';
import type { Bench } from '../bench.ts';
import { median, row, timed } from '../figures.ts';
import { useNames, watchOpening, whatWasWatched } from '../opening-watch.ts';
import type { Stage } from '../stage.ts';

const ORGANIZERS = 5;
const THRESHOLD = 3;
/** Milliseconds: browsers tell of no shorter task (W3C, Long Tasks). */
const LONG = 50;
/** From so many on, the desk has workers open them (web/desk/opening-run.ts). */
const MANY = 256;
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
		stage.tell('the opening in Node, and in Chromium');
		const others = Array.from({ length: THRESHOLD - 1 }, (_, by) => by + 1);
		const reference = await bareOpening(desk, others, availableParallelism());
		stage.onClose(reference.stop);
		const here = (await timed(() => openHere(desk))) / 1000;
		const browser = await launch();
		stage.onClose(() => browser.close());
		const openings: Opened[] = [];
		const bare: number[] = [];
		for (let time = 0; time < stage.scale.times; time++) {
			await takeBack(stage, desk);
			// Each in a window that knows nothing, in turn with the reference in another.
			openings.push(await inNewWindow(browser, (page) => openAsNew(page, origin, desk)));
			bare.push(await inNewWindow(browser, reference.measure));
		}
		await browser.close();
		const seconds = median(openings.map((one) => one.seconds));
		const longest = Math.max(...openings.map((one) => one.longest));
		const longestInUse = Math.max(...openings.map((one) => one.longestInUse));
		const name = `opening ${sealed.toLocaleString('en-GB')} sealed names with ${ORGANIZERS} organizers in Chromium`;
		return [
			row(name, 's', {
				...{ value: seconds, reference: here, against: 'the same steps in Node, without server and page' },
				promise: { value: { most: 5 } },
			}),
			row(`${name}, beside its cryptography`, 's', {
				...{
					value: seconds,
					reference: median(bare),
					against:
						'its cryptography alone: every check, share, name and contribution, in as many workers of the same Chromium',
				},
				promise: { ratio: { most: 1.5 } },
			}),
			row(`${name}, the longest that the page answers nobody`, 'ms', {
				...{ value: longest, reference: LONG, against: 'what browsers call a long task' },
				promise: { value: { most: 100 } },
			}),
			row(`${name}, the longest while they are scrolled, searched and sorted`, 'ms', {
				...{ value: longestInUse, reference: LONG, against: 'what browsers call a long task' },
				promise: { value: { most: 100 } },
			}),
		];
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

async function inNewWindow<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
	// In a context of its own, which ends with it.
	const page = await browser.newPage();
	try {
		return await work(page);
	} finally {
		await page.close();
	}
}

/** As if the third had not opened yet. */
async function takeBack(stage: Stage, desk: OrganizerDesk): Promise<void> {
	const db = await stage.database();
	await db.deleteFrom('contributions').where('sender', '=', desk.organizer(0).id).execute();
}

async function openAsNew(page: Page, origin: string, desk: OrganizerDesk): Promise<Opened> {
	await logIn(page, origin, desk);
	const seen = watch(page);
	const opened = await openIn(page);
	if (seen.refused.length > 0) throw new Error(`The desk's own policy kept it from something: ${seen.refused}`);
	if (desk.sealed.length >= MANY && seen.workers === 0) throw new Error('No worker of the desk opened names.');
	return opened;
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

/** From now on: how many workers of the desk open names, and what its policy refused. */
function watch(page: Page): { workers: number; refused: string[] } {
	const seen = { workers: 0, refused: [] as string[] };
	page.on('worker', (worker) => {
		if (new URL(worker.url()).pathname.startsWith('/assets/opening-worker')) seen.workers++;
	});
	page.on('console', (message) => {
		if (/Content Security Policy|Trusted/.test(message.text())) seen.refused.push(message.text());
	});
	return seen;
}

/** @returns seconds from the press to the frame with the table, and the milliseconds of the longest task of the page's thread until the table stands still, and of the longest while it is used; LONG where none was longer */
async function openIn(page: Page): Promise<Opened> {
	await page.evaluate(watchOpening);
	await page.getByRole('button', { name: 'Open your part of the names' }).click();
	await page.locator('names-table tbody tr').first().waitFor({ timeout: 600_000 });
	const { pressed, shown, tasks } = await page.evaluate(whatWasWatched);
	if (!(pressed > 0 && shown > pressed)) throw new Error('The page did not see how it was opened.');
	await page.evaluate(useNames);
	const { tasks: more } = await page.evaluate(whatWasWatched);
	return {
		seconds: (shown - pressed) / 1000,
		longest: Math.max(LONG, ...tasks),
		longestInUse: Math.max(LONG, ...more.slice(tasks.length)),
	};
}

interface Opened {
	seconds: number;
	longest: number;
	/** While the table is scrolled, searched and sorted. */
	longestInUse: number;
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
