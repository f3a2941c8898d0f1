import type { Browser } from 'playwright';
import { ownBrowser, Person, type Screen } from './person.ts';
import type { TestServer } from './server.ts';
import { codeIn } from './world.ts';

/** A signer in a browser of their own. Reads and clicks what a person would. */
export class SignerPerson extends Person {
	static async at(server: TestServer, browser: Browser, viewport: Screen): Promise<SignerPerson> {
		const { context, page } = await ownBrowser(server, browser, viewport);
		return new SignerPerson(server, context, page);
	}

	/** Pages 1 and 2: reads the letter, chooses to sign by name. */
	async beginByName(invite: string, name: string, title: string): Promise<void> {
		await this.page.goto(invite);
		await this.button('Sign this letter').click();
		await this.page.getByRole('radio', { name: 'By name' }).check();
		await this.page.getByLabel('Your name').fill(name);
		await this.page.getByLabel(/^Your title/).fill(title);
		await this.button('Continue').click();
	}

	async beginAnonymously(invite: string, label: string | null): Promise<void> {
		await this.page.goto(invite);
		await this.button('Sign this letter').click();
		await this.page.getByRole('radio', { name: 'Anonymously' }).check();
		if (label !== null) await this.page.getByLabel(/^What describes you/).selectOption(label);
		await this.button('Continue').click();
	}

	/** Page 3. */
	async askForCode(address: string): Promise<void> {
		await this.page.getByLabel('Your work address').fill(address);
		await this.button('Send me a code').click();
		await this.heading('Type the code and sign').waitFor();
	}

	/** Page 4, with the code from the mail, typed as people do: in two groups. */
	async typeCode(address: string): Promise<void> {
		const code = codeIn((await this.server.relay.mailTo(address)).text);
		await this.page.getByLabel('Code', { exact: true }).fill(`${code.slice(0, 4)} ${code.slice(4)}`);
		await this.button('Sign the letter').click();
	}

	/** Page 5. @returns the twelve words */
	async done(): Promise<string[]> {
		await this.heading('You have signed').waitFor();
		return this.page.getByLabel('Your twelve words').getByRole('listitem').allInnerTexts();
	}

	/** Through the same link: where one's own signature stands. */
	async lookAtOwn(invite: string): Promise<void> {
		await this.page.goto('about:blank');
		await this.page.goto(invite);
		await this.button(/See where it stands|I have signed/).click();
	}
}
