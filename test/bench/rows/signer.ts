import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { Organizers } from '../../../server/command/client/organizers.ts';
import type { World } from '../../../server/command/client/world.ts';
import { demoDraft } from '../../../server/command/demo/letters.ts';
import { launch, phone } from '../../support/browser.ts';
import type { Bench } from '../bench.ts';
import { row, timed } from '../figures.ts';

const ORGANIZERS = 2;
/**
 * Milliseconds. A key: 36 words a minute, as 37,000 people typed on their phones (Palin and others, "How do people type on mobile devices?", MobileHCI 2019). The
 * others are guesses: to look over a page, to find and reach what is pressed, to fetch the code from the mail. The letter itself is not read in it.
 */
const PACE = { key: 333, page: 5_000, press: 1_000, mail: 10_000 };
/** A slow phone on a slow line, as Lighthouse's mobile preset has them. */
const SLOWER = 4;
const LINE = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 };

/** Somebody signs by name on a phone, from the invite link to the words, with people's pauses and without. */
export const signer: Bench = {
	name: 'signer',
	async measure(stage) {
		stage.tell('a letter to sign');
		const world = await stage.world();
		const organizers = await Organizers.start(world, ORGANIZERS, (now) => demoDraft('open', ORGANIZERS, now));
		const invite = await organizers.open();
		const browser = await launch();
		stage.onClose(() => browser.close());
		stage.tell('somebody signs it on a phone');
		const signs = async (address: string, pace: number) => {
			const page = await phoneOf(browser, stage.scale.pace > 0 ? SLOWER : 1);
			const took = await timed(() => new Hands(page, pace).sign(world, invite, address));
			await page.context().close();
			return took / 1000;
		};
		const value = await signs('a.okafor@northwind.example', stage.scale.pace);
		const reference = await signs('m.sato@northwind.example', 0);
		await browser.close();
		const against = 'the same presses without a pause';
		return [
			row('signing by name on a phone, from the invite link to done', 's', {
				...{ value, reference, against },
				promise: { value: { most: 90 } },
			}),
		];
	},
};

/** @param slower so many times than this machine */
async function phoneOf(browser: Browser, slower: number): Promise<Page> {
	const context = await browser.newContext({ viewport: phone, hasTouch: true, isMobile: true });
	const page = await context.newPage();
	const cdp = await context.newCDPSession(page);
	await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
	await cdp.send('Network.emulateNetworkConditions', LINE);
	return page;
}

class Hands {
	readonly #page: Page;
	readonly #pace: number;

	/** @param pace of the pauses, 1 as people make them */
	constructor(page: Page, pace: number) {
		this.#page = page;
		this.#pace = pace;
	}

	async sign(world: World, invite: string, address: string): Promise<void> {
		await this.#page.goto(invite);
		await this.#press('Sign this letter');
		await this.#reads('How should you appear?');
		await this.#pauses(PACE.press);
		await this.#page.getByRole('radio', { name: 'By name' }).tap();
		await this.#types('Your name', 'Amara Okafor');
		await this.#types('Your title', 'Engineer');
		await this.#press('Continue');
		await this.#reads('Show that you work there');
		await this.#types('Your work address', address);
		await this.#press('Send me a code');
		await this.#reads('Type the code and sign');
		const code = await world.code(address);
		await this.#pauses(PACE.mail);
		await this.#types('Code', code);
		await this.#press('Sign the letter');
		await this.#heading('You have signed').waitFor();
	}

	#heading(name: string) {
		return this.#page.getByRole('heading', { level: 1, name, exact: true });
	}

	async #reads(heading: string): Promise<void> {
		await this.#heading(heading).waitFor();
		await this.#pauses(PACE.page);
	}

	async #press(name: string): Promise<void> {
		const button = this.#page.getByRole('button', { name, exact: true });
		await button.waitFor();
		await this.#pauses(PACE.press);
		await button.tap();
	}

	async #types(label: string, text: string): Promise<void> {
		await this.#pauses(PACE.press);
		const field = this.#page.getByRole('textbox', { name: label });
		await field.tap();
		await field.pressSequentially(text, { delay: PACE.key * this.#pace });
	}

	#pauses(milliseconds: number): Promise<void> {
		return pause(milliseconds * this.#pace);
	}
}
