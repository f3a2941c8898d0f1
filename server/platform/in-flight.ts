import type { Client } from './client.ts';
import { Problem } from './errors.ts';

/** Seconds. By then those before have been answered. */
const RETRY_AFTER = 2;

/** That there is no room now, and will be in a moment. */
export const overloaded = (): Problem => new Problem('overloaded', { retryAfter: RETRY_AFTER });

/** Places for requests, so that those beyond what can be served are told so at once rather than waiting behind others. */
export class InFlight {
	readonly #ofClient = new Map<string, number>();
	readonly #most: number;
	readonly #mostOfOne: number;
	#all = 0;

	/** @param mostOfOne of one client: a company or a proxy that many share may have as many, and one that stalls leaves room for others */
	constructor(most: number, mostOfOne: number) {
		this.#most = most;
		this.#mostOfOne = mostOfOne;
	}

	/** @throws Problem `overloaded` where no place is free */
	requireRoom({ key }: Client): void {
		if (this.#all >= this.#most || (this.#ofClient.get(key) ?? 0) >= this.#mostOfOne) throw overloaded();
	}

	/** @throws Problem `overloaded` where no place is free, before anything is done */
	async within(client: Client, work: () => Promise<void>): Promise<void> {
		const leave = this.hold(client);
		try {
			await work();
		} finally {
			leave();
		}
	}

	/** @returns gives the place back, once. @throws Problem `overloaded` where none is free */
	hold(client: Client): () => void {
		this.requireRoom(client);
		this.#all++;
		this.#ofClient.set(client.key, (this.#ofClient.get(client.key) ?? 0) + 1);
		return () => this.#leave(client.key);
	}

	#leave(key: string): void {
		this.#all--;
		const left = (this.#ofClient.get(key) ?? 1) - 1;
		if (left === 0) this.#ofClient.delete(key);
		else this.#ofClient.set(key, left);
	}
}
