import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { acceptingCodings } from '../../../server/published/accepted-coding.ts';
import { KeptAnswers } from '../../../server/published/kept-answers.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';

const folder = '/letters/a-letter/';
const get = (path: string, ...lines: string[]) => request('GET', path, ...lines);
const request = (method: string, path: string, ...lines: string[]) =>
	[`${method} ${path} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');

/** What may be given from memory: the page and what belongs to it, however it is asked for. */
const everyday = (etag: string): string[] => [
	get(folder),
	...[
		'br',
		'gzip, deflate, br, zstd',
		'gzip;q=1.0, br;q=0.5',
		'identity',
		'*',
		'br;q=0, *;q=0',
		'x-gzip',
		'nonsense;;q',
		'',
	].map((codings) => get(folder, `Accept-Encoding: ${codings}`)),
	get(folder, 'Accept-Encoding: gzip', 'Accept-Encoding: br'),
	...[etag, `W/${etag}`, '*', `"another", ${etag}`, '"another"', '', etag.slice(1)].map((known) =>
		get(folder, 'Accept-Encoding: br', `If-None-Match: ${known}`),
	),
	get(folder, `If-Range: ${etag}`),
	get(folder, 'If-Modified-Since: Mon, 01 Mar 2027 09:00:00 GMT'),
	get(folder, 'Accept-Language: ar', 'Cookie: a=b', 'Origin: https://elsewhere.example', 'X-Forwarded-For: 192.0.2.1'),
	get(folder, 'Connection: close'),
	get(folder).replace('HTTP/1.1', 'HTTP/1.0'),
	get(folder, 'Content-Length: 2').concat('{}'),
	...['index.html', 'recount.html', 'embed.html', 'card.png'].map((path) => get(folder + path, 'Accept-Encoding: br')),
];

/** What is for the program alone, or for nobody. */
const unusual = (etag: string, origin: string): string[] => [
	get(folder, 'Range: bytes=0-9'),
	get(folder, 'Range: bytes=0-9', `If-Range: ${etag}`),
	get(folder, 'Range: bytes=99999999-'),
	...['HEAD', 'POST', 'OPTIONS', 'DELETE'].map((method) => request(method, folder, 'Content-Length: 0')),
	...['?', '?q=1', '#there', 'nothing.html', '/', '//', 'a//b.html', '../index.html', './index.html'].map((rest) =>
		get(folder + rest),
	),
	...[
		'%2e%2e/index.html',
		'..%2findex.html',
		'%00.html',
		'%zz.html',
		'%ff.html',
		'\\index.html',
		'index%2ehtml',
		'.html',
	].map((rest) => get(folder + rest)),
	...['release.json', 'letter.pdf', 'letter.txt', 'data/'].map((rest) => get(folder + rest, 'Range: bytes=0-9')),
	...['/letters/', '/letters/a-letter', '/letters/%61-letter/', '/letters/A-LETTER/', '/letters/another/'].map((path) =>
		get(path),
	),
	...['/letters//index.html', '//letters/a-letter/', '/letters/a-letter;x/', '/letters/../letters/a-letter/'].map(
		(path) => get(path),
	),
	get(`http://elsewhere.example${folder}`),
	// Without a body, and without saying so.
	...['POST', 'PUT', 'DELETE'].flatMap((method) =>
		[folder, '/api/confirmations', '/api/desk/release'].map((path) =>
			request(method, path, `Origin: ${origin}`, 'Content-Type: application/json'),
		),
	),
	get(`/letters/${'a'.repeat(5_000)}/index.html`, 'Accept: text/html'),
	get(folder).replace('Host: localhost\r\n', ''),
];

describe('pages of released letters, from memory and from the program', () => {
	let server: TestServer;
	let etag = '';

	beforeAll(async () => {
		server = await startServer({ database: 'pglite', now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		await server.due(MINUTE);
		etag = (await server.fetch(folder, { headers: { 'accept-encoding': 'br' } })).headers.get('etag') ?? '';
	});
	afterAll(() => server.stop());

	test('byte for byte, header for header and in the same order, nobody can tell which of them answers', async () => {
		const app = createApp(server.deps);
		const program = getRequestListener(app.fetch);
		let answered = 0;
		const kept = new KeptAnswers(
			(path, codings) =>
				app.fetch(
					new Request(new URL(path, server.origin), { headers: { 'accept-encoding': acceptingCodings(codings) } }),
				),
			() => 0,
		);
		const alone = await listening(program);
		const behind = await listening((asked, answer) =>
			kept.answer(asked, answer, (...both) => {
				answered++;
				void program(...both);
			}),
		);
		const atServer = Number(new URL(server.origin).port);
		for (const one of [...everyday(etag), ...unusual(etag, server.origin)]) {
			const said = await transcript(alone, one);
			for (const port of [behind, behind, atServer, atServer]) expect(await transcript(port, one), one).toBe(said);
		}
		// Nothing of the first list reaches the program by now.
		answered = 0;
		for (const one of everyday(etag)) await transcript(behind, one);
		const closings = everyday(etag).filter((one) => !closes(one)).length;
		expect(answered).toBe(closings);
		expect((await transcript(behind, get(folder, `If-None-Match: ${etag}`, 'Accept-Encoding: br'))).slice(0, 12)).toBe(
			'HTTP/1.1 304',
		);
	});
});

/** As server/serve.ts listens, but that every request gets a stream for its body. @returns its port */
async function listening(listener: RequestListener): Promise<number> {
	const server = createServer({ keepAliveTimeout: 75_000 }, listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

const closes = (sent: string): boolean => /HTTP\/1\.0|connection: close/i.test(sent);

/** All that comes back, without its dates, and what follows the first head as a hash. A second request follows at once on the same connection and ends it: answers come in their order. */
function transcript(port: number, sent: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		const socket = connect({ port, host: '127.0.0.1' }, () =>
			socket.write(closes(sent) ? sent : sent + get('/healthz', 'Connection: close'), 'latin1'),
		);
		socket.on('data', (part: Buffer) => parts.push(part));
		socket.once('error', reject);
		socket.once('end', () => {
			socket.destroy();
			const whole = Buffer.concat(parts)
				.toString('latin1')
				.replaceAll(/\r\nDate: [^\r]+/gi, '');
			const end = whole.indexOf('\r\n\r\n');
			resolve(`${whole.slice(0, end)}\n${createHash('sha256').update(whole.slice(end), 'latin1').digest('hex')}`);
		});
	});
}
