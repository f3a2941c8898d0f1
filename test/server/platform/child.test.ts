import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Child } from '../../../server/platform/child.ts';

/** One that renders. It waits to be told what. */
function begin(): Child {
	const child = new Child(new URL('../../../server/published/render-program.ts', import.meta.url));
	onTestFinished(() => child.end());
	return child;
}

test.skipIf(!existsSync('/proc/self/environ'))(
	'a child is told where compiled code is kept and how it gives memory back, and nothing else',
	() => {
		vi.stubEnv('HOST_SECRET', 'not for children');
		onTestFinished(() => void vi.unstubAllEnvs());
		const environ = readFileSync(`/proc/${begin().pid}/environ`, 'utf8').split('\0').filter(Boolean);
		const names = environ.map((variable) => variable.split('=', 1)[0] ?? '');
		expect(names).toContain('NODE_CHANNEL_FD');
		expect(names.filter((name) => !/^(NODE_(COMPILE_CACHE|CHANNEL_\w+)|MALLOC_ARENA_MAX)$/.test(name))).toEqual([]);
	},
);

test.each(['ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'])(
	'a source that breaks off with %s is not taken for the end of the child',
	async (code) => {
		const child = begin();
		const aborted = Object.assign(new Error('aborted'), { code });
		const source = async function* () {
			yield new Uint8Array(1024);
			throw aborted;
		};
		await expect(child.feed(source())).rejects.toBe(aborted);
		expect(child.over).toBe(false);
	},
);

test('of a child that was killed, whoever feeds it or waits for its word hears by what', async () => {
	const child = begin();
	const endless = async function* () {
		for (;;) yield new Uint8Array(2 ** 20);
	};
	const both = Promise.allSettled([child.feed(endless()), child.next()]);
	process.kill(child.pid ?? 0, 'SIGKILL');
	for (const heard of await both) expect(heard).toMatchObject({ reason: { code: 'SIGKILL' } });
});
