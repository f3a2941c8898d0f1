import { tooManyUntil } from '../../shared/error-words.ts';
import { alone, type Between } from './between-nodes.ts';
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
/** Milliseconds: nobody's bucket is kept for longer than a minute after it says nothing any more, where somebody comes at all. */
const sweepEvery = 60_000;
/** What is left after a sweep, so that a flood from ever new addresses costs one sweep for each ten thousand of them. */
const bucketsLeft = 90_000;

/**
 * Token buckets in memory, one for each use and client, over all nodes: each node decides at once, and hears within a second or two what the others have spent. So for a moment every
 * further node may let an allowance through again; what was too much is paid back before more is given. Proven by test/server/platform/rate-limit.test.ts.
 */
export class RateLimits {
	readonly #buckets = new Map<string, Bucket>();
	readonly #clock: Clock;
	readonly #exempt: (client: Client) => boolean;
	readonly #tell: (name: string) => void;
	#sweptAt = 0;

	constructor(clock: Clock, exempt: (client: Client) => boolean = () => false, between: Between = alone) {
		this.#clock = clock;
		this.#exempt = exempt;
		this.#tell = between.share('spent', (name, times) => this.#hear(name, times));
	}

	/** Takes one from the client's allowance for this use; throws `too-many-requests` when none is left, saying when the next is there. */
	spend(use: string, client: Client, allowance: Allowance): void {
		if (this.#exempt(client)) return;
		const name = [allowance.burst, allowance.perMinute, client.key, use].join(' ');
		const bucket = this.#filled(name, allowance);
		if (bucket.left < 1) throw tooMany(bucket);
		bucket.left -= 1;
		this.#tell(name);
	}

	/** What was counted under a key that is gone belongs to nobody. */
	clear(): void {
		this.#buckets.clear();
	}

	/** The name says how large the bucket is: this node may not have had it. */
	#hear(name: string, times: number): void {
		const [burst, perMinute] = name.split(' ', 2).map(Number);
		if (burst === undefined || perMinute === undefined || !(burst >= 0 && perMinute >= 0)) return;
		this.#filled(name, { burst, perMinute }).left -= times;
	}

	#filled(name: string, allowance: Allowance): Bucket {
		const now = this.#clock.now().getTime();
		// Before this one is looked for, which may be full and would go as well.
		if (this.#buckets.size > mostBuckets || Math.abs(now - this.#sweptAt) >= sweepEvery) this.#sweep(now);
		const bucket = this.#buckets.get(name) ?? { left: allowance.burst, filledAt: now, allowance };
		const minutes = Math.max(0, now - bucket.filledAt) / 60_000;
		bucket.left = Math.min(allowance.burst, bucket.left + minutes * allowance.perMinute);
		bucket.filledAt = now;
		this.#buckets.set(name, bucket);
		return bucket;
	}

	/** A bucket that has filled up again says nothing any more. */
	#sweep(now: number): void {
		this.#sweptAt = now;
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

function tooMany({ left, allowance }: Bucket): Problem {
	const retryAfter = Math.ceil(((1 - left) / allowance.perMinute) * 60);
	return new Problem('too-many-requests', { retryAfter, detail: tooManyUntil(retryAfter) });
}
