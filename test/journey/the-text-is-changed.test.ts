/**
 * Two have signed when the organizers change the text, and later the closing time. One comes back, sees old and new marked, and signs the new text without
 * proving anything again; the other does nothing, and is not listed. The recount follows the chain of charters.
 */
import { expect, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { signLetter } from '../../server/command/client/signing.ts';
import { recount } from '../../shared/recount.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import { launch, phone } from '../support/browser.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { startServer } from '../support/server.ts';
import { SignerPerson } from '../support/signer-person.ts';
import { worldOf } from '../support/world.ts';

test('whoever signed is shown what was changed, and is listed only after signing again', async () => {
	const server = await startServer();
	const world = worldOf(server);
	const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
	const invite = await organizers.open();
	const appear = { shown: 'named', name: 'Ben Silent', title: 'Designer', condition: null } as const;
	await signLetter(world, invite, appear, { address: 'ben@northwind.example' });
	const browser = await launch();
	try {
		const amara = await SignerPerson.at(server, browser, phone);
		await amara.beginByName(invite, 'Amara Okafor', 'Engineer');
		await amara.askForCode('amara@northwind.example');
		await amara.typeCode('amara@northwind.example');
		await amara.done();

		await organizers.amend((text) => ({ text: { ...text, text: text.text.replace('Cancel', 'End') } }));
		await amara.lookAtOwn(invite);
		await amara.heading('The text was changed').waitFor();
		const marked = amara.page.locator('marked-changes');
		expect(await marked.locator('del').innerText()).toContain('Cancel');
		expect(await marked.locator('ins').innerText()).toContain('End');
		await amara.button('Sign again').click();
		await amara.button('Continue').click();
		await amara.button('Sign the letter').click();
		// The words were not seen to the end the first time.
		await amara.button('Finish without the words').click();
		await amara.lookAtOwn(invite);
		await amara.heading('You are counted').waitFor();

		// A later closing time asks nobody for anything.
		const closesAt = instant(server.clock.now().getTime() + hours(24 * 9));
		await organizers.amend(() => ({ closesAt }));
		await amara.lookAtOwn(invite);
		await amara.heading('You are counted').waitFor();
	} finally {
		await browser.close();
	}

	await organizers.decide('close');
	await server.due(new Date(server.clock.now().getTime() + hours(25)));
	await organizers.openNames();
	const releaseAt = new Date(server.clock.now().getTime() + hours(1));
	await organizers.release('we-refuse', instant(releaseAt));
	await server.due(releaseAt);
	const file = await (await server.fetch('/letters/we-refuse/release.json')).text();
	const { chain, signatures } = await readReleaseFile(file);
	expect(chain.charters.length).toBe(3);
	expect(signatures.map((one) => ('entry' in one ? one.entry.display?.name : 'gone'))).toEqual(['Amara Okafor']);
	expect(await recount(file)).toMatchObject({ ok: true, fault: null });
});
