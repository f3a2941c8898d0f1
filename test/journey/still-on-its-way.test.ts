/**
 * Somebody signs, no answer comes, and what they sent is held up somewhere on its way. They think again, and see on the pages that it may still arrive, and what they can do about it
 * before it does, and after. web/ must be built.
 */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Keep } from '../../shared/client/keep.ts';
import { button, heading } from '../support/sign-steps.ts';
import { SigningStage } from '../support/signing-stage.ts';

let stage: SigningStage;
beforeAll(async () => {
	stage = await SigningStage.set();
});
afterAll(() => stage.strike());

const named = { shown: 'named', name: 'Kim Doe', title: 'Driver', condition: null } as const;

async function open(keep?: Keep): Promise<Page> {
	const context = await stage.phone(null, keep);
	onTestFinished(() => context.close());
	return stage.open(context);
}

/** Presses the button that signs; the request is held up. @returns to let it arrive: what the server answers it then */
async function signInVain(page: Page): Promise<() => Promise<Response>> {
	const held: Record<string, unknown>[] = [];
	const holdUp = '**/api/signatures';
	await page.route(holdUp, async (route) => {
		held.push(route.request().postDataJSON());
		await route.abort();
	});
	await button(page, 'Sign the letter').click();
	await page.getByRole('alert').waitFor();
	await page.unroute(holdUp);
	expect(held).toHaveLength(1);
	return () => stage.server.send('/api/signatures', held[0]);
}

/** Where the page says how it stands. */
const mayArrive = (page: Page) => page.locator('own-signature').getByText('may still arrive');

test('whoever had taken their name off, and signs again without an answer, takes it off once more before it arrives', async () => {
	const { keep } = await stage.device(named);
	const page = await open(keep);
	await button(page, 'See where it stands').click();
	await button(page, 'Take my name off').click();
	await button(page, 'Take my name off').click();
	await heading(page, 'You took your name off');
	expect(await mayArrive(page).count()).toBe(0);
	await button(page, 'Sign again').click();
	await button(page, 'Continue').click();
	const arrive = await signInVain(page);

	await page.goto(stage.invite);
	await page.reload();
	await page.getByText('It may have arrived, or may still arrive.').waitFor();
	await button(page, 'See where it stands').click();
	await heading(page, 'You took your name off');
	await page.getByText('a signature by name, was not answered. It may still arrive').waitFor();
	const before = await stage.counts();
	await button(page, 'Take my name off').click();
	await heading(page, 'Take your name off?');
	await button(page, 'Take my name off').click();
	await heading(page, 'You took your name off');
	expect(await mayArrive(page).count()).toBe(0);

	expect(await (await arrive()).json()).toMatchObject({ code: 'turn-too-low' });
	expect(await stage.counts()).toEqual(before);
});

test('whoever signs for the first time, and gets no answer, is told that it may still arrive, and takes it off once it has', async () => {
	const mailbox = stage.newMailbox();
	const page = await open();
	await button(page, 'Sign this letter').click();
	await page.locator('#by-name').check();
	await page.locator('#name').fill('Kim Late');
	await button(page, 'Continue').click();
	await page.locator('#address').fill(mailbox);
	await button(page, 'Send me a code').click();
	await heading(page, 'Type the code and sign');
	await page.locator('#code').fill(await stage.code(mailbox));
	const arrive = await signInVain(page);

	await page.goto(`${stage.server.origin}/s`);
	await button(page, 'See where it stands').click();
	await heading(page, 'Not signed so far');
	await page.getByText('Before it is there it cannot be taken off').waitFor();
	expect(await button(page, 'Take my name off').count()).toBe(0);
	await button(page, 'Look again').click();
	await heading(page, 'Not signed so far');

	expect((await arrive()).status).toBe(200);
	const before = await stage.counts();
	await button(page, 'Look again').click();
	await heading(page, 'You are counted');
	expect(await mayArrive(page).count()).toBe(0);
	await button(page, 'Take my name off').click();
	await button(page, 'Take my name off').click();
	await heading(page, 'You took your name off');
	expect(await stage.counts()).toEqual({ ...before, live: before.live - 1, withdrawn: before.withdrawn + 1 });
});
