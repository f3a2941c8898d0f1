import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Between } from './between-nodes.ts';
import type { Clock } from './clock.ts';
import type { PeerKey } from './peer-key.ts';

/** Mails to one mailbox within an hour, of one letter. */
const MOST = 3;
const HOUR_MS = 3_600_000;

/** Under which mails are counted: the mailbox's own, and the mailbox's for one letter. */
interface Names {
	all: string;
	here: string;
}

/**
 * How many codes went to a mailbox lately: three an hour of one letter at most, and over all letters of this host three, plus the first of each further letter. Were that one refused as well,
 * whoever asks for another letter's codes in a colleague's name would keep the colleague out of every letter here, unnoticed. In memory only, for an hour, under keys of the process
 * and of the day. Nodes hear of each other's within a second or two. Proven by test/server/platform/mailbox-hour.test.ts; what holds for one letter, to the mail, is employment/confirmation.ts's.
 */
export class MailboxHour {
	readonly #clock: Clock;
	readonly #peers: PeerKey;
	readonly #tell: (name: string) => void;
	readonly #own = createSecretKey(randomBytes(32));
	/** When mails went out, by a hash of the mailbox: of the process for this node's, of the day for the others'. */
	readonly #mailed = new Map<string, number[]>();

	constructor(clock: Clock, peers: PeerKey, between: Between) {
		this.#clock = clock;
		this.#peers = peers;
		this.#tell = between.share('mailed', (name, times) => {
			for (let more = Math.min(times, MOST); more > 0; more--) this.#note(name);
		});
	}

	/**
	 * Keeps a place for a mail while it is decided whether one goes.
	 * @param decide is told whether there is room, and says whether a mail goes
	 */
	async within(address: string, letter: string, decide: (room: boolean) => Promise<boolean>): Promise<boolean> {
		const hash = (of: string) => createHmac('sha256', this.#own).update(of).digest('base64url');
		const own: Names = { all: hash(address), here: hash(`${letter} ${address}`) };
		const day: Names = {
			all: this.#peers.hash(`mailbox ${address}`),
			here: this.#peers.hash(`mailbox ${letter} ${address}`),
		};
		const count = (which: keyof Names) => this.#lately(own[which]).length + this.#lately(day[which]).length;
		const room = count('all') < MOST || count('here') === 0;
		const noted = room ? [own.all, own.here].map((name) => ({ name, at: this.#note(name) })) : [];
		let goes = false;
		try {
			goes = await decide(room);
		} finally {
			if (!goes) for (const { name, at } of noted) this.#giveBack(name, at);
		}
		if (goes) for (const name of [day.all, day.here]) this.#tell(name);
		return goes;
	}

	/** To be called each minute, so that nothing is kept for longer than it counts, though nobody asks any more: neither who asked, nor yesterday's key. */
	forget(): void {
		// The key of a day that has ended goes when it is asked for.
		this.#peers.key;
		for (const name of this.#mailed.keys()) if (this.#lately(name).length === 0) this.#mailed.delete(name);
	}

	/** How many mailboxes, and mailboxes of letters, are remembered. */
	get size(): number {
		return this.#mailed.size;
	}

	#now(): number {
		return this.#clock.now().getTime();
	}

	/** A clock that was set back keeps nobody waiting for more than an hour. */
	#lately(name: string): number[] {
		const now = this.#now();
		return (this.#mailed.get(name) ?? []).filter((at) => Math.abs(now - at) < HOUR_MS);
	}

	#note(name: string): number {
		const at = this.#now();
		this.#mailed.set(name, [...this.#lately(name), at]);
		return at;
	}

	#giveBack(name: string, at: number): void {
		const times = this.#mailed.get(name) ?? [];
		const found = times.indexOf(at);
		if (found >= 0) this.#mailed.set(name, times.toSpliced(found, 1));
	}
}
