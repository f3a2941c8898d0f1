import { createHmac, randomBytes } from 'node:crypto';
import type { Between } from './between-nodes.ts';
import type { Clock } from './clock.ts';
import type { PeerKey } from './peer-key.ts';

/** Mails to one mailbox within an hour, whichever letter they are for. */
const MOST = 3;
const HOUR_MS = 3_600_000;

/**
 * How many codes went to a mailbox lately, over all letters of this host, so that no number of letters makes a flood of mails to one person. In memory only, for an hour, under keys of the process
 * and of the day. Nodes hear of each other's within a second or two. Proven by test/server/platform/mailbox-hour.test.ts; what holds for one letter, to the mail, is employment/confirmation.ts's.
 */
export class MailboxHour {
	readonly #clock: Clock;
	readonly #peers: PeerKey;
	readonly #tell: (name: string) => void;
	readonly #own = randomBytes(32);
	/** When mails went out, by a hash of the mailbox: of the process for this node's, of the day for the others'. */
	readonly #mailed = new Map<string, number[]>();
	#sweptAt = 0;

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
	async within(address: string, decide: (room: boolean) => Promise<boolean>): Promise<boolean> {
		const own = createHmac('sha256', this.#own).update(address).digest('base64url');
		const name = this.#peers.hash(`mailbox ${address}`);
		this.#sweep();
		const room = this.#lately(own).length + this.#lately(name).length < MOST;
		const at = room ? this.#note(own) : null;
		let goes = false;
		try {
			goes = await decide(room);
		} finally {
			if (!goes && at !== null) this.#giveBack(own, at);
		}
		if (goes) this.#tell(name);
		return goes;
	}

	#now(): number {
		return this.#clock.now().getTime();
	}

	/** A clock that was set back makes nobody's hour shorter. */
	#lately(name: string): number[] {
		const now = this.#now();
		return (this.#mailed.get(name) ?? []).filter((at) => now - at < HOUR_MS);
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

	/** Now and then, so that nothing is kept for much longer than it counts. */
	#sweep(): void {
		const now = this.#now();
		if (Math.abs(now - this.#sweptAt) < HOUR_MS / 12) return;
		this.#sweptAt = now;
		for (const name of this.#mailed.keys()) if (this.#lately(name).length === 0) this.#mailed.delete(name);
	}
}
