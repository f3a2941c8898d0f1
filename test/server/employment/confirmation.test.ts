import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';
import { ask, askForCode, blinded, byCode } from './asking.ts';

const kim = 'kim.doe@northwind.example';
/** The last letter of `northwind` or of the name is from another script, or full-width, or there is more than one address. */
const hostile: [string, string, string][] = [
	['quoted', '"kim doe"@northwind.example', 'address-format'],
	['comment', 'kim(x)@northwind.example', 'address-format'],
	['encoded word', '=?utf-8?q?kim?=@northwind.example', 'address-format'],
	['NUL', 'kim\u0000@northwind.example', 'invalid-input'],
	['CRLF with Bcc', 'kim@northwind.example\r\nBcc: eve@evil.example', 'address-format'],
	['list', 'kim@northwind.example,eve@evil.example', 'address-format'],
	['route', '<@evil.example:kim@northwind.example>', 'address-format'],
	['Cyrillic о', 'kim@n\u043erthwind.example', 'address-not-ascii'],
	['full-width', '\uff4bim@northwind.example', 'address-not-ascii'],
	['Kelvin sign', '\u212aim@northwind.example', 'address-not-ascii'],
	['ideographic full stop', 'kim@northwind\u3002example', 'address-not-ascii'],
	['trailing dot', 'kim@northwind.example.', 'address-domain'],
	['sub-domain', 'kim@sub.northwind.example', 'address-domain'],
	['look-alike domain', 'kim@n0rthwind.example', 'address-domain'],
	['percent route', 'kim%evil.example@northwind.example', 'address-format'],
	['65 characters', `${'k'.repeat(65)}@northwind.example`, 'address-format'],
	['role address', 'HR@northwind.example', 'address-role'],
];

