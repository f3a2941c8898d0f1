/**
 * What people get wrong on the way to a signature, and what goes wrong under their hands: each says what happened and what can be done, and what was typed stays. On phones,
 * against one real server; web/ must be built.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PSEUDO } from '../../shared/locales/spoken.ts';
import { newVoucher, showVoucher } from '../../shared/voucher.ts';
import { phone } from '../support/browser.ts';
import { openLetter } from '../support/open-letter.ts';
import { another, ProvingStage, type Row, typeEach } from '../support/proving-stage.ts';
import { SignerPerson } from '../support/signer-person.ts';
import { turned } from '../support/words.ts';
import { codeIn } from '../support/world.ts';

let stage: ProvingStage;
let vouchers: string[];

beforeAll(async () => {
	stage = await ProvingStage.open();
	const { server, letter } = stage;
	const asked = { group: letter.contractors.id, count: 2, note: '' };
	const made = await server.send('/api/desk/vouchers', asked, { headers: { cookie: await letter.cookie() } });
	vouchers = ((await made.json()) as { vouchers: string[] }).vouchers;
});
afterAll(() => stage.close());

const nobody = { shown: 'anonymous', label: null, condition: null } as const;

describe('what is typed wrongly', () => {
	test('an address', async () => {
		const person = await stage.begun();
		await typeEach(person, 'Your work address', 'Send me a code', [
			{ typed: '', says: 'Type your work address.' },
			{ typed: 'kim.doe@elsewhere.example', says: 'This domain is not one of the letter.' },
			{ typed: 'hr@northwind.example', says: 'This mailbox belongs to an office, not to one person.' },
			{ typed: 'kim doe@northwind.example', says: 'This is not one plain address' },
		]);
		await person.context.close();
	});

	test('a code: not whole, another one, too often', async () => {
		const { person, code, link } = await stage.atTheCode('a.okafor@northwind.example');
		const wrong = (by: number, says: string, offers?: string): Row => ({
			...{ typed: another(code, by), says },
			...(offers && { offers }),
		});
		await typeEach(person, 'Code', 'Sign the letter', [
			{ typed: '', says: 'Type the eight digits from the mail.' },
			{ typed: code.slice(1), says: 'A code has eight digits, and this has not.' },
			{ typed: `${stage.server.origin}/v#${link}`, says: 'This is the link in the mail.' },
			wrong(1, 'This is not the code. 4 more tries'),
			wrong(2, '3 more tries'),
			wrong(3, '2 more tries'),
			wrong(4, 'One more try'),
			wrong(5, 'Five codes were wrong, so this one is ended.', 'Send me a new code'),
			{ typed: code, says: 'Five codes were wrong', offers: 'Send me a new code' },
		]);
		await person.button('Send me a new code').click();
		await person.page.getByText('Another mail was asked for.').waitFor();
		await person.typeCode('a.okafor@northwind.example');
		await person.done();
		await person.context.close();
	});

	test('is told in the language that the browser asks for, by the server too', async () => {
		const context = await stage.browser.newContext({ viewport: phone, locale: PSEUDO });
		const page = await context.newPage();
		const press = (name: string) => page.getByRole('button', { name: turned(name), exact: true }).click();
		const says = () => page.locator('.errors li').textContent();
		await page.goto(stage.invite);
		await press('Sign this letter');
		await page.locator('#anonymously').check();
		await press('Continue');
		await page.locator('#address').fill('hr@northwind.example');
		await press('Send me a code');
		await expect.poll(says).toContain(turned('This mailbox belongs to an office, not to one person.'));
		await page.locator('#address').fill('n.haddad@northwind.example');
		await press('Send me a code');
		await page.locator('#code').fill('00000000');
		await press('Sign the letter');
		await expect.poll(says).toContain(turned('This is not the code. 4 more tries'));
		expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
		expect(await page.title()).toBe(turned('Step 4 of 5'));
		await context.close();
	});

	test('a voucher: mistyped, made up, used', async () => {
		const person = await stage.begun();
		const [used = '', mine = ''] = vouchers;
		const signer = await stage.letter.signer();
		await signer.appear(nobody);
		await signer.proveByVoucher(used);
		await person.button('I have a voucher').click();
		await typeEach(person, 'Voucher', 'Sign the letter', [
			{ typed: mine.slice(0, -4), says: 'A voucher has 27 letters and digits' },
			{ typed: mine.slice(0, -1) + (mine.endsWith('0') ? '1' : '0'), says: 'A character of this voucher is wrong' },
			{ typed: showVoucher(newVoucher()), says: 'There is no such voucher, or it was taken back.' },
			{ typed: used, says: 'This was used already, and it works once.', offers: 'It was me: use my words' },
		]);
		await person.page.getByLabel('Voucher', { exact: true }).fill(mine.toLowerCase().replaceAll('-', '–'));
		await person.button('Sign the letter').click();
		await person.done();
		await person.context.close();
	});

	test('words, and links to sign with', async () => {
		const elsewhere = await openLetter(stage.server);
		const words = (await (await stage.signed('m.sato@northwind.example', elsewhere)).words())?.join(' ') ?? '';
		const person = await SignerPerson.at(stage.server, stage.browser, phone);
		await person.page.goto(`${stage.server.origin}/s`);
		await typeEach(person, 'The link that you were given', 'Continue', [
			{ typed: stage.invite.replace(/#.*/, ''), says: 'The last part of this link, after the #, is missing' },
			{ typed: `${stage.server.origin}/v#${'A'.repeat(43)}`, says: 'This is the link in the mail.' },
			{ typed: 'We ask for quiet nights', says: 'Paste the whole link' },
		]);
		await person.page.getByLabel('The link that you were given').fill(stage.invite);
		await person.button('Continue').click();
		await typeEach(person, 'Your twelve words', 'See where it stands', [
			{ typed: words.replace(/ \w+$/, ''), says: 'There are 11 words; 12 are needed.' },
			{ typed: words.replace(/(\w+)$/, '$1x'), says: 'Word 12 is not in the list.' },
			{ typed: words, says: 'No signature of this letter belongs to these words.' },
		]);
		await person.context.close();
	});
});

