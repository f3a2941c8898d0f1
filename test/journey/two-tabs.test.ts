/**
 * What people do to a page in a real browser: two tabs of one letter at once, double presses, back and forth, a train in a tunnel, a phone without room, a browser whose
 * data is erased in the middle, one that keeps nothing. One signature comes of it, or it is said what happened. web/ must be built.
 */
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Keep } from '../../shared/client/keep.ts';
import { startLine } from '../support/bad-line.ts';
import { DeterminedSigner } from '../support/determined-signer.ts';
import { button, heading } from '../support/sign-steps.ts';
import { SigningStage } from '../support/signing-stage.ts';

let stage: SigningStage;
beforeAll(async () => {
	stage = await SigningStage.set();
});
afterAll(() => stage.strike());

const alert = (page: Page) => page.getByRole('alert').innerText();

async function phone(proxy: string | null = null, keep?: Keep): Promise<BrowserContext> {
	const context = await stage.phone(proxy, keep);
	onTestFinished(() => context.close());
	return context;
}

const open = (context: BrowserContext): Promise<Page> => stage.open(context);

/** Up to the code, anonymously. */
async function askForCode(page: Page, mailbox: string): Promise<void> {
	await button(page, 'Sign this letter').click();
	await page.locator('#anonymously').check();
	await button(page, 'Continue').click();
	await page.locator('#address').fill(mailbox);
	await button(page, 'Send me a code').click();
	await heading(page, 'Type the code and sign');
}

/** @returns by how much signatures and proofs grew while `work` was done */
async function grown(work: () => Promise<void>): Promise<{ live: number; proofs: number }> {
	const before = await stage.counts();
	await work();
	const after = await stage.counts();
	return { live: after.live - before.live, proofs: after.proofs - before.proofs };
}
const ONCE = { live: 1, proofs: 1 };
const NOTHING = { live: 0, proofs: 0 };

test('two tabs that sign at the same moment sign once, and both say so', async () => {
	const mailbox = stage.newMailbox();
	const context = await phone();
	const tabs = [await open(context)];
	const came = await grown(async () => {
		for (const page of tabs) await askForCode(page, mailbox);
		const other = await open(context);
		await button(other, 'Continue where you stopped').click();
		await heading(other, 'Type the code and sign');
		tabs.push(other);
		const code = await stage.code(mailbox);
		await Promise.all(tabs.map((page) => page.locator('#code').fill(code)));
		await Promise.all(tabs.map((page) => button(page, 'Sign the letter').click()));
		await Promise.all(tabs.map((page) => heading(page, 'You have signed')));
	});
	expect(came).toEqual(ONCE);
	const words = await Promise.all(tabs.map((page) => page.locator('.words li').allInnerTexts()));
	expect(words[0]).toHaveLength(12);
	expect(words[1]).toEqual(words[0]);
});

test('a double press does one thing', async () => {
	const mailbox = stage.newMailbox();
	const page = await open(await phone());
	const came = await grown(async () => {
		await button(page, 'Sign this letter').dblclick();
		await page.locator('#anonymously').check();
		await button(page, 'Continue').dblclick();
		await page.locator('#address').fill(mailbox);
		expect(await page.getByRole('alert').count()).toBe(0);
		await button(page, 'Send me a code').dblclick();
		await heading(page, 'Type the code and sign');
		await page.locator('#code').fill(await stage.code(mailbox));
		await button(page, 'Sign the letter').dblclick();
		await heading(page, 'You have signed');
	});
	expect(came).toEqual(ONCE);
	expect(stage.server.relay.mails.filter(({ to }) => to.includes(mailbox))).toHaveLength(1);
	await button(page, 'Finish without the words').dblclick();
	await heading(page, 'You are counted');
	// The button that does it stands where the one that asks for it stood.
	await button(page, 'Take my name off').dblclick();
	await heading(page, 'Take your name off?');
	await button(page, 'Leave it as it is').click();
	await heading(page, 'You are counted');
});

test('whoever goes back and forth at each step gets there, and is never told that nothing was signed', async () => {
	const mailbox = stage.newMailbox();
	const page = await open(await phone());
	const backAndForth = async (name: string) => {
		await heading(page, name);
		await page.goBack();
		await page.goForward();
		await heading(page, name);
	};
	const came = await grown(async () => {
		await button(page, 'Sign this letter').click();
		await backAndForth('How should you appear?');
		await page.locator('#anonymously').check();
		await button(page, 'Continue').click();
		await backAndForth('Show that you work there');
		await page.locator('#address').fill(mailbox);
		await button(page, 'Send me a code').click();
		await backAndForth('Type the code and sign');
		await page.goBack();
		await heading(page, 'Show that you work there');
		await page.goForward();
		await heading(page, 'Type the code and sign');
		await page.locator('#code').fill(await stage.code(mailbox));
		await button(page, 'Sign the letter').click();
		await heading(page, 'You have signed');
	});
	expect(came).toEqual(ONCE);
	await page.goBack();
	await heading(page, 'You are counted');
	await page.goForward();
	await heading(page, 'You have signed');
});

