import type { Browser } from 'playwright';
import { expect } from 'vitest';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import type { Signer } from '../../shared/client/signer.ts';
import { launch, phone } from './browser.ts';
import { type OpenLetter, openLetter } from './open-letter.ts';
import { startServer, type TestServer } from './server.ts';
import { SignerPerson } from './signer-person.ts';
import { codeIn, linkIn } from './world.ts';

/** What is typed into one field, what is said of it, and a button that leads on. */
export type Row = { typed: string; says: string; offers?: string };

/** One server, one open letter and a real browser, for people who are asked for a proof. */
export class ProvingStage {
	readonly browser: Browser;
	readonly server: TestServer;
	readonly letter: OpenLetter;
	readonly invite: string;

	private constructor(browser: Browser, server: TestServer, letter: OpenLetter, invite: string) {
		this.browser = browser;
		this.server = server;
		this.letter = letter;
		this.invite = invite;
	}

	static async open(): Promise<ProvingStage> {
		const [browser, server] = await Promise.all([launch(), startServer()]);
		const letter = await openLetter(server);
		const { link } = await (await letter.signer()).record();
		return new ProvingStage(browser, server, letter, writeInviteLink(server.origin, link ?? '', letter.root));
	}

	async close(): Promise<void> {
		await this.browser.close();
		await this.server.stop();
	}

	/** Somebody on a phone of their own, who is to be asked for a proof. */
	async begun(): Promise<SignerPerson> {
		const person = await SignerPerson.at(this.server, this.browser, phone);
		await person.beginAnonymously(this.invite, null);
		return person;
	}

	async atTheCode(address: string): Promise<{ person: SignerPerson; code: string; link: string }> {
		const person = await this.begun();
		await person.askForCode(address);
		const { text } = await this.server.relay.mailTo(address);
		return { person, code: codeIn(text), link: linkIn(text) };
	}

	/** Somebody who has signed, in another browser. */
	async signed(address: string, letter = this.letter): Promise<Signer> {
		const signer = await letter.signer();
		await signer.appear({ shown: 'anonymous', label: null, condition: null });
		await signer.askForCode(address);
		await signer.proveByCode(codeIn((await this.server.relay.mailTo(address)).text));
		await signer.sign();
		return signer;
	}
}

/** Another code, by its first digit. @param by 1 to 9 */
export const another = (code: string, by: number) => `${(Number(code[0]) + by) % 10}${code.slice(1)}`;

/** Types one thing after the other into the same field: each is explained, and what was typed stays. */
export async function typeEach({ page }: SignerPerson, label: string, button: string, rows: Row[]): Promise<void> {
	const field = page.getByLabel(label, { exact: true });
	for (const { typed, says, offers } of rows) {
		await field.fill(typed);
		await page.getByRole('button', { name: button }).click();
		await page.getByRole('alert').filter({ hasText: says }).waitFor();
		expect(await field.inputValue(), says).toBe(typed);
		expect(await page.getByRole('heading', { name: 'There is a problem' }).count()).toBe(1);
		if (offers) await page.getByRole('button', { name: offers, exact: true }).waitFor();
	}
}
