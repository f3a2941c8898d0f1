/**
 * The main job in real browsers: two organizers and three signers, one of them on a phone, a journalist at the end. Every button that is
 * pressed here is one that a person presses. Browsers do not know on which database a server is: here it is the embedded one, as whoever tries it out has it, and
 * test/journey/release-over-http.test.ts goes the same way without browsers on both; after-the-release.test.ts is on PostgreSQL.
 */
import { expect, test } from 'vitest';
import { startInvitation } from '../../server/organizer/invitation.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { hours } from '../support/drafts.ts';
import { OrganizerPerson } from '../support/organizer-person.ts';
import { startServer } from '../support/server.ts';
import { SignerPerson } from '../support/signer-person.ts';

/** As `datetime-local` fields want it. */
const field = (at: number) => new Date(at).toISOString().slice(0, 16);

test('in browsers, a letter is written, signed, opened, released and recounted', async () => {
	const server = await startServer({ database: 'pglite' });
	const browser = await launch();
	try {
		const rosa = await OrganizerPerson.at(server, browser, desktop);
		const kofi = await OrganizerPerson.at(server, browser, desktop);

		// Two organizers write.
		const start = await startInvitation(server.deps, 'command');
		await rosa.enrol(`${server.origin}/desk#start=${start}`, 'R.');
		expect(rosa.page.url()).not.toContain(start);
		await rosa.fill({
			Title: 'We refuse to be complicit',
			Text: 'We build what this company sells.\n\nCancel the contract.',
			'Your employer’s mail domain': 'northwind.example',
		});
		await rosa.page
			.frameLocator('draft-letter iframe')
			.getByRole('heading', { name: 'We refuse to be complicit' })
			.waitFor();
		// What can wait: they choose some of it.
		await rosa.fill({
			To: 'the board of Northwind',
			'Name, as printed': 'Northwind',
			'Advice for signers': 'The works council, +1 555 0100',
			'Press contact': 'press@letter.example',
			'Last call, in hours': '24',
			'Smallest group that is printed': '2',
		});
		await rosa.saved();
		await kofi.enrol(await rosa.invite('for Kofi'), 'K.');

		// They freeze, read the fingerprint to each other, and approve.
		await rosa.page.getByRole('rowheader', { name: 'K.', exact: true }).waitFor();
		await rosa.button('Freeze and compare').click();
		await rosa.heading('Compare, then approve').waitFor();
		await kofi.page.reload();
		await kofi.login();
		await kofi.heading('Compare, then approve').waitFor();
		await expectSomeApart(rosa, kofi);
		await rosa.compareAndApprove(await kofi.fingerprint());
		await kofi.compareAndApprove(await rosa.fingerprint());
		await kofi.heading('People can sign').waitFor();
		await kofi.page.getByLabel('A new link').fill('Research floor');
		await kofi.button('Make a link').click();
		const invite = await kofi.page.getByLabel('Research floor', { exact: true }).inputValue();

		// Three colleagues sign, two by name and one anonymously; somebody who signs alone anonymously would not be listed.
		const amara = await SignerPerson.at(server, browser, phone);
		await amara.beginByName(invite, 'Amara Okafor', 'Principal engineer');
		await amara.askForCode('a.okafor@northwind.example');
		await amara.typeCode('a.okafor@northwind.example');
		expect(await amara.done()).toHaveLength(12);
		await amara.button('Finish without the words').click();

		const misaki = await SignerPerson.at(server, browser, desktop);
		await misaki.beginByName(invite, '佐藤 美咲', '');
		await misaki.askForCode('m.sato@northwind.example');
		await misaki.typeCode('m.sato@northwind.example');
		const words = await misaki.done();

		const quiet = await SignerPerson.at(server, browser, phone);
		await quiet.beginAnonymously(invite, null);
		await quiet.askForCode('q.wood@northwind.example');
		await quiet.typeCode('q.wood@northwind.example');
		await quiet.done();

		// Both close early; last call passes; each opens; one checks the names.
		for (const organizer of [rosa, kofi]) {
			// It stands open already for whoever comes second.
			if (organizer === rosa) await organizer.page.getByText('Close early').click();
			await organizer.button('Decide to close now').click();
			await organizer.page
				.getByText(/You have decided for it|Signing is over/)
				.first()
				.waitFor();
		}
		await rosa.heading('Last call').waitFor();
		await server.due(new Date(server.clock.now().getTime() + hours(25)));
		for (const organizer of [rosa, kofi]) {
			await organizer.timePasses();
			await organizer.login();
			await organizer.heading('Check the names').waitFor();
			await organizer.button('Open your part of the names').click();
		}
		await kofi.page.getByRole('rowheader', { name: 'Amara Okafor' }).waitFor();
		await kofi.page.getByRole('gridcell', { name: 'm.sato@northwind.example' }).waitFor();
		await rosa.button('Open the names').click();
		await rosa.page.getByRole('rowheader', { name: '佐藤 美咲' }).waitFor();

		// One builds the release, both compare and approve.
		await kofi.fill({
			'Address of the page': 'we-refuse',
			'Goes out at': field(server.clock.now().getTime() + hours(2)),
		});
		await kofi.button('Build the release').click();
		await kofi.button('Approve this release').click();
		await kofi.page.getByText('You have approved.').waitFor();
		await rosa.button('Rehearse: see everything as it will be').click();
		await rosa.page.frameLocator('iframe').getByText('Amara Okafor').waitFor();
		await rosa.page.getByRole('link', { name: 'letter.pdf' }).waitFor();
		await rosa.button('Approve this release').click();
		await rosa.heading('It goes out by itself').waitFor();

		// Misaki, on another device, with her words, takes her name off before the minute.
		const other = await SignerPerson.at(server, browser, phone);
		await other.lookAtOwn(invite);
		await other.page.getByLabel(/words/i).fill(words.join(' '));
		await other.button('See where it stands').click();
		await other.heading('You are counted').waitFor();
		await other.button('Take my name off').click();
		await other.button('Take my name off').click();
		await other.heading('You took your name off').waitFor();

		// The minute comes. A journalist reads without a script, then recounts with one.
		await server.due(new Date(server.clock.now().getTime() + hours(2) + 60_000));
		const reader = await browser.newContext({ javaScriptEnabled: false });
		const plain = await reader.newPage();
		await plain.goto(`${server.origin}/letters/we-refuse/`);
		const text = await plain.locator('main').innerText();
		expect(text).toContain('Amara Okafor');
		expect(text).not.toContain('佐藤 美咲');
		const journalist = await (await browser.newContext()).newPage();
		await journalist.goto(`${server.origin}/letters/we-refuse/`);
		await journalist.getByRole('link', { name: 'Recount every signature in your browser' }).click();
		await journalist.getByRole('button', { name: 'Recount this letter' }).click();
		await journalist.getByRole('heading', { name: 'Every check holds' }).waitFor();
		await journalist.getByText('No file', { exact: false }).first().waitFor();

		// The signer's link now tells where the letter stands.
		await amara.timePasses();
		await amara.page.goto('about:blank');
		await amara.page.goto(invite);
		await amara.page.getByRole('link', { name: 'Read the letter' }).click();
		await amara.page.getByRole('heading', { level: 1, name: 'We refuse to be complicit' }).waitFor();
	} finally {
		await browser.close();
	}
});

/** What both have covered, nobody can read out: one of them asks for other places, as people would. */
async function expectSomeApart(one: OrganizerPerson, other: OrganizerPerson): Promise<void> {
	for (let tries = 0; tries < 50; tries++) {
		const [mine, theirs] = [await one.fingerprint(), await other.fingerprint()];
		if (mine.every((group, at) => group !== null || theirs[at] !== null)) return;
		await one.button('They cannot see these: take others').click();
	}
	throw new Error('The covered places never differ.');
}
