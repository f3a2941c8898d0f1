/**
 * The mail with the code, as mail is: opened by scanners, late, in the wrong order, pasted from anywhere, and asked for by somebody else. In real browsers against a real
 * server; web/ must be built.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { desktop } from '../support/browser.ts';
import { everyRow } from '../support/every-row.ts';
import { another, ProvingStage, typeEach } from '../support/proving-stage.ts';
import { SignerPerson } from '../support/signer-person.ts';
import { codeIn, linkIn } from '../support/world.ts';

let stage: ProvingStage;

beforeAll(async () => {
	stage = await ProvingStage.open();
});
afterAll(() => stage.close());

test('mail that a scanner opens, link and all, running every script without a press, has spent nothing', async () => {
	const person = await stage.begun();
	await person.askForCode('s.lindqvist@northwind.example');
	const { text } = await stage.server.relay.mailTo('s.lindqvist@northwind.example');
	const address = /https?:\S+/.exec(text)?.[0] ?? '';
	expect(address).toBe(`${stage.server.origin}/v#${linkIn(text)}`);
	const before = await everyRow(stage.server.deps.db);

	for (const method of ['HEAD', 'GET', 'HEAD']) {
		expect((await fetch(address, { method, redirect: 'follow' })).status).toBe(200);
	}
	// A browser of the scanner's own; then one that knows the letter, as where mail is opened on the device that asked.
	const scanner = await SignerPerson.at(stage.server, stage.browser, desktop);
	const atHome = await person.context.newPage();
	const pressed: string[] = [];
	for (const [page, heading] of [
		[scanner.page, 'One more thing'],
		[scanner.page, 'One more thing'],
		[atHome, 'Continue here'],
	] as const) {
		page.on('request', (request) => pressed.push(`${request.method()} ${new URL(request.url()).pathname}`));
		await page.goto('about:blank');
		await page.goto(address, { waitUntil: 'networkidle' });
		await page.getByRole('heading', { level: 1, name: heading }).waitFor();
	}
	expect(new Set(pressed.filter((line) => line.startsWith('POST')))).toEqual(
		new Set(['POST /api/confirmations/follow']),
	);
	expect(await everyRow(stage.server.deps.db)).toEqual(before);

	await atHome.getByRole('button', { name: 'Continue' }).click();
	await atHome.getByRole('button', { name: 'Sign the letter' }).click();
	await atHome.getByRole('heading', { name: 'You have signed' }).waitFor();
	await Promise.all([scanner.context.close(), person.context.close()]);
});

test('mail that comes late is as good as the newest, pasted as it comes, and nothing goes out before the press', async () => {
	const { person, code } = await stage.atTheCode('y.tanaka@northwind.example');
	const { page } = person;
	const posts: string[] = [];
	page.on('request', (request) => request.method() === 'POST' && posts.push(new URL(request.url()).pathname));
	const field = page.getByLabel('Code', { exact: true });
	expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
	// Another mail was asked for while the first was on its way, under a wait that is seen.
	await page.getByText(/You can send another in [01]:\d\d/).waitFor();
	await page.getByText('It still does not come').click();
	await person.button('Change the address').click();
	await person.askForCode('y.tanaka@northwind.example');
	await stage.server.relay.mailTo('y.tanaka@northwind.example');
	posts.length = 0;
	const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(' ');
	await field.focus();
	await page.keyboard.insertText(`${wide}\u200b`);
	await page.keyboard.press('Tab');
	await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
	expect(posts).toEqual([]);
	await person.button('Sign the letter').click();
	await person.done();
	await person.context.close();
});

test('mail to a colleague’s address shows whoever asked for it the same, whether or not the colleague has signed', async () => {
	await stage.signed('has.signed@northwind.example');
	const person = await stage.begun();
	const seen: string[] = [];
	const answers: string[] = [];
	person.page.on('response', async (response) => {
		if (response.url().endsWith('/api/confirmations'))
			answers.push(`${response.status()} ${response.headers()['content-length']}`);
	});
	for (const address of ['has.signed@northwind.example', 'has.not@northwind.example']) {
		await person.askForCode(address);
		const code = codeIn((await stage.server.relay.mailTo(address)).text);
		await person.page.getByText('It still does not come').click();
		const see = async () =>
			seen.push((await person.page.locator('sign-flow main').innerText()).replace(address, '').replace(/\d:\d\d/, ''));
		await see();
		await typeEach(person, 'Code', 'Sign the letter', [{ typed: another(code, 1), says: 'This is not the code.' }]);
		await see();
		await person.button('Change the address').click();
	}
	expect(seen.slice(0, 2)).toEqual(seen.slice(2));
	expect(new Set(answers).size).toBe(1);
	await person.context.close();
});