describe('what cannot be used any more', () => {
	test('a code whose mail’s link was used, and one of a mailbox that was used', async () => {
		const { person, code, link } = await stage.atTheCode('k.ruiz@northwind.example');
		const elsewhere = await stage.letter.signer();
		await elsewhere.appear(nobody);
		await elsewhere.proveByLink(link);
		const says = 'This was used already, and it works once.';
		await typeEach(person, 'Code', 'Sign the letter', [{ typed: code, says, offers: 'Send me a new code' }]);
		await person.button('Send me a new code').click();
		const again = codeIn((await stage.server.relay.mailTo('k.ruiz@northwind.example')).text);
		await typeEach(person, 'Code', 'Sign the letter', [
			{
				typed: again,
				says: 'This mailbox was used for this letter already, and each works once.',
				offers: 'Use the words of that signature',
			},
		]);
		// Neither that something was signed, nor how, nor whether it still stands.
		expect(await person.page.getByRole('alert').innerText()).not.toMatch(/sign|name|withdr/i);
		await person.context.close();
	});

	test('an anonymous signature’s name with another mailbox than it was proven with', async () => {
		const { person, code } = await stage.atTheCode('n.eze@northwind.example');
		const { page, server } = person;
		await page.getByLabel('Code', { exact: true }).fill(code);
		await person.button('Sign the letter').click();
		await person.done();
		await person.button('Finish without the words').click();
		await person.button('Sign by name instead').click();
		await page.getByRole('textbox', { name: 'Your name' }).fill('Ngozi Eze');
		await person.button('Continue').click();
		await person.askForCode('somebody.else@northwind.example');
		const wrong = codeIn((await server.relay.mailTo('somebody.else@northwind.example')).text);
		const says = 'Your signature was not proven with this mailbox.';
		await typeEach(person, 'Code', 'Sign the letter', [{ typed: wrong, says, offers: 'Change the address' }]);
		await person.button('Change the address').click();
		await person.askForCode('n.eze@northwind.example');
		await person.typeCode('n.eze@northwind.example');
		await person.heading('You are counted').waitFor();
		await page.getByText('You signed by name.').waitFor();
		expect(await person.button('Sign by name instead').count()).toBe(0);
		await person.context.close();
	});

	test('a code that is too old, and a link without its last part', async () => {
		const { person, code } = await stage.atTheCode('r.weissman@northwind.example');
		stage.server.clock.advance(2 * 3600);
		const says = 'This code is too old. Ask for a new one.';
		await typeEach(person, 'Code', 'Sign the letter', [{ typed: code, says, offers: 'Send me a new code' }]);
		const { page } = await SignerPerson.at(stage.server, stage.browser, phone);
		for (const [path, what] of [
			[new URL(stage.invite).pathname, 'Ask the person who gave it to you for the whole link'],
			['/v', 'Open the link in the mail once more.'],
			[`/v#${'A'.repeat(20)}`, 'Open the link in the mail once more.'],
			[`/v#${'A'.repeat(43)}`, 'This link is too old or not whole, or signing has ended.'],
		]) {
			await page.goto('about:blank');
			await page.goto(`${stage.server.origin}${path}`);
			await page.getByText(what ?? '').waitFor();
		}
		await page.context().close();
		await person.context.close();
	});
});

test('a letter that changes, and one that closes, while the form is open', async () => {
	const changed = await stage.atTheCode('d.adeyemi@northwind.example');
	await stage.letter.amend('Nobody should be called between nine and seven.');
	const { person, code } = changed;
	const says = 'The letter was changed meanwhile.';
	await typeEach(person, 'Code', 'Sign the letter', [{ typed: code, says, offers: 'Read the new text' }]);
	await person.button('Read the new text').click();
	await person.page.getByText('Read it as it is now').click();
	await person.page.getByText('between nine and seven').waitFor();
	await person.button('Sign the letter').click();
	await person.done();

	const [atCode, atAddress, atVoucher] = [
		await stage.atTheCode('late@northwind.example'),
		await stage.begun(),
		await stage.begun(),
	];
	await atVoucher.button('I have a voucher').click();
	await stage.server.due(new Date(stage.letter.charter.closesAt));
	const over = { says: 'Signing of this letter has ended', offers: 'See where the letter stands' };
	await typeEach(atCode.person, 'Code', 'Sign the letter', [{ typed: atCode.code, ...over }]);
	await typeEach(atAddress, 'Your work address', 'Send me a code', [{ typed: 'l.roe@northwind.example', ...over }]);
	await typeEach(atVoucher, 'Voucher', 'Sign the letter', [{ typed: showVoucher(newVoucher()), ...over }]);
	await atCode.person.button('See where the letter stands').click();
	await atCode.person.page.getByText('Signing is over.').waitFor();
	// Of who never signed, nothing has to stay on the device.
	await atCode.person.button('Forget what I typed here').click();
	await atCode.person.button('Forget what I typed here').waitFor({ state: 'detached' });
	for (const one of [person, atCode.person, atAddress, atVoucher]) await one.context.close();
});
