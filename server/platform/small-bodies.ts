import type { Client } from './client.ts';
import { Problem } from './errors.ts';
import { overloaded } from './in-flight.ts';

/** Bodies that come in at the same time, of everybody and of one client, and the bytes that are held of them. */
const MOST = 512;
const MOST_OF_ONE = 128;
const MOST_BYTES = 16 * 1024 ** 2;

/** One that has not come in yet. */
interface Coming {
	key: string;
	/** Bytes in memory. */
	held: number;
	end(why: 'overloaded' | 'too-slow'): void;
}

/**
 * Small bodies, read before their requests take any place: whoever sends slowly holds up nobody. Where there is no room for another one, one that is slower makes room, of the client that
 * has the most of them. So a newcomer always comes in, and nearly every body is there with its head. Proven by test/server/platform/small-bodies.test.ts and test/server/overload.test.ts.
 */
export class SmallBodies {
	/** The oldest first. */
	readonly #coming = new Set<Coming>();
	readonly #patience: number;
	#held = 0;

	/** @param patience milliseconds until a body has to be whole */
	constructor(patience: number) {
		this.#patience = patience;
	}

	/**
	 * @param most bytes
	 * @throws Problem `too-large`, `too-slow`, `malformed-request` where it breaks off, `overloaded` where it made room for others
	 */
	async read({ key }: Client, body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
		const reader = body.getReader();
		let ended: 'overloaded' | 'too-slow' | undefined;
		const coming: Coming = {
			...{ key, held: 0 },
			end: (why) => {
				ended = why;
				this.#leave(coming);
				// What waits for the next piece hears that there is none.
				reader.cancel().catch(() => {});
			},
		};
		this.#makeRoom(key);
		this.#coming.add(coming);
		const deadline = setTimeout(() => coming.end('too-slow'), this.#patience);
		let [bytes, size] = [new Uint8Array(0), 0];
		try {
			for (;;) {
				const { done, value } = await reader.read().catch(() => {
					throw new Problem('malformed-request');
				});
				// Said here, in the language of whoever sent it.
				if (ended === 'overloaded') throw overloaded();
				if (ended) throw new Problem(ended);
				if (done) return bytes.subarray(0, size);
				if (size + value.length > most) throw new Problem('too-large');
				bytes = roomFor(bytes, size + value.length, most);
				bytes.set(value, size);
				size += value.length;
				this.#hold(coming, bytes.length);
			}
		} finally {
			clearTimeout(deadline);
			this.#leave(coming);
		}
	}

	#makeRoom(key: string): void {
		if (this.#coming.size < MOST_OF_ONE) return;
		const counts = new Map<string, number>();
		for (const { key } of this.#coming) counts.set(key, (counts.get(key) ?? 0) + 1);
		if ((counts.get(key) ?? 0) >= MOST_OF_ONE) this.#oldestOf(key)?.end('overloaded');
		else if (this.#coming.size >= MOST) {
			const [most] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
			this.#oldestOf(most)?.end('overloaded');
		}
	}

	#oldestOf(key: string): Coming | undefined {
		for (const coming of this.#coming) if (coming.key === key) return coming;
		return undefined;
	}

	/** Where all are too much together, the largest goes. */
	#hold(coming: Coming, bytes: number): void {
		this.#held += bytes - coming.held;
		coming.held = bytes;
		while (this.#held > MOST_BYTES) {
			let largest = coming;
			for (const other of this.#coming) if (other.held > largest.held) largest = other;
			largest.end('overloaded');
		}
	}

	#leave(coming: Coming): void {
		if (this.#coming.delete(coming)) this.#held -= coming.held;
	}
}

/** Twice as large each time: pieces of a byte each cost no more than one of all. */
function roomFor(bytes: Uint8Array<ArrayBuffer>, needed: number, most: number): Uint8Array<ArrayBuffer> {
	if (needed <= bytes.length) return bytes;
	const grown = new Uint8Array(Math.min(most, Math.max(needed, bytes.length * 2)));
	grown.set(bytes);
	return grown;
}
