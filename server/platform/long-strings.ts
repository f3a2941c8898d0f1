/**
 * A request's JSON (RFC 8259) with strings so long that, together, they would not fit into memory as values of JavaScript: they are kept as bytes. Everything else is read as always, by
 * JSON.parse. Proven by test/server/platform/long-strings.test.ts.
 */
import { Problem } from './errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MARK = new Uint8Array([QUOTE]);

/** Bytes from which a string is long. */
export const LONG = 64 * 1024;
/** Bytes that all that is not long may have. */
const REST = 4 * 2 ** 20;

export interface LongStrings {
	/** Where a long string stood, `{ long: n }` stands. */
	whole: unknown;
	/** The bytes between the quotation marks, as `take` made them. */
	long: Uint8Array[];
}

/**
 * @param take what is kept of a long string; its bytes may hold escapes of JSON, which it has to refuse or to read
 * @param most bytes of one string
 * @throws Problem `malformed-request`, `too-large` where a string is, or all that is not long, and what `take` throws
 */
export async function readLongStrings(
	source: AsyncIterable<Uint8Array>,
	take: (bytes: Buffer) => Uint8Array,
	most: number,
): Promise<LongStrings> {
	const reading = new Reading(take, most);
	// What is refused is not ended: whoever asked reads on, and hears why.
	const pieces = source[Symbol.asyncIterator]();
	for (let next = await pieces.next(); !next.done; next = await pieces.next()) reading.read(next.value);
	return reading.end();
}

/** Bytes one after the other, in one buffer: an object for each of a million pieces would take a hundred times as much memory as they do. */
class Gathered {
	readonly #most: number;
	#bytes = Buffer.alloc(1024);
	#length = 0;

	constructor(most: number) {
		this.#most = most;
	}

	/** @throws Problem `too-large` */
	add(bytes: Uint8Array): void {
		const length = this.#length + bytes.length;
		if (length > this.#most) throw new Problem('too-large');
		if (length > this.#bytes.length) {
			const larger = Buffer.alloc(Math.max(length, 2 * this.#bytes.length));
			larger.set(this.#bytes.subarray(0, this.#length));
			this.#bytes = larger;
		}
		this.#bytes.set(bytes, this.#length);
		this.#length = length;
	}

	/** Until the next `add`. */
	get all(): Buffer {
		return this.#bytes.subarray(0, this.#length);
	}

	/** @param keep whether the same buffer may hold what comes next */
	empty(keep: boolean): void {
		if (!keep) this.#bytes = Buffer.alloc(1024);
		this.#length = 0;
	}
}

class Reading {
	readonly #take: (bytes: Buffer) => Uint8Array;
	readonly #rest = new Gathered(REST);
	/** The string that is being read, its first quotation mark included. */
	readonly #string: Gathered;
	#inString = false;
	#escaped = false;
	readonly #long: Uint8Array[] = [];

	constructor(take: (bytes: Buffer) => Uint8Array, most: number) {
		this.#take = take;
		this.#string = new Gathered(most + 1);
	}

	read(piece: Uint8Array): void {
		for (let from = 0; from < piece.length; ) {
			const end = this.#inString ? this.#endOfString(piece, from) : piece.indexOf(QUOTE, from);
			const to = end === -1 ? piece.length : end;
			(this.#inString ? this.#string : this.#rest).add(piece.subarray(from, to));
			from = to;
			if (end === -1) continue;
			if (this.#inString) this.#endString();
			else this.#string.add(MARK);
			this.#inString = !this.#inString;
			from++;
		}
	}

	end(): LongStrings {
		if (this.#inString) throw new Problem('malformed-request');
		try {
			return { whole: JSON.parse(this.#rest.all.toString()), long: this.#long };
		} catch {
			throw new Problem('malformed-request');
		}
	}

	/** Of the quotation mark that ends it; -1 where it is not in this piece. */
	#endOfString(piece: Uint8Array, from: number): number {
		for (let at = from; at < piece.length; at++) {
			const byte = piece[at];
			if (this.#escaped) this.#escaped = false;
			else if (byte === BACKSLASH) this.#escaped = true;
			else if (byte === QUOTE) return at;
		}
		return -1;
	}

	#endString(): void {
		const string = this.#string.all;
		const isLong = string.length > LONG;
		if (isLong) {
			this.#rest.add(Buffer.from(`{"long":${this.#long.length}}`));
			this.#long.push(this.#take(string.subarray(1)));
		} else {
			this.#rest.add(string);
			this.#rest.add(MARK);
		}
		this.#string.empty(!isLong);
	}
}
