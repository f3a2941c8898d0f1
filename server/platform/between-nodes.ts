import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import type { Clock } from './clock.ts';
import type { Hearing, Link } from './node-link.ts';
import { isOlder, type PeerKey } from './peer-key.ts';
import { Secret } from './secret.ts';
import { SecretBox } from './secret-box.ts';

/** How long a node keeps to itself what it counted: so much more than an allowance may each further node let through. */
const INTERVAL_MS = 1_000;
/** Names that one interval may tell of; a flood from ever new addresses goes beyond, and then each node counts those for itself. */
const MOST_NAMES = 20_000;
/** Characters of a part before it is sealed and written in base64url. */
const PART = 4_000;
/** Bytes of each message before it is sealed and written in base64url once more, however little it says: 7,771 characters then, and NOTIFY takes 7,999. */
const SIZE = 5_800;
/** Nodes whose clocks are further apart do not hear each other. */
const APART_MS = 60_000;
const KEY_BYTES = 32;

/** What is counted over all nodes. */
export interface Between {
	/**
	 * @param topic which of the counters of a node these are
	 * @param hear how often another node has counted a name lately
	 * @returns how to count one here, for the others
	 */
	share(topic: string, hear: (name: string, times: number) => void): (name: string) => void;
	stop(): Promise<void>;
}

/** On the embedded database there is one node. */
export const alone: Between = { share: () => () => {}, stop: async () => {} };

/** `at`: when it was said, by the clock of who says it; of two messages of one sender never the same, and never less in the later. */
const head = { from: v.string(), at: v.number(), madeAt: v.number(), name: v.string() };
const message = v.variant('kind', [
	v.object({ kind: v.literal('hello'), ...head }),
	v.object({ kind: v.literal('key'), ...head, to: v.string(), box: v.string() }),
	v.object({ kind: v.literal('counted'), ...head, box: v.string() }),
]);
type Message = v.InferOutput<typeof message>;
type Told = Message extends infer One ? (One extends Message ? Omit<One, keyof typeof head> : never) : never;
const counted = v.array(v.tuple([v.string(), v.string(), v.pipe(v.number(), v.integer(), v.minValue(1))]));

const b64u = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

/** A key pair (X25519) of this process, so that what was said cannot be read later, by nobody, once nodes have forgotten theirs. */
class Pair {
	readonly #own: KeyObject;
	readonly name: string;

	constructor() {
		const { privateKey, publicKey } = generateKeyPairSync('x25519');
		this.#own = privateKey;
		this.name = publicKey.export({ format: 'jwk' }).x ?? '';
	}

