import type { Readable } from 'node:stream';
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
	end(why: NotRead): void;
}

type NotRead = 'malformed-request' | 'overloaded' | 'too-large' | 'too-slow';

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
	 * @param body of which nothing was read; what is left of one that is refused is left to whoever ends the connection
	 * @param most bytes
	 * @throws Problem `too-large`, `too-slow`, `malformed-request` where it breaks off, `overloaded` where it made room for others
	 */
	async read({ key }: Client, body: Readable, most: number): Promise<Buffer<ArrayBuffer>> {
		this.#makeRoom(key);
		const arrived = await this.#arrived(key, body, most);
		if (typeof arrived !== 'string') return arrived;
		// Said here, in the language of whoever sent it.
		throw arrived === 'overloaded' ? overloaded() : new Problem(arrived);
	}

	/** Listens instead of iterating: most bodies are one piece, and every request pays for this. */
	#arrived(key: string, body: Readable, most: number): Promise<Buffer<ArrayBuffer> | NotRead> {
		return new Promise((resolve) => {
			let [bytes, size] = [Buffer.alloc(0), 0];
			const settle = (outcome: Buffer<ArrayBuffer> | NotRead) => {
				clearTimeout(deadline);
				this.#leave(coming);
				body.off('data', take).off('end', end).off('close', breakOff).pause();
				resolve(outcome);
				// What hears of errors later holds on to it, and nobody counts it any more.
				bytes = Buffer.alloc(0);
			};
			const coming: Coming = { key, held: 0, end: settle };
			const deadline = setTimeout(settle, this.#patience, 'too-slow');
			const take = (piece: Uint8Array) => {
				if (size + piece.length > most) return settle('too-large');
				bytes = roomFor(bytes, size + piece.length, most);
				bytes.set(piece, size);
				size += piece.length;
				this.#hold(coming, bytes.length);
			};
			const end = () => settle(bytes.subarray(0, size));
			const breakOff = () => settle('malformed-request');
			this.#coming.add(coming);
			// Whatever breaks off closes, too; unheard, the error would end the process.
			body.on('data', take).on('end', end).on('close', breakOff).on('error', breakOff);
		});
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
function roomFor(bytes: Buffer<ArrayBuffer>, needed: number, most: number): Buffer<ArrayBuffer> {
	if (needed <= bytes.length) return bytes;
	const grown = Buffer.alloc(Math.min(most, Math.max(needed, bytes.length * 2)));
	grown.set(bytes);
	return grown;
}
