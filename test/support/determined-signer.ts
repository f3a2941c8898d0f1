/**
 * A signer in a real browser who knows nothing of lines and servers: reads what the page shows, does what it asks for, presses again what failed, loads a page again that did
 * not come, and opens it anew where the tab is gone. So one story can be gone through with anything failing.
 */
import type { Page } from 'playwright';

/** What stands on the page: `place` is the element of the step, or `none`; `read`: whether the alert stood there before the last act. */
export type Seen = {
	place: string;
	heading: string;
	text: string;
	alert: string;
	read: boolean;
	busy: boolean;
	buttons: string[];
};

/** What somebody has in mind, and on paper. */
export type Intent = {
	/** Where they begin, and come back to when their tab is gone. */
	address: string;
	/** Where they are done: the heading, and what has to stand below it. */
	goal: RegExp;
	said?: string;
	/** Null for anonymously. */
	name?: string | null;
	/** The work address; else a voucher, where the link brings none. */
	mailbox?: string;
	voucher?: string;
	words?: string;
	journalist?: { name: string; challenge: string };
	/** Buttons that lead on where there is more than one, in this order. */
	prefers?: readonly string[];
	/** The code of the last mail to an address. */
	code?: (mailbox: string) => Promise<string>;
};

/** Where nothing changes, and nothing is said, for so long, the page has failed its signer. */
const PATIENCE_MS = 40_000;
const MOST_ACTS = 100;

const WAYS_ON = ['Try again', 'Continue where you stopped', 'Continue', 'Sign this letter', 'See where it stands'];

export class DeterminedSigner {
	readonly #newPage: () => Promise<Page>;
	readonly #intent: Intent;
	#page: Page | null = null;
	/** Every alert that was read, and `opened again` for each time that the page was gone or empty. */
	readonly told: string[] = [];
	/** The step that was on the screen when they last looked. */
	at = 'nowhere';
	/** The twelve words, once they were shown. */
	words: string[] = [];

	constructor(newPage: () => Promise<Page>, intent: Intent) {
		this.#newPage = newPage;
		this.#intent = intent;
	}

	get page(): Page {
		if (this.#page === null) throw new Error('No page is open.');
		return this.#page;
	}

	/** The tab dies, with everything that only it knew. */
	async crash(): Promise<void> {
		const page = this.#page;
		if (page === null || page.isClosed()) return;
		// A page that has not come yet cannot crash: it is closed.
		if (!page.url().startsWith('http')) return page.close();
		const dead = new Promise((resolve) => page.once('crash', resolve));
		const tab = await page.context().newCDPSession(page);
		tab.send('Page.crash').catch(() => {});
		await dead;
	}

	/** Goes on until the goal is on the screen. */
	async arrive(): Promise<this> {
		for (let act = 0; act < MOST_ACTS; act++) {
			const seen = await this.#look();
			if (seen === null) await this.#open();
			else if (this.#isGoal(seen)) return this;
			else await this.#actAndWait(seen);
		}
		throw new Error(
			`Never arrived; was told: ${JSON.stringify(this.told)}; sees ${JSON.stringify(await this.#look())}`,
		);
	}

	#isGoal({ heading, text, busy }: Seen): boolean {
		const { goal, said = '' } = this.#intent;
		return !busy && goal.test(heading) && text.includes(said);
	}

	async #open(): Promise<void> {
		const before = this.#page?.url() ?? '';
		if (this.#page !== null) this.told.push('opened again');
		await this.#page?.close().catch(() => {});
		this.#page = await this.#newPage();
		// A restored tab has the address that it had; the secret of a mail's link never stays there.
		const restored = before.startsWith('http') && !/\/v$/.test(before) ? before : this.#intent.address;
		await this.#page.goto(restored).catch(() => {});
	}

	/** @returns null where the tab is gone, or holds no page of ours */
	async #look(): Promise<Seen | null> {
		if (this.#page === null || this.#page.isClosed()) return null;
		const { seen } = await this.#page.evaluate(whatIsSeen, { before: null, patience: 0 }).catch(() => ({ seen: null }));
		if (seen) this.at = `${seen.place}, ${seen.heading}`;
		return seen?.place === 'none' ? null : seen;
	}

	/** Acts, and waits until the page has answered: with another step, or with an alert. */
	async #actAndWait(before: Seen): Promise<void> {
		if (before.alert !== '') this.told.push(before.alert);
		await this.page.evaluate(readAlerts).catch(() => {});
		// What is not there any more when it is pressed is looked for anew.
		if (
			!(await this.#act(before).then(
				() => true,
				() => false,
			))
		)
			return;
		// Waited for in the page: asking it from here all the time, with others at it, took longer than what it does.
		const waited = { before, patience: PATIENCE_MS };
		const { seen, answered } = await this.page
			.evaluate(whatIsSeen, waited)
			.catch(() => ({ seen: null, answered: true }));
		if (!answered)
			throw new Error(`Nothing happens, and nothing is said: ${JSON.stringify(seen)}; told: ${this.told.join(' | ')}`);
	}

	async #act(seen: Seen): Promise<void> {
		const { page } = this;
		const intent = this.#intent;
		const submit = () => page.locator('form button[type=submit]').click({ timeout: 5_000 });
		switch (seen.place) {
			case 'how-you-appear': {
				const { name = null } = intent;
				const radio = page.locator(name === null ? '#anonymously' : '#by-name');
				if ((await radio.count()) > 0) await radio.check();
				if (name !== null) await page.locator('#name').fill(name);
				return submit();
			}
			case 'work-address':
				if (intent.mailbox === undefined) return this.#press(seen, ['I have a voucher']);
				await page.locator('#address').fill(intent.mailbox);
				return submit();
			case 'type-code': {
				const code = await intent.code?.(intent.mailbox ?? '');
				await page.locator('#code').fill(code ?? '');
				return submit();
			}
			case 'voucher-code':
				if ((await page.locator('#voucher').inputValue()) === '')
					await page.locator('#voucher').fill(intent.voucher ?? '');
				return submit();
			case 'confirm-signature':
				if ((await page.locator('#address').count()) > 0) await page.locator('#address').fill(intent.mailbox ?? '');
				return submit();
			case 'enter-words':
				if (intent.words === undefined) return this.#press(seen, ['I do not have the words any more']);
				await page.locator('#words').fill(intent.words);
				return submit();
			case 'lost-words':
				if ((await page.locator('#code').count()) > 0)
					await page.locator('#code').fill((await intent.code?.(intent.mailbox ?? '')) ?? '');
				else {
					await page.locator('#name').fill(intent.name ?? '');
					await page.locator('#address').fill(intent.mailbox ?? '');
				}
				return submit();
			case 'prove-mine':
				await page.locator('#journalist').fill(intent.journalist?.name ?? '');
				await page.locator('#challenge').fill(intent.journalist?.challenge ?? '');
				return submit();
			case 'all-done':
				this.words = await page.locator('.words li').allInnerTexts();
				return this.#press(seen, ['Finish without the words']);
			default:
				return this.#press(seen, [...(intent.prefers ?? []), ...WAYS_ON]);
		}
	}

	/** The first of these that is there; where there is none, time is given to what still loads. */
	async #press(seen: Seen, names: readonly string[]): Promise<void> {
		const name = names.find((one) => seen.buttons.includes(one));
		if (name !== undefined)
			await this.page.getByRole('button', { name, exact: true }).first().click({ timeout: 5_000 });
	}
}

