import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Problem } from '../../../server/platform/errors.ts';
import { SmallBodies } from '../../../server/platform/small-bodies.ts';

const KILOBYTE = 1024;
/** Longer than any of these tests. */
const PATIENCE = 60_000;
const MOST = 256 * KILOBYTE;

/** A body that comes as the test says. */
function body() {
	const stream = new Readable({ read() {} });
	return {
		stream,
		send: (bytes: number) => stream.push(new Uint8Array(bytes).fill(7)),
		end: () => stream.push(null),
		fail: () => stream.destroy(new Error('gone')),
	};
}

/** The length of what was read, or the code of why not. */
const outcome = (reading: Promise<Uint8Array>): Promise<unknown> =>
	reading.then(
		({ length }) => length,
		(failure: unknown) => (failure instanceof Problem ? failure.code : failure),
	);

function asks(bodies: SmallBodies, key: string) {
	const { stream, ...rest } = body();
	return { ...rest, outcome: outcome(bodies.read({ key, local: false }, stream, MOST)) };
}

/** Those that have an outcome by now. */
async function decided(all: readonly { outcome: Promise<unknown> }[]): Promise<unknown[]> {
	await new Promise((resolve) => setImmediate(resolve));
	const open = Symbol();
	const now = await Promise.all(all.map((one) => Promise.race([one.outcome, open])));
	return now.filter((said) => said !== open);
}

test('what comes in pieces is read whole; one byte too many, or a line that breaks, ends it', async () => {
	const bodies = new SmallBodies(PATIENCE);
	const [whole, larger, broken] = [asks(bodies, 'a'), asks(bodies, 'a'), asks(bodies, 'a')];
	for (let at = 0; at < 256; at++) whole.send(KILOBYTE);
	whole.end();
	larger.send(MOST);
	larger.send(1);
	broken.send(1);
	broken.fail();
	expect(await Promise.all([whole, larger, broken].map((one) => one.outcome))).toEqual([
		...[MOST, 'too-large', 'malformed-request'],
	]);
	const same = await new SmallBodies(PATIENCE).read(
		{ key: 'a', local: false },
		Readable.from([Buffer.from('{"a":1}')]),
		MOST,
	);
	expect(new TextDecoder().decode(same)).toBe('{"a":1}');
});

test('a byte now and then buys no time', async () => {
	const slow = asks(new SmallBodies(30), 'a');
	const dripping = setInterval(() => slow.send(1), 5);
	expect(await slow.outcome).toBe('too-slow');
	clearInterval(dripping);
});

test('a client with too many makes room among its own, and whoever has the most where all are too many', async () => {
	const bodies = new SmallBodies(PATIENCE);
	const of = (key: string, count: number) => Array.from({ length: count }, () => asks(bodies, key));
	const honest = asks(bodies, 'honest');
	const [first, ...rest] = of('first', 129);
	expect(await first?.outcome).toBe('overloaded');
	const others = [...of('second', 128), ...of('third', 128), ...of('fourth', 120)];
	expect(await decided([honest, ...rest, ...others])).toEqual([]);
	const many = Array.from({ length: 100 }, (_, at) => asks(bodies, `new ${at}`));
	expect(await decided([honest, ...many])).toEqual([]);
	expect(await decided([...rest, ...others])).toEqual(Array(93).fill('overloaded'));
	honest.send(2);
	honest.end();
	expect(await honest.outcome).toBe(2);
});

test('where the bytes of all are too many, the largest goes', async () => {
	const bodies = new SmallBodies(PATIENCE);
	const small = asks(bodies, 'honest');
	small.send(10 * KILOBYTE);
	const large = Array.from({ length: 64 }, (_, at) => asks(bodies, `client ${at}`));
	for (const one of large) one.send(MOST);
	expect(await decided(large)).toEqual(['overloaded']);
	small.end();
	expect(await small.outcome).toBe(10 * KILOBYTE);
});

test('of a body that was refused nothing is held, though its connection still stands', async () => {
	setFlagsFromString('--expose-gc');
	const gc: () => void = runInNewContext('gc');
	const held = () => {
		gc();
		return process.memoryUsage().arrayBuffers;
	};
	const bodies = new SmallBodies(PATIENCE);
	const before = held();
	const refused = Array.from({ length: 400 }, (_, at) => asks(bodies, String(at)));
	for (const one of refused) for (const bytes of [MOST, 1]) one.send(bytes);
	expect(new Set(await Promise.all(refused.map((one) => one.outcome)))).toEqual(new Set(['too-large']));
	// What came is garbage a moment later; the rest is what other tests left in this process.
	await expect.poll(() => held() - before, { timeout: 10_000 }).toBeLessThan(200 * MOST);
	for (const one of refused) one.fail();
});
