import type { Client } from './client.ts';
import { Problem } from './errors.ts';

/** Requests that are being answered at once: what two cores answer in about two seconds, so that nobody waits longer for a place. */
const MOST = 128;
/** Of one client: a company or a proxy that many share may have as many, and one that stalls leaves room for others. */
const MOST_OF_ONE = 64;
/** Seconds. By then those before have been answered. */
const RETRY_AFTER = 2;

/** Places for requests, so that those beyond what can be served are told so at once rather than waiting behind others. */
export class InFlight {
	readonly #ofClient = new Map<string, number>();
	#all = 0;

	/** @throws Problem `overloaded` where no place is free, before anything is done */
	async within({ key }: Client, work: () => Promise<void>): Promise<void> {
		const own = this.#ofClient.get(key) ?? 0;
		if (this.#all >= MOST || own >= MOST_OF_ONE) throw new Problem('overloaded', { retryAfter: RETRY_AFTER });
		this.#all++;
		this.#ofClient.set(key, own + 1);
		try {
			await work();
		} finally {
			this.#leave(key);
		}
	}

	#leave(key: string): void {
		this.#all--;
		const left = (this.#ofClient.get(key) ?? 1) - 1;
		if (left === 0) this.#ofClient.delete(key);
		else this.#ofClient.set(key, left);
	}
}