/** Runs in the page: an alert that comes after the next act is another one, also with the same words. */
function readAlerts(): void {
	for (const alert of document.querySelectorAll('.errors, [role=status].note, mail-link h1 ~ p[role=status]'))
		alert.setAttribute('data-read', '');
}

type Waited = { before: Seen | null; patience: number };

/** Runs in the page. With `before`, waits so many milliseconds for an answer: another step, no step, or an alert that was not read. */
async function whatIsSeen({ before, patience }: Waited): Promise<{ seen: Seen; answered: boolean }> {
	const shown = (element: Element | null | undefined): element is HTMLElement =>
		element instanceof HTMLElement && element.checkVisibility();
	const text = (element: Element | null | undefined) => (shown(element) ? (element.textContent?.trim() ?? '') : '');
	const look = (): Seen => {
		const steps = [document.querySelector('sign-flow main')?.lastElementChild];
		const starts = ['sign-start', 'mail-link', 'find-signature'].map((name) => document.querySelector(name));
		// An element that its script has not come for is as good as none.
		const step = [...steps, ...starts].find(
			(one) => shown(one) && one.childElementCount > 0 && one.matches(':defined'),
		);
		const within = step?.closest('main') ?? document;
		const alerts = step?.querySelectorAll('.errors, [role=status].note, mail-link h1 ~ p[role=status]') ?? [];
		const alert = [...alerts].find(shown);
		return {
			place: step?.localName ?? 'none',
			heading: text(step?.localName === 'sign-start' ? document.querySelector('h1') : step?.querySelector('h1')),
			text: text(step),
			alert: text(alert),
			read: alert?.hasAttribute('data-read') ?? false,
			busy: step?.querySelector('[aria-disabled=true]') !== null && step !== undefined,
			buttons: [...within.querySelectorAll('button')].filter(shown).map((button) => text(button)),
		};
	};
	const isAnswer = ({ place, heading, buttons, busy, alert, read }: Seen): boolean => {
		if (before === null || place === 'none') return true;
		const moved = place !== before.place || heading !== before.heading || `${buttons}` !== `${before.buttons}`;
		return !busy && (moved || (alert !== '' && !read));
	};
	const until = performance.now() + patience;
	for (;;) {
		const seen = look();
		const answered = isAnswer(seen);
		if (answered || performance.now() > until) return { seen, answered };
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}
