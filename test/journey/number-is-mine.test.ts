/**
 * After the release a signer shows one journalist that an anonymous signature is theirs: on a phone, with the twelve words, without the server being asked which one it
 * is. The journalist checks it on the recount page; for somebody else it shows nothing.
 */
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { signLetter } from '../../server/command/client/signing.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { ownBrowser } from '../support/person.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { SignerPerson } from '../support/signer-person.ts';
import { worldOf } from '../support/world.ts';

const CHALLENGE = '7K2M-Q9XR-0ABC';

/** A released letter with six anonymous signatures and one by name. @returns the words of an anonymous signer and of the named one */
async function released(server: TestServer): Promise<{ invite: string; anonymous: string[]; named: string[] }> {
	const world = worldOf(server);
	const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
	const invite = await organizers.open();
	const words: string[][] = [];
	for (let n = 0; n < 7; n++) {
		const appear =
			n === 6
				? ({ shown: 'named', name: 'Amara Okafor', title: 'Engineer', condition: null } as const)
				: ({ shown: 'anonymous', label: null, condition: null } as const);
		const signer = await signLetter(world, invite, appear, { address: `signer.${n}@northwind.example` });
		words.push((await signer.words()) ?? []);
	}
	await organizers.decide('close');
	await server.due(new Date(server.clock.now().getTime() + hours(25)));
	await organizers.openNames();
	const releaseAt = new Date(server.clock.now().getTime() + hours(1));
	await organizers.release('quiet-nights', instant(releaseAt));
	await server.due(releaseAt);
	return { invite, anonymous: words[0] ?? [], named: words[6] ?? [] };
}

/** On another device than the one that signed: with the words. @returns the proof, and the number that the page says */
async function prove(
	signer: SignerPerson,
	invite: string,
	words: string[],
	journalist: string,
): Promise<{ proof: string; number: string }> {
	await signer.page.goto(invite);
	await signer.button(/See where it stands|I have signed/).click();
	await signer.page.getByLabel('Your twelve words').fill(words.join(' '));
	await signer.button('See where it stands').click();
	await signer.heading('You are on the letter').waitFor();
	await signer.button('Prove to a journalist that it is mine').click();
	await signer.page.getByLabel('The journalist’s name').fill(journalist);
	await signer.page.getByLabel('Their challenge').fill(CHALLENGE);
	await signer.button('Make the proof').click();
	await signer.heading(/^Number [\d,]+ is yours$/).waitFor();
	const number = /\d[\d,]*/.exec(await signer.heading(/^Number/).innerText())?.[0] ?? '';
	return { proof: await signer.page.getByLabel('The proof').inputValue(), number };
}

/** @returns what the recount page answers */
async function check(page: Page, proof: string, journalist: string): Promise<string> {
	await page.getByLabel('Your name, as you gave it to the signer').fill(journalist);
	await page.getByLabel('The challenge').fill(CHALLENGE);
	await page.getByLabel('The proof').fill(proof);
	await page.getByRole('button', { name: 'Check the proof' }).click();
	return page.locator('[data-mine]').innerText();
}

test('a signer proves to one journalist that a number is theirs; another takes the name off after the release', async () => {
	const server = await startServer();
	const { invite, anonymous, named } = await released(server);
	const browser = await launch();
	try {
		const asked: string[] = [];
		const signer = await SignerPerson.at(server, browser, phone);
		signer.page.on('request', (request) =>
			asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`),
		);
		const own = await prove(signer, invite, anonymous, 'Ida Tarbell');
		// What the server hears is that somebody reads the whole public file.
		expect(asked.some((line) => line.includes('/letters/quiet-nights/release.json'))).toBe(true);
		expect(asked.join('\n')).not.toMatch(/Tarbell|7K2M|undersigned-mine/);

		const journalist = await ownBrowser(server, browser, desktop);
		await journalist.page.goto(`${server.origin}/letters/quiet-nights/recount.html`);
		await journalist.page.getByRole('button', { name: 'Recount this letter' }).click();
		await journalist.page.getByRole('heading', { name: 'Somebody says that a number is theirs' }).waitFor();
		// From here on nothing is asked of anybody: not even which number the journalist looks at.
		const afterwards: string[] = [];
		journalist.page.context().on('request', (request) => afterwards.push(request.url()));
		const held = await check(journalist.page, own.proof, 'Ida Tarbell');
		expect(held).toContain(`It holds: number ${own.number}`);
		expect(held).toContain('It stands on the list without a name');
		const refused = await check(journalist.page, own.proof, 'Nellie Bly');
		expect(refused).toContain('This proof shows nothing');
		expect(refused).toContain('made for “Ida Tarbell”');

		const other = await SignerPerson.at(server, browser, phone);
		const byName = await prove(other, invite, named, 'Ida Tarbell');
		expect(byName.number).not.toBe(own.number);
		expect(await check(journalist.page, byName.proof, 'Ida Tarbell')).toContain('Amara Okafor');
		expect(afterwards).toEqual([]);

		// A name can still be taken off, once it was said what that does; then there is nothing left to prove.
		const printed = async () => (await server.fetch('/letters/quiet-nights/')).text();
		expect(await printed()).toContain('Amara Okafor');
		await other.lookAtOwn(invite);
		await other.button('Take my name off').click();
		await other.page.getByText('It is counted as withdrawn. Copies that others made stay.').waitFor();
		await other.button('Take my name off').click();
		await other.heading('You took your name off').waitFor();
		expect(await other.button('Prove to a journalist that it is mine').count()).toBe(0);
		await server.due(new Date(server.clock.now().getTime() + hours(1)));
		expect(await printed()).not.toContain('Amara Okafor');
	} finally {
		await browser.close();
	}
});
