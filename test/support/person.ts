import type { Browser, BrowserContext, Page } from 'playwright';
import { expect, onTestFailed } from 'vitest';
import { endWithTest, type TestServer } from './server.ts';

export type Screen = { width: number; height: number };

/** Somebody in a browser of their own. Reads and clicks what a person would. */
export class Person {
	readonly server: TestServer;
	readonly context: BrowserContext;
	readonly page: Page;

	constructor(server: TestServer, context: BrowserContext, page: Page) {
		this.server = server;
		this.context = context;
		this.page = page;
	}

	button(name: string | RegExp) {
		return this.page.getByRole('button', { name });
	}

	heading(name: string | RegExp) {
		return this.page.getByRole('heading', { level: 1, name });
	}

	/** The browser's clock follows the server's. */
	async timePasses(): Promise<void> {
		await this.context.clock.setFixedTime(this.server.clock.now());
	}
}

/** A fresh browser profile whose clock is the server's. */
export async function ownBrowser(server: TestServer, browser: Browser, viewport: Screen) {
	const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'UTC' });
	context.setDefaultTimeout(120_000);
	await context.clock.setFixedTime(server.clock.now());
	keepsToItself(server, context);
	const page = await context.newPage();
	tellWhatStood(browser, page);
	return { context, page };
}

/** Where a story fails: a wait in vain says only for what, and by the end of the story the browser is closed. */
function tellWhatStood(browser: Browser, page: Page): void {
	let stood = 'not closed yet';
	const close = browser.close.bind(browser);
	browser.close = async (options) => {
		const text = page.locator('body').innerText({ timeout: 1_000 });
		stood = `${page.url()}\n${await text.catch((failure: Error) => failure.message)}`;
		await close(options);
	};
	onTestFailed(() => console.error(`What this person saw last: ${stood}\n`));
}

/** In every story: no page of ours asks anybody else for anything, and none is kept from something by its own policy. Where a person goes from it is theirs. */
function keepsToItself(server: TestServer, context: BrowserContext): void {
	const wrong: string[] = [];
	context.on('request', (request) => {
		const leaves = request.isNavigationRequest() && request.frame().parentFrame() === null;
		if (leaves || /^(data|blob):/.test(request.url())) return;
		const { origin } = new URL(request.url());
		if (origin !== server.origin) wrong.push(`asks ${origin}`);
	});
	context.on('console', (message) => {
		if (/Content Security Policy|Permissions[- ]Policy|TrustedScript|TrustedHTML/.test(message.text()))
			wrong.push(message.text());
	});
	endWithTest(async () => expect(wrong).toEqual([]));
}