	/** What only these two can open. */
	with(other: string): SecretBox {
		const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: other } });
		return new SecretBox(new Secret(b64u(diffieHellman({ privateKey: this.#own, publicKey }))));
	}
}

/**
 * Nodes on one database tell each other about once a second what they have counted, and agree on the day's key under which they hash addresses. What they say is sealed under that key, which
 * passes from one node's memory to another's under a key that both have made for it, and all of it under the host secret: so neither the database's disk, nor the host secret, nor
 * both tell anything of it afterwards. Each message is heard once, within a minute, and all have one length: whoever may only connect to the database can repeat what was said, and
 * changes nothing by it. A node that hears nothing counts for itself. Proven by test/server/platform/between-nodes.test.ts.
 */
export class BetweenNodes implements Between {
	readonly #host: SecretBox;
	readonly #clock: Clock;
	readonly #peers: PeerKey;
	readonly #link: Link;
	readonly #timer: NodeJS.Timeout;
	readonly #topics = new Map<string, (name: string, times: number) => void>();
	/** By topic and name, with a line end between. */
	readonly #counts = new Map<string, number>();
	/** When each sender has said something last, today; this process is one as well, under each name that it had. */
	readonly #heardOf = new Map<string, number>();
	#saidAt = 0;
	#pair = new Pair();

	constructor(host: SecretBox, clock: Clock, peers: PeerKey, link: (hearing: Hearing) => Link) {
		this.#host = host;
		this.#clock = clock;
		this.#peers = peers;
		peers.onChange(() => {
			this.#counts.clear();
			for (const [from, at] of this.#heardOf) if (!peers.isOfToday(at)) this.#heardOf.delete(from);
			this.#pair = new Pair();
			// After whoever changed it has done so.
			setImmediate(() => this.#say({ kind: 'hello' }));
		});
		this.#link = link({ heard: (text) => this.#heard(text), linked: () => this.#say({ kind: 'hello' }) });
		this.#timer = setInterval(() => this.tell(), INTERVAL_MS).unref();
	}

	share(topic: string, hear: (name: string, times: number) => void): (name: string) => void {
		this.#topics.set(topic, hear);
		return (name) => {
			const id = `${topic}\n${name}`;
			const before = this.#counts.get(id);
			if (before !== undefined || this.#counts.size < MOST_NAMES) this.#counts.set(id, (before ?? 0) + 1);
		};
	}

	/** Tells the others what was counted since, in an order that says nothing. */
	tell(): void {
		// A day that has ended takes its counts along.
		const { bytes } = this.#peers.key;
		if (this.#counts.size === 0) return;
		const all = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
		this.#counts.clear();
		const box = new SecretBox(new Secret(b64u(bytes)));
		let part: string[] = [];
		let length = 0;
		const send = () => {
			const sealed = box.seal('between nodes', 'counted', Buffer.from(`[${part.join()}]`));
			this.#say({ kind: 'counted', box: b64u(sealed) });
			part = [];
			length = 0;
		};
		for (const [id, times] of all) {
			const piece = JSON.stringify([...id.split('\n'), times]);
			if (length + piece.length > PART) send();
			part.push(piece);
			length += piece.length + 1;
		}
		send();
	}

	async stop(): Promise<void> {
		clearInterval(this.#timer);
		await this.#link.close();
	}

	#say(told: Told): void {
		const { madeAt } = this.#peers.key;
		const now = this.#clock.now().getTime();
		// A clock was set back: from here on it is a sender of whom nobody has heard yet.
		if (now < this.#saidAt - APART_MS / 2) {
			this.#pair = new Pair();
			this.#saidAt = 0;
		}
		this.#saidAt = Math.max(this.#saidAt + 1, now);
		this.#heardOf.set(this.#pair.name, this.#saidAt);
		const said = { ...told, from: this.#pair.name, at: this.#saidAt, madeAt, name: this.#peers.name };
		const padded = Buffer.from(JSON.stringify(said).padEnd(SIZE));
		this.#link.send(b64u(this.#host.seal('between nodes', '', padded)));
	}

	#heard(text: string): void {
		try {
			const said = Buffer.from(this.#host.open('between nodes', '', bytesOf(text))).toString();
			const read = v.safeParse(message, JSON.parse(said));
			if (read.success && this.#isNew(read.output)) this.#take(read.output);
		} catch {
			// From elsewhere, or from a node with another host secret: nothing of ours.
		}
	}

	/** Neither one's own nor repeated, nor held back. */
	#isNew({ from, at }: Message): boolean {
		if (Math.abs(this.#clock.now().getTime() - at) > APART_MS || at <= (this.#heardOf.get(from) ?? 0)) return false;
		this.#heardOf.set(from, at);
		return true;
	}

	#take(said: Message): void {
		const { key, name } = this.#peers;
		// About midnight, from a node whose clock is not quite ours.
		if (!this.#peers.isOfToday(said.madeAt)) return;
		if (said.name === name) {
			if (said.kind === 'counted') this.#count(said.box);
		} else if (isOlder({ madeAt: key.madeAt, name }, said)) this.#handOver(said.from);
		else if (said.kind === 'key' && said.to === this.#pair.name) {
			const bytes = this.#pair.with(said.from).open('day key', said.from, bytesOf(said.box));
			if (bytes.length === KEY_BYTES) this.#peers.adopt({ madeAt: said.madeAt, bytes: new Uint8Array(bytes) });
		} else this.#say({ kind: 'hello' });
	}

	#handOver(to: string): void {
		const box = this.#pair.with(to).seal('day key', this.#pair.name, this.#peers.key.bytes);
		this.#say({ kind: 'key', to, box: b64u(box) });
	}

	#count(box: string): void {
		const opened = new SecretBox(new Secret(b64u(this.#peers.key.bytes))).open(
			'between nodes',
			'counted',
			bytesOf(box),
		);
		for (const [topic, name, times] of v.parse(counted, JSON.parse(Buffer.from(opened).toString())))
			this.#topics.get(topic)?.(name, times);
	}
}
