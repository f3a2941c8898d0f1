import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { type Running, serve } from '../../../server/serve.ts';
import { freePort } from '../../support/port.ts';

let server: Running;
let origin: string;
const data = mkdtempSync(join(tmpdir(), 'undersigned-dev-'));

beforeAll(async () => {
	const port = await freePort();
	origin = `http://localhost:${port}`;
	server = await serve(readConfig({ PORT: String(port), DATA: data }), () => {}, { runsDueByItself: false });
});

afterAll(async () => {
	await server.stop();
	rmSync(data, { recursive: true, force: true });
});

const post = (path: string, body: unknown, headers = {}) =>
	fetch(origin + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});

test('the set-up link and mail show at /dev/mail.json and, escaped, at /dev/mail', async () => {
	await server.deps.mail.send({ to: 'amina@northwind.example', subject: '<b>Hi</b>', text: '1 < 2' });
	const mail = { to: 'amina@northwind.example', from: 'post@localhost', subject: '<b>Hi</b>', text: '1 < 2' };
	const mails = await (await fetch(`${origin}/dev/mail.json`)).json();
	expect(mails).toEqual([expect.objectContaining({ to: 'you@localhost' }), mail]);
	expect(mails[0].text).toContain(`${origin}/desk#start=`);
	const page = await (await fetch(`${origin}/dev/mail`)).text();
	expect(page).toContain('&lt;b&gt;Hi');
	expect(page).not.toContain('<b>Hi');
});

test('the clock is moved, and answers with the time that it shows then', async () => {
	const set = await post('/dev/clock', { now: '2030-01-01T00:00:00Z' });
	expect((await set.json()).now).toMatch(/^2030-01-01T00:00/);
	const advanced = await post('/dev/clock', { advanceMinutes: 90 });
	expect((await advanced.json()).now).toMatch(/^2030-01-01T01:30/);
	expect(server.deps.clock.now().toISOString()).toMatch(/^2030-01-01T01:30/);
	expect((await post('/dev/tick', {})).status).toBe(200);
});

test.each([{}, { advanceMinutes: -1 }, { now: 'soon' }, { now: '2030-01-01T00:00:00Z', more: 1 }, []])(
	'the clock is not moved by %j',
	async (body) => {
		const refused = await post('/dev/clock', body);
		expect(await refused.json()).toMatchObject({ status: 400, code: 'invalid-input' });
	},
);

test.each(['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'])(
	'nothing is there behind a proxy that sends %s',
	async (name) => {
		const headers = { [name]: '127.0.0.1' };
		for (const path of ['/dev/mail', '/dev/mail.json'])
			expect((await fetch(origin + path, { headers })).status).toBe(404);
		expect((await post('/dev/tick', {}, headers)).status).toBe(404);
		expect((await post('/dev/clock', { advanceMinutes: 1 }, headers)).status).toBe(404);
	},
);

test('another site’s page cannot move the clock, and cannot read mail under a name of its own', async () => {
	const foreign = await post('/dev/clock', { advanceMinutes: 1 }, { origin: 'https://evil.example' });
	expect(await foreign.json()).toMatchObject({ code: 'wrong-origin' });
	// A host name that its owner points at 127.0.0.1 (DNS rebinding); fetch would not let us send it.
	const status = await new Promise((resolve, reject) => {
		const sent = request(`${origin}/dev/mail.json`, { headers: { host: 'evil.example' } }, (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		sent.on('error', reject).end();
	});
	expect(status).toBe(404);
});

test('a page opened at 127.0.0.1 moves to localhost, where passkeys work', async () => {
	const there = origin.replace('localhost', '127.0.0.1');
	const moved = await fetch(`${there}/desk?from=mail`, { headers: { accept: 'text/html' }, redirect: 'manual' });
	expect(moved.status).toBe(302);
	expect(moved.headers.get('location')).toBe(`${origin}/desk?from=mail`);
});

test('the host secret is made once and kept for its owner only', () => {
	expect(readFileSync(join(data, 'host-secret'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
	expect(readConfig({ DATA: data }).hostSecret?.reveal()).toBe(readFileSync(join(data, 'host-secret'), 'utf8'));
});