test('a train in a tunnel costs nothing but time', async () => {
	const line = await startLine(() => null);
	onTestFinished(line.stop);
	const mailbox = stage.newMailbox();
	const page = await open(await phone(line.url));
	await askForCode(page, mailbox);
	const code = await stage.code(mailbox);
	// All parts of the page have come: they are fetched while one is away for the code.
	const parts = `[...document.querySelectorAll('link[rel=modulepreload]')].map(({ href }) => import(href))`;
	expect(await page.evaluate(`Promise.all(${parts}).then((all) => all.length)`)).toBeGreaterThan(0);
	line.cut = true;
	const came = await grown(async () => {
		for (let press = 0; press < 3; press++) {
			await page.locator('#code').fill(code);
			await button(page, 'Sign the letter').click();
			await button(page, 'Sign the letter').waitFor();
			expect(await alert(page)).toContain('No answer came');
		}
	});
	expect(came).toEqual(NOTHING);
	line.cut = false;
	const then = await grown(async () => {
		await button(page, 'Sign the letter').click();
		await heading(page, 'You have signed');
	});
	expect(then).toEqual(ONCE);
});

test('a phone without room says so before anything is spent, and goes on once there is some', async () => {
	const mailbox = stage.newMailbox();
	const page = await open(await phone());
	await askForCode(page, mailbox);
	await page.evaluate(() => {
		const { put } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.put = () => {
			throw new DOMException('The disk is full.', 'QuotaExceededError');
		};
		addEventListener('room', () => {
			IDBObjectStore.prototype.put = put;
		});
	});
	await page.locator('#code').fill(await stage.code(mailbox));
	const came = await grown(async () => {
		await button(page, 'Sign the letter').click();
		await page.getByRole('alert').waitFor();
		expect(await alert(page)).toContain('cannot write anything down now');
	});
	expect(came).toEqual(NOTHING);
	await page.evaluate(() => dispatchEvent(new Event('room')));
	const then = await grown(async () => {
		await button(page, 'Sign the letter').click();
		await heading(page, 'You have signed');
	});
	expect(then).toEqual(ONCE);
});

test('where what a browser kept is erased in the middle it says so, and makes no second key unasked', async () => {
	const mailbox = stage.newMailbox();
	const context = await phone();
	const page = await open(context);
	await askForCode(page, mailbox);
	const other = await context.newPage();
	await other.goto(`${stage.server.origin}/safety`);
	const gone = other.evaluate(
		() =>
			new Promise<string>((resolve) => {
				const deleting = indexedDB.deleteDatabase('letters');
				deleting.onsuccess = () => resolve('erased');
				deleting.onblocked = () => resolve('held up by another tab');
			}),
	);
	expect(await gone).toBe('erased');
	const came = await grown(async () => {
		await page.locator('#code').fill(await stage.code(mailbox));
		await button(page, 'Sign the letter').click();
		await page.getByRole('alert').waitFor();
		expect(await alert(page)).toContain('What this browser kept of this letter is gone');
	});
	expect(came).toEqual(NOTHING);
});

test('a browser that keeps nothing says so before anything is typed, and so does whoever is asked to keep nothing', async () => {
	const context = await phone();
	await context.addInitScript(() => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('A private window', 'InvalidStateError');
		};
	});
	const page = await open(context);
	await page.getByText('Keep nothing in this browser').click();
	await page.getByText('If the page is closed or reloaded, you begin again').waitFor();
	await button(page, 'Sign this letter').click();
	await page.getByText('This browser keeps nothing').waitFor();
	await page.getByText('Finish in one go, and write down the words at the end').waitFor();

	// As said: a tab that dies before the code was used begins again, and signs once.
	const mailbox = stage.newMailbox();
	let died = false;
	const line = await startLine(
		({ name }) => (name === 'POST /api/proofs' && !died ? 'before' : null),
		async () => {
			died = true;
			await signer.crash();
		},
	);
	onTestFinished(line.stop);
	const quiet = await phone(line.url);
	const signer = new DeterminedSigner(() => quiet.newPage(), {
		...{ address: stage.invite, goal: /^You have signed$/, mailbox, code: stage.code },
		prefers: ['Sign, and keep nothing here', 'Keep nothing in this browser'],
	});
	const came = await grown(async () => void (await signer.arrive()));
	expect([came, died, signer.told]).toEqual([ONCE, true, ['opened again']]);
});

test('a link that this browser knows by heart is enough to sign and keep nothing', async () => {
	const { keep } = await stage.device(null);
	const context = await phone(null, keep);
	const page = await context.newPage();
	await page.goto(stage.invite.replace(/#.*/, ''));
	await page.getByText('Keep nothing in this browser').click();
	await button(page, 'Sign, and keep nothing here').click();
	await heading(page, 'How should you appear?');
});

test('a tab that dies while the words are on the screen shows them again, until they were seen to the end', async () => {
	const mailbox = stage.newMailbox();
	const context = await phone();
	const page = await open(context);
	await askForCode(page, mailbox);
	await page.locator('#code').fill(await stage.code(mailbox));
	await button(page, 'Sign the letter').click();
	await heading(page, 'You have signed');
	const words = await page.locator('.words li').allInnerTexts();
	await page.close();
	const again = await open(context);
	await button(again, 'Show me the words').click();
	await heading(again, 'You have signed');
	expect(await again.locator('.words li').allInnerTexts()).toEqual(words);
	await button(again, 'Finish without the words').click();
	await heading(again, 'You are counted');
	const later = await open(context);
	await button(later, 'See where it stands').waitFor();
	expect(await button(later, 'Show me the words').count()).toBe(0);
});
