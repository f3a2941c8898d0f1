import { beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../../shared/limits.ts';
import { everyRow } from '../../support/every-row.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const CONTACT = 'host@letters.example';
const good = { letter: 'We ask for quiet nights', reason: 'person', text: 'My name stands on it.', answer: '' };

let server: TestServer;

beforeAll(async () => {
	server = await startServer({ host: { contact: CONTACT } });
	return server.stop;
});

/** As a browser without JavaScript sends a form. Time passes, so that nobody is told to come slower. */
function post(fields: Record<string, string> | string, to: TestServer = server, headers: Record<string, string> = {}) {
	to.clock.advance(10);
	const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
	const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
	return to.fetch('/report', { method: 'POST', headers: { ...type, ...headers }, body });
}

describe('the form', () => {
	test('names the letter that it was opened for, and whoever it goes to', async () => {
		const page = await (await server.fetch('/report?letter=quiet-nights')).text();
		expect(page).toContain(`value="${server.origin}/letters/quiet-nights/"`);
		expect(page).toContain(`mailto:${CONTACT}`);
	});

	test.each(['"><script>', '../../s', 'a b', '%00', 'x'.repeat(5_000), ''])(
		'takes no other letter than a slug: %s',
		async (slug) => {
			const answer = await server.fetch(`/report?letter=${encodeURIComponent(slug)}`);
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain('name="letter" value=""');
		},
	);

	test('lets a browser say where the form comes from, and a post from elsewhere is refused', async () => {
		const answer = await server.fetch('/report');
		expect(answer.headers.get('referrer-policy')).toBe('same-origin');
		expect(await answer.text()).toContain('<meta name="referrer" content="same-origin">');
		for (const origin of ['https://elsewhere.example', 'null']) {
			expect([origin, (await post(good, server, { origin })).status]).toEqual([origin, 403]);
		}
	});

	test('comes back with what was typed, and says at each field what is wrong', async () => {
		const typed = { letter: '  ', reason: 'nonsense', text: '<b>"typed"</b>', answer: 'a'.repeat(LIMITS.answerTo + 1) };
		const answer = await post(typed);
		expect(answer.status).toBe(400);
		const page = await answer.text();
		for (const field of ['letter', 'reason', 'answer']) {
			expect(page).toContain(`<a href="#${field}">`);
			expect(page).toContain(`id="${field}-wrong"`);
		}
		expect(page).toContain('&lt;b&gt;&quot;typed&quot;&lt;/b&gt;');
		expect(page).not.toContain('id="text-wrong"');
	});
});

describe('a report', () => {
	test('goes to the contact by mail, and nothing of it is kept', async () => {
		const before = await everyRow(server.deps.db);
		const answer = await post({ ...good, text: 'Größe\r\n二行目', answer: 'ada@home.example' });
		expect([answer.status, answer.headers.get('location')]).toEqual([303, '/report/sent']);
		expect(answer.headers.get('set-cookie')).toBeNull();
		const mail = await server.relay.mailTo(CONTACT);
		expect(mail.subject).toBe('A letter was reported');
		expect(mail.to).toEqual([CONTACT]);
		for (const line of ['> We ask for quiet nights', '> Größe', '> 二行目', '> ada@home.example']) {
			expect(mail.text.split('\n')).toContain(line);
		}
		expect(JSON.stringify(mail)).not.toContain('127.0.0.1');
		expect(await everyRow(server.deps.db)).toEqual(before);
		expect(server.logs.join('')).not.toMatch(/quiet nights|ada@home/);
		expect(await (await server.fetch('/report/sent')).text()).toContain('Your report was sent');
	});

	test('cannot add a header, another recipient or another mail', async () => {
		const hostile =
			'x\r\nBcc: victim@elsewhere.example\r\n\r\nDear all\r\n.\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<victim@elsewhere.example>';
		const sent = server.relay.mails.length;
		expect(
			(
				await post({
					letter: hostile.slice(0, LIMITS.note),
					reason: 'other',
					text: hostile,
					answer: hostile.slice(0, 60),
				})
			).status,
		).toBe(303);
		const mail = await server.relay.mailTo(CONTACT);
		expect(server.relay.mails).toHaveLength(sent + 1);
		expect(mail.to).toEqual([CONTACT]);
		expect(Object.keys(mail.headers)).not.toContain('bcc');
		expect(mail.headers).toMatchObject({ to: CONTACT, from: 'post@mail.example', subject: 'A letter was reported' });
		// What somebody typed can pass neither for the frame of the mail nor for a line of its own.
		const typed = mail.text.split('\n').filter((line) => /victim|Dear all|^\.$/.test(line));
		expect(typed.length).toBeGreaterThan(3);
		for (const line of typed) expect(line).toMatch(/^> /);
	});

	test.each([
		['control characters', 'a\0b\u001b[2Jc\u2028d'],
		['lone surrogates and bidi', '\ud800\u202ex'],
		['prototype', '__proto__'],
	])('with %s arrives as text', async (_, text) => {
		expect((await post({ ...good, text, letter: text })).status).toBe(303);
		expect((await server.relay.mailTo(CONTACT)).text).not.toMatch(/(?![\r\n])[\p{Cc}\u2028]/u);
	});

	test.each([
		['too long', { ...good, text: 'ä'.repeat(LIMITS.report / 2 + 1) }],
		['empty', { ...good, text: ' \r\n ' }],
		['of a made-up reason', { ...good, reason: 'constructor' }],
		['without fields', {}],
	])('%s is refused and sends nothing', async (_, fields: Record<string, string>) => {
		const sent = server.relay.mails.length;
		expect((await post(fields)).status).toBe(400);
		expect(server.relay.mails).toHaveLength(sent);
	});

	test('is as long as the form says, and no larger body is read', async () => {
		expect((await post({ ...good, text: 'a'.repeat(LIMITS.report) })).status).toBe(303);
		await server.relay.mailTo(CONTACT);
		expect((await post({ ...good, text: 'a'.repeat(300_000) })).status).toBe(413);
		for (const body of ['%', '%ff=%fe', '&&&===', 'letter=%00&text=%ED%A0%80', 'text='.repeat(10_000)]) {
			expect([body, (await post(body)).status]).toEqual([body, 400]);
		}
		for (const type of ['multipart/form-data; boundary=x', 'text/plain', 'application/json']) {
			expect([type, (await post(good, server, { 'content-type': type })).status]).toEqual([type, 400]);
		}
	});
});

test('a mail that cannot be handed over is said so, with what was typed and where to write instead', async () => {
	server.relay.fail(true);
	const answer = await post(good);
	server.relay.fail(false);
	expect(answer.status).toBe(503);
	const page = await answer.text();
	expect(page).toContain('could not be handed over');
	expect(page).toContain('My name stands on it.');
	expect(server.logs.join('')).not.toContain('My name stands on it.');
});

test('many reports at once are refused, by each and by all', async () => {
	const busy = await startServer({ host: { contact: CONTACT } });
	const send = () =>
		busy.fetch('/report', {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(good).toString(),
		});
	const statuses: number[] = [];
	for (let n = 0; n < 7; n++) statuses.push((await send()).status);
	expect(statuses).toEqual([303, 303, 303, 303, 303, 429, 429]);
	expect(busy.relay.mails).toHaveLength(5);
	busy.clock.advance(60);
	expect((await send()).status).toBe(303);
});

test('where the host gave no address, the page says that nobody can be reached', async () => {
	const silent = await startServer();
	const page = await (await silent.fetch('/report')).text();
	expect(page).toContain('Nobody can be reached here');
	expect(page).not.toContain('<form');
	expect((await post(good, silent)).status).toBe(503);
	expect(silent.relay.mails).toHaveLength(0);
});
