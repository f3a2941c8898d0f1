/** An open letter on a server of its own, a browser, and as many signers in it as a test wants, each on a line that the test holds in its hands. */
import type { Browser, BrowserContext, Page } from 'playwright';
import { vi } from 'vitest';
import { httpCall } from '../../server/command/client/http-call.ts';
import { Organizers } from '../../server/command/client/organizers.ts';
import { readInviteLink } from '../../shared/client/invite-link.ts';
import { type Keep, memoryKeep } from '../../shared/client/keep.ts';
import { Signer } from '../../shared/client/signer.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { launch, phone } from './browser.ts';
import { wholeDraft } from './drafts.ts';
import { startServer, type TestServer } from './server.ts';
import { codeIn, linkIn, worldOf } from './world.ts';

export class SigningStage {
	readonly browser: Browser;
	readonly server: TestServer;
	readonly organizers: Organizers;
	readonly invite: string;
	#people = 0;

	private constructor(browser: Browser, server: TestServer, organizers: Organizers, invite: string) {
		this.browser = browser;
		this.server = server;
		this.organizers = organizers;
		this.invite = invite;
	}

	static async set(): Promise<SigningStage> {
		// Browsers' clocks run by themselves.
		const [browser, server] = await Promise.all([launch(), startServer({ now: new Date() })]);
		// Everybody comes from one address here, and within a minute.
		vi.spyOn(server.deps.limits, 'spend').mockImplementation(() => {});
		const organizers = await Organizers.start(worldOf(server), 2, (now) => wholeDraft(now));
		return new SigningStage(browser, server, organizers, await organizers.open());
	}

	async strike(): Promise<void> {
		await this.browser.close();
		await this.server.stop();
	}

	/** The letter, by its invite link. */
	async open(context: BrowserContext): Promise<Page> {
		const page = await context.newPage();
		await page.goto(this.invite);
		return page;
	}

	newMailbox(): string {
		return `person.${this.#people++}@northwind.example`;
	}

	async #mail(mailbox: string): Promise<string> {
		await this.server.deps.afterwards.idle();
		return this.server.relay.mails.findLast(({ to }) => to.includes(mailbox))?.text ?? '';
	}

	/** Of the last mail that came there. */
	readonly code = async (mailbox: string): Promise<string> => codeIn(await this.#mail(mailbox));

	/** Of a mail that somebody asked for in another browser, by name. @returns the link in it */
	async mailLink(mailbox: string): Promise<string> {
		const asking = await this.#signer(memoryKeep());
		await asking.askForCode(mailbox);
		return `${this.server.origin}/v#${linkIn(await this.#mail(mailbox))}`;
	}

	async #signer(keep: Keep): Promise<Signer> {
		const { server } = this;
		const signer = new Signer({ call: httpCall(server.origin), keep, now: () => server.clock.now() });
		const at = readInviteLink(this.invite);
		await signer.open(at?.link ?? '', at?.root ?? null);
		return signer;
	}

	/** Somebody who opened the letter, and signed it if told how. @returns what their browser keeps, and their words */
	async device(appear: Appearance | null): Promise<{ keep: Keep; mailbox: string; words: string }> {
		const [keep, mailbox] = [memoryKeep(), this.newMailbox()];
		const signer = await this.#signer(keep);
		if (appear) {
			await signer.appear(appear);
			await signer.askForCode(mailbox);
			await signer.proveByCode(await this.code(mailbox));
			await signer.sign();
			await signer.wordsSeen();
		}
		return { keep, mailbox, words: (await signer.words())?.join(' ') ?? '' };
	}

	/** A phone of one's own. @param proxy the line that it is on. @param keep what stands in its browser already */
	async phone(proxy: string | null, keep: Keep = memoryKeep()): Promise<BrowserContext> {
		const names = await keep.names();
		const records = await Promise.all(names.map(async (key) => ({ key, value: await keep.read(key) })));
		const stores = [{ name: 'kept', autoIncrement: false, indexes: [], records }];
		const origin = {
			origin: this.server.origin,
			localStorage: [],
			indexedDB: [{ name: 'letters', version: 1, stores }],
		};
		const context = await this.browser.newContext({
			viewport: phone,
			...(proxy !== null && { proxy: { server: proxy } }),
			...(names.length > 0 && { storageState: { cookies: [], origins: [origin] } }),
		});
		context.setDefaultTimeout(120_000);
		return context;
	}

	/** Signatures that stand, and mailboxes and vouchers that were proved. */
	async counts(): Promise<{ live: number; withdrawn: number; proofs: number }> {
		const { db } = this.server.deps;
		const signatures = await db.selectFrom('signatures').select('status').execute();
		const mailboxes = await db.selectFrom('mailboxes').select('tag').where('request', 'is not', null).execute();
		const vouchers = await db.selectFrom('vouchers').select('hash').where('request', 'is not', null).execute();
		const count = (status: string) => signatures.filter((one) => one.status === status).length;
		return { live: count('live'), withdrawn: count('withdrawn'), proofs: mailboxes.length + vouchers.length };
	}
}
