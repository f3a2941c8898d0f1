import { describe, expect, onTestFinished, test } from 'vitest';
import { Mailbox, smtpMailer } from '../../../server/platform/mail.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { startRelay } from '../../support/relay.ts';

async function open() {
	const relay = await startRelay();
	const mailer = smtpMailer(new Secret(relay.url), 'post@mail.example');
	onTestFinished(async () => {
		mailer.close();
		await relay.stop();
	});
	return { relay, mailer };
}

const mail = { to: 'amina@northwind.example', subject: 'Your code', text: 'The code is 1234 5678.\n' };

test('reaches the relay with exactly one recipient and nothing that names the software', async () => {
	const { relay, mailer } = await open();
	await mailer.send(mail);
	const received = await relay.mailTo('amina@northwind.example');
	expect(received).toMatchObject({ to: [mail.to], from: 'post@mail.example', subject: mail.subject });
	expect(received.text.trim()).toBe(mail.text.trim());
	expect(received.headers).toMatchObject({ from: 'post@mail.example', to: mail.to });
	expect(JSON.stringify(received.headers).toLowerCase()).not.toMatch(/nodemailer|undersigned|x-mailer/);
});

describe.each([
	'"a@evil.example"@northwind.example',
	'a@northwind.example, b@evil.example',
	'a@northwind.example\r\nBcc: b@evil.example',
	'a(b@evil.example)@northwind.example',
	'<a@northwind.example>',
	'=?utf-8?q?b=40evil.example?=@northwind.example',
	'a\0@northwind.example',
	'a@b@northwind.example',
	'аmina@northwind.example',
	'',
])('to %j', (to) => {
	test('nothing is sent, and the error does not repeat it', async () => {
		const { relay, mailer } = await open();
		const refused = await mailer.send({ ...mail, to }).catch((failure: unknown) => failure);
		expect(refused).toMatchObject({ name: 'MailNotSent', code: 'address-not-plain' });
		if (to) expect(String(refused)).not.toContain(to);
		await expect(new Mailbox('post@localhost').send({ ...mail, to })).rejects.toThrow();
		expect(relay.mails).toEqual([]);
	});
});

test('a subject cannot add a header', async () => {
	const { relay, mailer } = await open();
	await expect(mailer.send({ ...mail, subject: 'Hi\r\nBcc: b@evil.example' })).rejects.toThrow();
	expect(relay.mails).toEqual([]);
});

test('a relay that refuses gives an error without the address', async () => {
	const { relay, mailer } = await open();
	relay.fail(true);
	const refused = await mailer.send(mail).catch((failure: unknown) => failure);
	expect(refused).toMatchObject({ name: 'MailNotSent' });
	expect(JSON.stringify(refused) + String((refused as Error).stack)).not.toContain('amina');
	expect((refused as Error).cause).toBeUndefined();
});

describe('what becomes of a mail that was not taken', () => {
	const outcome = async (sending: Promise<void>) =>
		sending.then(
			() => 'sent',
			(failure: unknown) => (failure as { outcome?: unknown }).outcome,
		);

	test('a relay that asks to wait is tried again, one that refuses for good is not', async () => {
		const { relay, mailer } = await open();
		relay.fail(true);
		expect(await outcome(mailer.send(mail))).toBe('later');
		relay.refuse(mail.to, true);
		expect(await outcome(mailer.send(mail))).toBe('refused');
		relay.fail(false);
		expect(await outcome(mailer.send({ ...mail, to: 'other@northwind.example' }))).toBe('sent');
	});

	test('what it says of one mailbox is told from what it says of everybody', async () => {
		const { relay, mailer } = await open();
		const about = async (...said: [number, string]) => {
			relay.refuseAll(said);
			return mailer.send(mail).catch((failure: unknown) => failure);
		};
		const ofMailbox: [number, string][] = [
			[450, '4.2.1 come back later'],
			[550, 'no such mailbox'],
			[550, '5.0.0 no such mailbox'],
			[550, '5.1.1 no such mailbox'],
			[550, '5.1.10 nobody takes mail there'],
			[550, '5.4.1 access denied'],
			[551, 'not here'],
			[552, '5.2.2 full'],
			[553, '5.1.3 no name of a mailbox'],
			[554, '5.1.1 no such mailbox'],
		];
		for (const said of ofMailbox) expect([said, await about(...said)]).toMatchObject([said, { about: 'mailbox' }]);
		const unclear: [number, string][] = [
			[530, 'authentication required'],
			[530, '5.7.0 authentication required'],
			[550, '5.7.1 relaying denied'],
			[550, '5.4.5 too many mails today'],
			[553, '5.1.8 no such sender'],
			[554, 'no mail from here'],
			[554, '5.7.1 relay access denied'],
		];
		for (const said of unclear)
			expect([said, await about(...said)]).toMatchObject([said, { about: 'unclear', outcome: 'refused' }]);
	});

	test('where no relay listens nothing was sent', async () => {
		const nobody = smtpMailer(new Secret('smtp://127.0.0.1:9'), 'post@mail.example');
		onTestFinished(() => nobody.close());
		expect(await outcome(nobody.send(mail))).toBe('later');
	});

	test('a connection that breaks off after the whole mail was handed over leaves it open whether it was taken', async () => {
		const { relay, mailer } = await open();
		relay.drop(true);
		expect(await outcome(mailer.send(mail))).toBe('unknown');
	});
});

test('an attachment arrives as it is', async () => {
	const { relay, mailer } = await open();
	const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
	await mailer.send({ ...mail, attachment: { name: 'letter.pdf', mediaType: 'application/pdf', bytes } });
	const [attachment] = (await relay.mailTo(mail.to)).attachments;
	expect(attachment).toEqual({ name: 'letter.pdf', mediaType: 'application/pdf', bytes });
});
