import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { KeptAnswers } from '../../../server/published/kept-answers.ts';

describe('pages of released letters, given again without the program', () => {
	test('a crowd costs one question; a second later it is asked anew, and nobody waits for it', async () => {
		const { read, asked, passTime, hold } = await keeping();
		const crowd = await Promise.all(Array.from({ length: 20 }, () => read('/letters/a/')));
		expect(new Set(crowd.map(({ body }) => body))).toEqual(new Set(['/letters/a/ as br, for the 1. time']));
		passTime(1_001);
		const release = hold();
		for (const _ of ['the first', 'the next']) expect((await read('/letters/a/')).body).toContain('1. time');
		await release.asked;
		release.go();
		await expect.poll(async () => (await read('/letters/a/')).body).toContain('2. time');
		expect(asked()).toBe(2);
		expect((await read('/letters/a/', { 'accept-encoding': 'gzip' })).body).toBe(
			'/letters/a/ as gzip, for the 1. time',
		);
	});

	test('two seconds after it was right it is given to nobody, and once the program says that it is gone, at once to nobody', async () => {
		const { read, passTime, hold, erase } = await keeping();
		await read('/letters/a/');
		passTime(2_001);
		expect((await read('/letters/a/')).body).toContain('2. time');
		passTime(1_001);
		erase();
		const release = hold();
		expect((await read('/letters/a/')).body).toContain('2. time');
		await release.asked;
		release.go();
		await expect.poll(async () => (await read('/letters/a/')).body).toBe('the program');
	});

	test('while the program is overloaded, what it said last is given for ten seconds more, and it is not asked each time', async () => {
		const { read, asked, passTime, overload } = await keeping();
		await read('/letters/a/');
		overload(true);
		for (let second = 0; second < 10; second++) {
			passTime(1_001);
			for (let reader = 0; reader < 10; reader++) expect((await read('/letters/a/')).body).toContain('1. time');
		}
		expect(asked()).toBeLessThanOrEqual(11);
		passTime(1_001);
		expect((await read('/letters/a/')).body).toBe('the program');
		overload(false);
		expect((await read('/letters/a/')).body).toMatch(/time$/);
	});

	test('what nobody asks for any more leaves the memory within a minute, what is fresh stays', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		onTestFinished(() => void vi.useRealTimers());
		const { read, kept, passTime } = await keeping();
		await read('/letters/erased/');
		passTime(2_001);
		expect(kept.bytes).toBeGreaterThan(0);
		const { body } = await read('/letters/shown/');
		vi.advanceTimersByTime(60_000);
		expect(kept.bytes).toBe(body.length);
		passTime(2_001);
		vi.advanceTimersByTime(60_000);
		expect(kept.bytes).toBe(0);
		expect(vi.getTimerCount()).toBe(0);
	});

	test('what changed in this process shows at once, and what was asked for before it changed is not kept', async () => {
		const { read, kept, hold } = await keeping();
		await read('/letters/a/');
		kept.clear();
		const release = hold();
		const before = read('/letters/a/');
		await release.asked;
		kept.clear();
		release.go();
		expect((await before).body).toContain('2. time');
		expect((await read('/letters/a/')).body).toContain('3. time');
	});

	test('all else is for the program: other methods, ranges, questions, other spellings, large files, errors', async () => {
		const { read, asked } = await keeping();
		const elsewhere = ['/letters/a/release.json', '/letters/a/?q=1', '/letters/', '/s', '/letters/a/large.html'];
		const otherwise = ['%69ndex.html', './index.html', '../a/index.html', '//index.html', '.html', 'index.htm%6c'];
		for (const path of [...elsewhere, ...otherwise.map((rest) => `/letters/a/${rest}`), '/letters/%61/'])
			expect((await read(path)).body).toBe('the program');
		expect((await read('/letters/a/', { range: 'bytes=0-1' })).body).toBe('the program');
		expect((await read('/letters/a/gone.html')).body).toBe('the program');
		expect(asked()).toBe(2);
	});
});

/** A server that answers what it has kept, in front of a program that counts what it is asked. */
async function keeping() {
	let now = 0;
	const times = new Map<string, number>();
	let held: Promise<void> = Promise.resolve();
	let arrived = () => {};
	let gone = /gone\.html$/;
	let overloaded = false;
	const kept = new KeptAnswers(
		async (path, [coding = '']) => {
			const at = (times.get(`${path} ${coding}`) ?? 0) + 1;
			times.set(`${path} ${coding}`, at);
			arrived();
			await held;
			if (overloaded) return new Response('', { status: 503 });
			const body = path.endsWith('large.html') ? 'x'.repeat(600_000) : `${path} as ${coding}, for the ${at}. time`;
			const headers = { etag: `"${at}"`, 'cache-control': 'public, max-age=60', 'content-length': String(body.length) };
			return gone.test(path) ? new Response('', { status: 404 }) : new Response(body, { headers });
		},
		() => now,
	);
	const server = createServer((request, response) => {
		kept.answer(request, response, (_, answer) => void answer.end('the program'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	return {
		kept,
		read: (path: string, headers: Record<string, string> = {}) =>
			readFrom(port, path, { 'accept-encoding': 'br', ...headers }),
		asked: () => [...times.values()].reduce((sum, one) => sum + one, 0),
		passTime: (milliseconds: number) => {
			now += milliseconds;
		},
		overload: (on: boolean) => {
			overloaded = on;
		},
		/** The program has nothing any more. */
		erase: () => {
			gone = /./;
		},
		/** The program's next answer waits until `go`. */
		hold: () => {
			let go = () => {};
			held = new Promise((resolve) => {
				go = resolve;
			});
			const asked = new Promise<void>((resolve) => {
				arrived = resolve;
			});
			return { asked, go };
		},
	};
}

/** The path is sent as it is written. */
const readFrom = (port: number, path: string, headers: Record<string, string>) =>
	new Promise<{ body: string }>((resolve, reject) => {
		get({ port, path, headers, host: '127.0.0.1' }, (answer) => {
			text(answer).then((body) => resolve({ body }), reject);
		}).once('error', reject);
	});
