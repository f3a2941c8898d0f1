import type { Browser } from 'playwright';
import { addVirtualAuthenticator } from './browser.ts';
import { ownBrowser, Person, type Screen } from './person.ts';
import type { TestServer } from './server.ts';

/** An organizer at the desk, in a browser of their own with a passkey authenticator of its own. Reads and clicks what a person would. */
export class OrganizerPerson extends Person {
	/** The 24 words, from the screen. */
	words: string[] = [];

	static async at(server: TestServer, browser: Browser, viewport: Screen): Promise<OrganizerPerson> {
		const { context, page } = await ownBrowser(server, browser, viewport);
		await addVirtualAuthenticator(page);
		return new OrganizerPerson(server, context, page);
	}

	/** From an invitation link to the desk: name, passkey, words written down and asked back. */
	async enrol(link: string, name: string): Promise<void> {
		await this.page.goto(link);
		await this.page.getByLabel('What are you called on the letter?').fill(name);
		await this.button('Make a passkey and begin').click();
		await this.heading('Write down your 24 words').waitFor();
		this.words = await this.page.locator('ol.words li').allInnerTexts();
		await this.button('I have written them down').click();
		for (const label of await this.page.getByText(/^Word \d+$/).allInnerTexts()) {
			const place = Number(label.replace('Word ', ''));
			await this.page.getByLabel(label, { exact: true }).fill(this.words[place - 1] ?? '');
		}
		await this.button('These are my words').click();
		await this.heading(/Write the letter/).waitFor();
	}

	/** After the session has ended, or in a reloaded page. */
	async login(): Promise<void> {
		await this.page.goto(`${this.server.origin}/desk`);
		await this.button(/with your passkey$/).click();
		await this.page.getByLabel('Stages of the letter').waitFor();
	}

	/** @returns the link for one more organizer */
	async invite(note: string): Promise<string> {
		await this.page.getByLabel('Invite somebody').fill(note);
		await this.button('Make an invitation').click();
		const link = await this.page.getByLabel('Invitation link').inputValue();
		await this.button('I have handed it on; hide it').click();
		return link;
	}

	/** Fields of the draft that can wait are folded: they are unfolded first. */
	async fill(fields: Record<string, string>): Promise<void> {
		for (const [label, value] of Object.entries(fields)) {
			const field = this.page.getByLabel(label, { exact: true });
			await field.evaluate(unfold);
			await field.fill(value);
			await field.blur();
		}
	}

	async saved(): Promise<void> {
		await this.page.getByText('Saved', { exact: true }).waitFor();
	}

	/** The 16 groups of the fingerprint that this screen shows; null where they are covered. */
	async fingerprint(): Promise<(string | null)[]> {
		const groups = await this.page.getByLabel('Fingerprint, in 16 groups').getByRole('listitem').allInnerTexts();
		return groups.map((group) => (/^[0-9a-f]{4}$/.test(group.trim()) ? group.trim() : null));
	}

	/** Types the covered part as another reads it out, then approves. */
	async compareAndApprove(heard: readonly (string | null)[]): Promise<void> {
		const covered = (await this.fingerprint()).flatMap((group, at) => (group === null ? [heard[at] ?? ''] : []));
		await this.page.getByLabel(/as another organizer reads them to you/).fill(covered.join(' '));
		await this.button('Compare').click();
		await this.page.getByText('The same. You and the other organizer look at one letter.').waitFor();
		await this.button('Approve this letter').click();
	}
}

/** Runs in the page. */
function unfold(field: Element): void {
	for (let at = field.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
}
