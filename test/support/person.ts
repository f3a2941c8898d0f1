import type { Browser, BrowserContext, Page } from 'playwright';
import type { TestServer } from './server.ts';

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
	context.setDefaultTimeout(15_000);
	await context.clock.setFixedTime(server.clock.now());
	return { context, page: await context.newPage() };
}