describe.each(databaseKinds)('asking for a code (%s)', (database) => {
	test('hostile addresses are refused with what is wrong, and no mail goes anywhere', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		for (const [what, address, code] of hostile) {
			const answer = await ask(server, '/api/confirmations', { letter: letter.id, address });
			expect(answer, what).toMatchObject({ status: 400, code });
			expect(JSON.stringify(answer.body), what).not.toContain(JSON.stringify(address).slice(1, -1));
			server.clock.advance(1);
		}
		await server.deps.afterwards.idle();
		expect(server.relay.mails).toEqual([]);
	});

	test('spellings of one mailbox are one mailbox: mail goes to the normal form, and one credential is issued', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const spellings = ['kim.doe+one@northwind.example', 'KIM.DOE@Northwind.EXAMPLE'];
		const answers = [];
		for (const address of spellings) {
			const { status, body } = await ask(server, '/api/confirmations', { letter: letter.id, address });
			expect(status).toBe(202);
			const { text, to } = await server.relay.mailTo(kim);
			expect(to).toEqual([kim]);
			const secret = { by: 'code', confirmation: body.confirmation, code: text.slice(0, 8) };
			answers.push(await ask(server, '/api/proofs', { secret, request: await blinded(letter), attest: null }));
		}
		expect(answers.map(({ code }) => code)).toEqual([undefined, 'mailbox-already-proved']);
	});

	test('the mail is quiet: plain text, no letter, no company, no product', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		await ask(server, '/api/confirmations', { letter: letter.id, address: kim });
		const mail = await server.relay.mailTo(kim);
		expect(mail.from).toBe('post@mail.example');
		expect(mail.subject).toBe('Your code');
		expect(mail.headers['content-type']).toMatch(/^text\/plain/);
		expect(mail.text).toMatch(/^\d{8}\n/);
		expect(mail.text).toContain(`${server.origin}/v#`);
		expect(
			JSON.stringify(mail)
				.replaceAll(kim, '')
				.replace(/v#[\w-]{43}/, ''),
		).not.toMatch(/letter|northwind|undersigned|sign/i);
	});

	test('a letter can be set to codes only', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server, { codeOnly: true });
		await ask(server, '/api/confirmations', { letter: letter.id, address: kim });
		expect((await server.relay.mailTo(kim)).text).not.toContain('http');
	});

	test('at most three mails are good at a time, silently; the fourth confirmation is as good as none', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const asked = await Promise.all(
			Array.from({ length: 6 }, () => ask(server, '/api/confirmations', { letter: letter.id, address: kim })),
		);
		expect(asked.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 202]);
		expect(new Set(asked.map(({ body }) => Object.keys(body).join())).size).toBe(1);
		expect(new Set(asked.map(({ body }) => String(body.confirmation).length))).toEqual(new Set([22]));
		await server.deps.afterwards.idle();
		expect(server.relay.mails).toHaveLength(3);
		expect(await server.deps.db.selectFrom('confirmations').select('id').execute()).toHaveLength(6);
		server.clock.advance(120);
		await server.due();
		await askForCode(server, letter, 'lee.roe@northwind.example');
		await ask(server, '/api/confirmations', { letter: letter.id, address: kim });
		await server.deps.afterwards.idle();
		expect(server.relay.mails.filter(({ to }) => to.includes(kim))).toHaveLength(4);
	});

	test('the answer does not wait for the mail, and a mail that fails is logged without its address', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		server.relay.fail(true);
		expect((await ask(server, '/api/confirmations', { letter: letter.id, address: kim })).status).toBe(202);
		await server.deps.afterwards.idle();
		const logs = server.logs.join('');
		expect(logs).toContain('confirmation mail');
		expect(logs).not.toContain('kim');
	});

	test('a server that stops hands over the mail that it promised', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		expect((await ask(server, '/api/confirmations', { letter: letter.id, address: kim })).status).toBe(202);
		await server.stop();
		expect(server.relay.mails.map(({ to }) => to)).toEqual([[kim]]);
	});

	test('only an open letter sends codes', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const asked = await askForCode(server, letter, kim);
		await server.due(new Date(letter.charter.closesAt));
		const late = await ask(server, '/api/confirmations', { letter: letter.id, address: kim });
		expect(late).toMatchObject({ status: 409, code: 'signing-ended' });
		const proof = { secret: byCode(asked), request: await blinded(letter), attest: null };
		expect((await ask(server, '/api/proofs', proof)).status).toBeGreaterThanOrEqual(400);
		const nowhere = await ask(server, '/api/confirmations', {
			letter: letter.root.slice(0, 21).concat('A'),
			address: kim,
		});
		expect(nowhere).toMatchObject({ status: 404, code: 'not-found' });
	});

	test('one mailbox gets three mails an hour of all letters together, and the first of each further one; nobody is told, and an hour later nothing is remembered', async () => {
		const server = await startServer({ database });
		const letters = [await openLetter(server), await openLetter(server)];
		const another = await openLetter(server);
		const asked = [];
		for (const { id: letter } of [...letters, ...letters, ...letters, another, another])
			asked.push(await ask(server, '/api/confirmations', { letter, address: kim }));
		expect(new Set(asked.map(({ status, body }) => `${status} ${Object.keys(body)}`)).size).toBe(1);
		await server.deps.afterwards.idle();
		expect(server.relay.mails).toHaveLength(4);
		server.clock.advance(60);
		expect(server.deps.mailboxHour.size).toBeGreaterThan(0);
		await server.due();
		expect(server.deps.mailboxHour.size).toBe(0);
		await ask(server, '/api/confirmations', { letter: letters[1]?.id, address: kim });
		await server.deps.afterwards.idle();
		expect(server.relay.mails).toHaveLength(5);
	});

	test('one client cannot ask without end', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const statuses = [];
		for (let i = 0; i < 25; i++) {
			statuses.push(
				(await ask(server, '/api/confirmations', { letter: letter.id, address: `k${i}@northwind.example` })).status,
			);
		}
		expect(statuses.filter((status) => status === 429)).toHaveLength(5);
		await server.deps.afterwards.idle();
	});
});
