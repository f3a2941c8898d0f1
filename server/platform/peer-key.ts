import { createHash, randomBytes } from 'node:crypto';
import { type Bytes, b64u, utf8 } from '../../shared/bytes.ts';
import { hmac } from '../../shared/keys.ts';
import type { Clock } from './clock.ts';

/** One day's key (UTC). Nodes that hear of each other take the oldest of theirs. */
export interface DayKey {
	/** Milliseconds since 1970. */
	madeAt: number;
	/** 32 random bytes, in the memory of nodes and nowhere else. */
	bytes: Bytes;
}

const day = (time: number): number => Math.floor(time / 86_400_000);

const nameOf = (bytes: Uint8Array): string => createHash('sha256').update('peer key').update(bytes).digest('hex');

/** Which of two keys of one day nodes agree on: the older, so that who joins changes nothing. */
export const isOlder = (a: { madeAt: number; name: string }, b: { madeAt: number; name: string }): boolean =>
	a.madeAt === b.madeAt ? a.name < b.name : a.madeAt < b.madeAt;

/**
 * The key under which network addresses are hashed before anything may count them. Another one each day; the one before is gone, and with it whatever was counted
 * under it. Neither the database nor the host secret gives it. Proven by test/server/platform/between-nodes.test.ts.
 */
export class PeerKey {
	readonly #clock: Clock;
	readonly #listeners: (() => void)[] = [];
	#key: DayKey;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#key = this.#made();
	}

	/** Of today. */
	get key(): DayKey {
		if (day(this.#key.madeAt) !== day(this.#clock.now().getTime())) this.#take(this.#made());
		return this.#key;
	}

	/** Of today's, to whoever holds it as well. */
	get name(): string {
		const { bytes } = this.key;
		return nameOf(bytes);
	}

	/** @returns 22 characters */
	hash(address: string): string {
		return b64u(hmac(this.key.bytes, utf8(address))).slice(0, 22);
	}

	/** Called when another key has come, by the day or from another node: what was counted under the one before belongs to nobody now. */
	onChange(listener: () => void): void {
		this.#listeners.push(listener);
	}

	isOfToday(madeAt: number): boolean {
		return day(madeAt) === day(this.key.madeAt);
	}

	/** Another node's. One that is younger, or of another day, is left alone. */
	adopt(other: DayKey): void {
		if (!this.isOfToday(other.madeAt)) return;
		const own = { madeAt: this.#key.madeAt, name: this.name };
		if (isOlder({ madeAt: other.madeAt, name: nameOf(other.bytes) }, own)) this.#take(other);
	}

	#made(): DayKey {
		return { madeAt: this.#clock.now().getTime(), bytes: new Uint8Array(randomBytes(32)) };
	}

	#take(key: DayKey): void {
		this.#key.bytes.fill(0);
		this.#key = key;
		for (const listener of this.#listeners) listener();
	}
}
