import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { BetweenNodes } from '../../../server/platform/between-nodes.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import type { Hearing, Link } from '../../../server/platform/node-link.ts';
import { PeerKey } from '../../../server/platform/peer-key.ts';
import { RateLimits } from '../../../server/platform/rate-limit.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';

const noon = new Date('2027-01-01T12:00:00Z');
const allowance = { burst: 6, perMinute: 1 };

/** A queue that brings everything to everybody, as NOTIFY does, and what was ever in it. */
class Queue {
	readonly said: string[] = [];
	readonly #hearing = new Set<Hearing>();

	link = (hearing: Hearing): Link => {
		this.#hearing.add(hearing);
		queueMicrotask(() => hearing.linked());
		return {
			send: (text) => {
				this.said.push(text);
				for (const one of this.#hearing) setImmediate(() => this.#hearing.has(one) && one.heard(text));
			},
			close: async () => void this.#hearing.delete(hearing),
		};
	};
}

function startNode(queue: Queue, clock: SettableClock, hostSecret = 'of the host') {
	const peers = new PeerKey(clock);
	const between = new BetweenNodes(new SecretBox(new Secret(hostSecret)), clock, peers, queue.link);
	onTestFinished(() => between.stop());
	const limits = new RateLimits(clock, undefined, between);
	peers.onChange(() => limits.clear());
	const spend = (address: string, use = 'codes') =>
		limits.spend(use, { key: peers.hash(address), local: false }, allowance);
	const left = (address: string) => {
		for (let n = 0; ; n++)
			try {
				spend(address);
			} catch {
				return n;
			}
	};
	return { peers, between, spend, left };
}

/** Until everything that was said is heard, and what that led to. */
async function heard(): Promise<void> {
	for (let n = 0; n < 20; n++) await turn();
}

test('nodes agree on the oldest key of the day, and who joins later changes nothing', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const [a, b] = [startNode(queue, clock), startNode(queue, clock)];
	await heard();
	const hash = a.peers.hash('192.0.2.7');
	expect(b.peers.hash('192.0.2.7')).toBe(hash);
	clock.advance(5);
	const c = startNode(queue, clock);
	expect(c.peers.hash('192.0.2.7')).not.toBe(hash);
	await heard();
	expect([a, b, c].map(({ peers }) => peers.hash('192.0.2.7'))).toEqual([hash, hash, hash]);
});

test('what one node lets through counts on the others an interval later, and what was too much is paid back', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const [a, b] = [startNode(queue, clock), startNode(queue, clock)];
	await heard();
	for (let n = 0; n < 4; n++) a.spend('192.0.2.7');
	// Within an interval each decides for itself.
	for (let n = 0; n < 4; n++) b.spend('192.0.2.7');
	for (const { between } of [a, b]) between.tell();
	await heard();
	for (const node of [a, b]) expect(() => node.spend('192.0.2.7')).toThrow();
	// Eight of six were spent: three minutes give one.
	clock.advance(2);
	for (const node of [a, b]) expect(() => node.spend('192.0.2.7')).toThrow();
	clock.advance(1);
	a.spend('192.0.2.7');
	a.between.tell();
	await heard();
	expect(() => b.spend('192.0.2.7')).toThrow();
	b.spend('192.0.2.7', 'logins');
	expect(b.left('192.0.2.8')).toBe(6);
});

test('thousands of addresses in one interval go in parts that NOTIFY takes', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const [a, b] = [startNode(queue, clock), startNode(queue, clock)];
	await heard();
	const addresses = Array.from({ length: 3_000 }, (_, n) => `10.0.${n >> 8}.${n & 255}`);
	for (const address of addresses) a.spend(address, 'confirmation');
	for (const address of addresses) for (let n = 0; n < 5; n++) a.spend(address);
	a.between.tell();
	await heard();
	// However much each of them says, and of what kind it is, it has one length.
	expect(new Set(queue.said.map(({ length }) => length))).toEqual(new Set([7_771]));
	for (const address of addresses.slice(-100)) expect(b.left(address)).toBe(1);
});

test('when the day ends its key and counts are gone, also where clocks are some seconds apart', async () => {
	const queue = new Queue();
	const [early, late] = [new SettableClock(noon), new SettableClock(noon)];
	const [a, b] = [startNode(queue, early), startNode(queue, late)];
	await heard();
	const before = a.peers.hash('192.0.2.7');
	a.spend('192.0.2.7');
	early.set(new Date('2027-01-02T00:00:01Z'));
	late.set(new Date('2027-01-01T23:59:59Z'));
	const after = a.peers.hash('192.0.2.7');
	expect(after).not.toBe(before);
	await heard();
	expect([a, b].map(({ peers }) => peers.hash('192.0.2.7'))).toEqual([after, before]);
	late.set(new Date('2027-01-02T00:00:02Z'));
	b.between.tell();
	await heard();
	expect([a, b].map(({ peers }) => peers.hash('192.0.2.7'))).toEqual([after, after]);
	expect([a, b].map(({ left }) => left('192.0.2.7'))).toEqual([6, 6]);
});

