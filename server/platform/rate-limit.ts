import type { Client } from './client.ts';
import type { Clock } from './clock.ts';
import { Problem } from './errors.ts';

export interface Allowance {
	/** How many may come at once. */
	burst: number;
	/** How many more each minute after that. */
	perMinute: number;
}

interface Bucket {
	left: number;
	filledAt: number;
	allowance: Allowance;
}

const mostBuckets = 100_000;
/** What is left after a sweep, so that a flood from ever new addresses costs one sweep for each ten thousand of them. */
const bucketsLeft = 90_000;

/** Token buckets in memory, one for each use and client; nothing about a client outlives the process. */
export class RateLimits {
	readonly #buckets = new Map<string, Bucket>();
	readonly #clock: Clock;
	readonly #exempt: (client: Client) => boolean;

	constructor(clock: Clock, exempt: (client: Client) => boolean = () => false) {
		this.#clock = clock;
		this.#exempt = exempt;
	}

	/** Takes one from the client's allowance for this use; throws `too-many-requests` when none is left. */
	spend(use: string, client: Client, allowance: Allowance): void {
		if (this.#exempt(client)) return;
		const now = this.#clock.now().getTime();
		const name = `${use} ${client.key}`;
		const bucket = this.#buckets.get(name) ?? { left: allowance.burst, filledAt: now, allowance };
		const minutes = Math.max(0, now - bucket.filledAt) / 60_000;
		bucket.left = Math.min(allowance.burst, bucket.left + minutes * allowance.perMinute);
		bucket.filledAt = now;
		this.#buckets.set(name, bucket);
		if (this.#buckets.size > mostBuckets) this.#dropFull(now);
		if (bucket.left < 1) throw new Problem('too-many-requests');
		bucket.left -= 1;
	}

	/** A bucket that has filled up again says nothing any more. */
	#dropFull(now: number): void {
		for (const [name, { left, filledAt, allowance }] of this.#buckets) {
			if (left + ((now - filledAt) / 60_000) * allowance.perMinute >= allowance.burst) this.#buckets.delete(name);
		}
		// Only a flood from very many addresses gets here; the oldest entries go first.
		for (const name of this.#buckets.keys()) {
			if (this.#buckets.size <= bucketsLeft) break;
			this.#buckets.delete(name);
		}
	}
}
