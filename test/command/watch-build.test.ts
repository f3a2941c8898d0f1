import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, placeInReview, REVIEW } from '../server/release/in-review.ts';
import { startServer, type TestServer } from '../support/server.ts';

const command = resolve(import.meta.dirname, '../../server/command/watch-build.ts');
const built = resolve(import.meta.dirname, '../../web/dist');
const folder = mkdtempSync(join(tmpdir(), 'undersigned-watch-'));

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** What the host, or whoever sits before it, does to its answers. */
let alter: (path: string, answer: Answer) => Answer = (_, answer) => answer;
/** How each request looked from the host. */
const asked: { url: string; agent: string | undefined; mode: unknown }[] = [];
let server: TestServer;
let address: string;
let letter: string;

beforeAll(async () => {
	server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	await server.due(MINUTE);
	letter = '/letters/a-letter/';
	const before = createServer(
		async ({ url = '/', headers: { 'user-agent': agent, 'sec-fetch-mode': mode } }, response) => {
			asked.push({ url, agent, mode });
			const real = await server.fetch(url, { headers: { accept: 'text/html' } });
			const headers = Object.fromEntries([...real.headers].filter(([name]) => /^content-(type|sec)/.test(name)));
			const body = Buffer.from(await real.arrayBuffer()).toString('latin1');
			const answer = alter(url, { status: real.status, headers, body });
			response.writeHead(answer.status, answer.headers).end(Buffer.from(answer.body, 'latin1'));
		},
	).listen(0, '127.0.0.1');
	await new Promise((ready) => before.once('listening', ready));
	address = `http://127.0.0.1:${(before.address() as AddressInfo).port}`;
	return async () => {
		before.close();
		await server.stop();
	};
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function watch(...args: string[]): Promise<{ status: number | null; said: string }> {
	const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
	return new Promise((done) => child.once('close', (status) => done({ status, said })));
}

/** A clone in which somebody built. */
function clone(name: string): string {
	const at = join(folder, name);
	cpSync(built, join(at, 'web/dist'), { recursive: true });
	return at;
}

test('an honest host serves what a clone built, also in the folder of a letter, and the same again', async () => {
	alter = (_, answer) => answer;
	const args = [address, '--clone', clone('same'), '--page', letter, '--page', `${letter}recount.html`];
	const first = await watch(...args, '--keep', join(folder, 'seen.json'));
	expect(first).toEqual({ status: 0, said: expect.stringContaining('the build of the clone, the first look') });
	const second = await watch(...args, '--keep', join(folder, 'seen.json'));
	expect(second).toEqual({ status: 0, said: expect.stringContaining('as at the last look') });
	expect(Object.keys(JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'))).length).toBeGreaterThan(30);
});

test('the page that recounts a letter says which programs run there, with the hashes of /build.json', async () => {
	const [page, build] = await Promise.all([server.fetch(`${letter}recount.html`), server.fetch('/build.json')]);
	const text = await page.text();
	const { files }: { files: Record<string, string> } = await build.json();
	const programs = Object.entries(files).filter(([path]) => /^published\/.*\.js$/.test(path));
	expect(programs.length).toBeGreaterThan(3);
	for (const [path, hash] of programs)
		expect(text).toMatch(new RegExp(`<code>${path.replace('published/', '')}</code><br><code[^>]*>${hash}</code>`));
	const told = text.match(/npm run watch-build -- (\S+)/)?.[1];
	expect(told).toMatch(/^https?:\/\/[^/]+$/);
	expect(text).toContain(`href="${told}/build.json"`);
});

const only = (path: string, change: (answer: Answer) => Partial<Answer>) => (asked: string, answer: Answer) =>
	asked === path ? { ...answer, ...change(answer) } : answer;
const script = () => server.deps.assets.script('sign');
const insert = (html: string) => (answer: Answer) => ({ body: answer.body.replace('</head>', `${html}</head>`) });
const policy = (change: (policy: string) => string) => (answer: Answer) => ({
	headers: { ...answer.headers, 'content-security-policy': change(answer.headers['content-security-policy'] ?? '') },
});

test('the host is asked with the headers of a browser', async () => {
	// Packed, as a server sends them to browsers.
	expect(await watch(server.origin, '--page', `${server.origin}${letter}`)).toMatchObject({ status: 0 });
	asked.splice(0);
	expect(await watch(address, '--page', `${address}${letter}`)).toMatchObject({ status: 0 });
	expect(asked.length).toBeGreaterThan(20);
	for (const { url, agent, mode } of asked) {
		expect(agent).toMatch(/^Mozilla\/5\.0 .*Chrome\//);
		expect([url, mode]).toEqual([url, /\.[a-z0-9]+$/.test(url) ? 'cors' : 'navigate']);
	}
});

describe('a host is found out that', () => {
	test.each<[string, () => typeof alter, RegExp]>([
		['serves another program', () => only(script(), ({ body }) => ({ body: `${body}\n` })), /is not the file that/],
		['does not serve one', () => only(script(), () => ({ status: 404 })), /answers 404, though/],
		['writes a script into a page', () => only('/s', insert('<script>steal()</script>')), /In \/s stands a script/],
		['hides it from a quick look', () => only('/s', insert('<ScRiPt\n src=/x.js></script>')), /In \/s stands a script/],
		[
			'runs a program that it does not list',
			() => only('/v', insert('<script type="module" src="/build.json"></script>')),
			/\/v runs \/build.json, which is not/,
		],
		[
			'runs one from elsewhere',
			() => only('/v', insert('<script type="module" src="https://elsewhere.example/x.js"></script>')),
			/a program from elsewhere\.example/,
		],
		[
			'runs one from nowhere',
			() => only('/v', insert('<script type="module" src="http://["></script>')),
			/\/v runs a program from what is no address/,
		],
		['brings in a page', () => only('/desk', insert('<base href="https://elsewhere.example/">')), /brings in another/],
		[
			'loosens a policy',
			() =>
				only(
					'/s',
					policy((p) => p.replace("'self'", "'self' 'unsafe-inline'")),
				),
			/The policy of/,
		],
		[
			'overrules it',
			() =>
				only(
					'/s',
					policy((p) => `script-src-elem https://elsewhere.example; ${p}`),
				),
			/The policy of \/s is not/,
		],
		[
			'sends none',
			() =>
				only(
					'/s',
					policy(() => ''),
				),
			/The policy of \/s lacks/,
		],
		[
			'alters the recount of a letter',
			() => (path, answer) =>
				/^\/letters\/a-letter\/assets\/.*worker.*\.js$/.test(path)
					? { ...answer, body: 'postMessage("all is well")' }
					: answer,
			/runs \/letters\/a-letter\/assets\/.*worker.*, which is not in/,
		],
	])('%s', async (_, how, told) => {
		alter = how();
		const { status, said } = await watch(address, '--page', letter);
		expect(said).toMatch(told);
		expect(status).toBe(1);
	});

	test('serves a whole other build, by the clone; and changes it, by the last look', async () => {
		const at = clone('other');
		writeFileSync(join(at, 'web/dist', script()), 'the program that was reviewed');
		alter = (_, answer) => answer;
		const keep = join(folder, 'seen-before.json');
		const compared = await watch(address, '--clone', at, '--keep', keep);
		expect(compared).toEqual({ status: 1, said: `${script().slice(1)} is another one than the clone built.\n` });
		alter = only('/safety', ({ body }) => ({ body: body.replace('</main>', 'All is safe.</main>') }));
		const later = await watch(address, '--keep', keep);
		expect(later).toEqual({ status: 1, said: 'Since the last look: text of /safety has changed.\n' });
		expect((await watch(address, '--keep', keep)).status).toBe(0);
	});
});

test('what only says something in another language is no program, unless it says that it is one', async () => {
	alter = only('/v', insert('<script type="application/json" id="words">{"We refuse":"Odmawiamy"}</script>'));
	expect((await watch(address)).status).toBe(0);
	alter = only('/v', insert('<script type="application/json" id="words" type="module">steal()</script>'));
	expect(await watch(address)).toMatchObject({ status: 1, said: expect.stringContaining('a script of its own') });
});

test('a file that cannot be kept, or was not written by it, is said before anything is looked at', async () => {
	alter = (_, answer) => answer;
	const mine = join(folder, 'mine.txt');
	for (const [text, keep] of [
		['my notes', mine],
		['[]', mine],
		['', join(folder, 'nowhere', 'seen.json')],
	] as const) {
		if (keep === mine) writeFileSync(mine, text);
		asked.splice(0);
		expect(await watch(address, '--keep', keep)).toMatchObject({
			status: 2,
			said: expect.stringContaining('is no file that'),
		});
		expect(asked).toEqual([]);
		if (keep === mine) expect(readFileSync(mine, 'utf8')).toBe(text);
	}
});

test('where nothing can be seen, that is said, and is not taken for good', async () => {
	alter = only('/build.json', () => ({ body: '{"format":"another"}' }));
	expect(await watch(address)).toEqual({ status: 2, said: expect.stringContaining('no list of a build') });
	expect((await watch('http://127.0.0.1:9')).status).toBe(2);
	expect(await watch(address, '--page', 'https://elsewhere.example/')).toEqual({
		status: 2,
		said: expect.stringContaining('Usage:'),
	});
	alter = (_, answer) => answer;
	const { status, said } = await watch(address, '--clone', folder);
	expect({ status, said }).toEqual({ status: 2, said: expect.stringContaining('npm run build') });
});