test('whoever has all that was said and the host secret has neither the key nor what was counted', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const [a, b] = [startNode(queue, clock), startNode(queue, clock)];
	await heard();
	a.spend('192.0.2.7', 'confirmation');
	a.between.tell();
	await heard();
	const host = new SecretBox(new Secret('of the host'));
	const opened = queue.said.map((text) =>
		host.open('between nodes', '', new Uint8Array(Buffer.from(text, 'base64url'))),
	);
	const all = opened.map((bytes) => Buffer.from(bytes).toString());
	expect(all.map((text) => JSON.parse(text).kind)).toEqual(expect.arrayContaining(['hello', 'key', 'counted']));
	const secrets = [Buffer.from(a.peers.key.bytes).toString('base64url'), a.peers.hash('192.0.2.7'), 'confirmation'];
	for (const secret of secrets) expect(all.join()).not.toContain(secret);
	// Nor does it help to join in with another node's words: they are for whoever holds that node's own key.
	const replayed = startNode(new Queue(), clock);
	const of = replayed.peers.hash('192.0.2.7');
	const queue2 = new Queue();
	const listening = new BetweenNodes(host, clock, replayed.peers, queue2.link);
	onTestFinished(() => listening.stop());
	const wire = queue2.link({ heard: () => {}, linked: () => {} });
	for (const text of queue.said) wire.send(text);
	await heard();
	expect(replayed.peers.hash('192.0.2.7')).toBe(of);
	expect(b.peers.hash('192.0.2.7')).toBe(a.peers.hash('192.0.2.7'));
});

test('what comes from elsewhere is passed over', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const a = startNode(queue, clock);
	const stranger = startNode(queue, clock, 'of another host');
	await heard();
	for (let n = 0; n < 6; n++) stranger.spend('192.0.2.7');
	stranger.between.tell();
	const wire = queue.link({ heard: () => {}, linked: () => {} });
	for (const text of ['', 'x', 'A'.repeat(7_000), '{}', queue.said[0] ?? '']) wire.send(text);
	await heard();
	expect(stranger.peers.hash('192.0.2.7')).not.toBe(a.peers.hash('192.0.2.7'));
	expect(a.left('192.0.2.7')).toBe(6);
});

test('what is repeated, or held back for more than a minute, counts once or not at all', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const [a, b] = [startNode(queue, clock), startNode(queue, clock)];
	await heard();
	const from = queue.said.length;
	a.spend('192.0.2.7');
	a.between.tell();
	a.spend('192.0.2.8');
	a.between.tell();
	await heard();
	const wire = queue.link({ heard: () => {}, linked: () => {} });
	const repeated = queue.said.slice(0);
	expect(repeated.length).toBe(from + 2);
	for (const text of [...repeated, ...repeated, ...repeated.slice(-1)]) wire.send(text);
	await heard();
	// Nobody answers it, either: nothing was said since but by whoever repeats.
	expect(queue.said).toHaveLength(repeated.length * 3 + 1);
	expect(a.left('192.0.2.9')).toBe(6);
	expect([b.left('192.0.2.7'), b.left('192.0.2.8')]).toEqual([5, 5]);

	// A node that heard nothing of it, and shares the key, takes it in the same minute, and later no more.
	const told = queue.said.slice(from, from + 1);
	for (const [seconds, left] of [
		[59, 5],
		[61, 6],
	] as const) {
		const quiet = new Queue();
		const later = new SettableClock(new Date(noon.getTime() + seconds * 1_000));
		const late = startNode(quiet, later);
		late.peers.adopt({ madeAt: a.peers.key.madeAt, bytes: Uint8Array.from(a.peers.key.bytes) });
		expect(late.peers.name).toBe(a.peers.name);
		await heard();
		const ours = quiet.link({ heard: () => {}, linked: () => {} });
		for (const text of told) ours.send(text);
		await heard();
		expect(late.left('192.0.2.7'), `${seconds} s`).toBe(left);
	}
});

test('a clock that is set back, on all nodes, keeps nobody from being heard', async () => {
	const queue = new Queue();
	const clock = new SettableClock(noon);
	const [a, b] = [startNode(queue, clock), startNode(queue, clock)];
	await heard();
	clock.set(new Date('2027-01-01T11:00:00Z'));
	a.spend('192.0.2.7');
	a.between.tell();
	await heard();
	expect(b.left('192.0.2.7')).toBe(5);
});
