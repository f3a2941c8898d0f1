/**
 * A request's JSON (RFC 8259) of which one member is a string too long to be in memory: it is passed on as bytes while it comes in. Everything else is read as always,
 * by JSON.parse. Proven by test/server/platform/long-member.test.ts.
 */
import { joinBytes } from '../../shared/bytes.ts';
import { Problem } from './errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const [OPEN, CLOSE] = ['{['.split(''), '}]'.split('')].map((all) => new Set(all.map((one) => one.charCodeAt(0))));
const blank = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** JSON's short escapes (section 7), by the byte after the backslash. */
const escapes = new Map([...'"\\/bfnrt'].map((one, at) => [one.charCodeAt(0), '"\\/\b\f\n\r\t'.charCodeAt(at)]));
const UNICODE = 0x75;

/** Bytes that the rest of such a request may have. */
const REST = 256 * 1024;

export interface LongBody {
	/** The members that stand before the long one; all of them where it is not there, or no string. */
	before: unknown;
	/** To be read once, before `rest`. Null where the member is not there, or no string. */
	long: AsyncIterable<Uint8Array> | null;
	/** Reads to the end. @returns the whole without the long member: '' stands in its place */
	rest(): Promise<unknown>;
}

/** @throws Problem `malformed-request`, here or while it is read, where it is no JSON; `too-large` where what is not the long member is */
export async function readLongMember(source: AsyncIterable<Uint8Array>, member: string): Promise<LongBody> {
	const reading = new Reading(source, member);
	const found = await reading.head();
	const before = parsed(found ? reading.closed() : reading.text());
	return {
		before,
		long: found ? reading.long() : null,
		rest: async () => (found ? parsed(await reading.finish()) : before),
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Problem('malformed-request');
	}
}

class Reading {
	readonly #source: AsyncIterator<Uint8Array>;
	readonly #name: string;
	/** Of what is not the long member. */
	readonly #kept: Uint8Array[] = [];
	#size = 0;
	#piece: Uint8Array = new Uint8Array();
	#ended = false;
	/** Where the member's name begins in what is kept, and the comma before it. */
	#comma = 0;

	constructor(source: AsyncIterable<Uint8Array>, member: string) {
		this.#source = source[Symbol.asyncIterator]();
		this.#name = JSON.stringify(member);
	}

	async #more(): Promise<boolean> {
		const { value, done } = await this.#source.next();
		this.#ended = done === true;
		this.#piece = done ? new Uint8Array() : value;
		return !done;
	}

	#keep(bytes: Uint8Array): void {
		this.#size += bytes.length;
		if (this.#size > REST) throw new Problem('too-large');
		this.#kept.push(bytes);
	}

	text(): string {
		return Buffer.concat(this.#kept).toString();
	}

	/** What stands before the member, as an object of its own. */
	closed(): string {
		return `${Buffer.concat(this.#kept).subarray(0, this.#comma).toString()}}`;
	}

	/** @returns whether the member's string begins here; if not, everything was read */
	async head(): Promise<boolean> {
		let [depth, inString, escaped, named, from] = [0, false, false, false, 0];
		let name = '';
		for (let offset = 0; await this.#more(); offset = this.#size) {
			const piece = this.#piece;
			for (let at = 0; at < piece.length; at++) {
				const byte = piece[at] ?? 0;
				if (inString) {
					if (depth === 1 && name.length <= this.#name.length) name += String.fromCharCode(byte);
					if (escaped) escaped = false;
					else if (byte === BACKSLASH) escaped = true;
					else if (byte === QUOTE) inString = false;
				} else if (byte === QUOTE) {
					if (named) {
						this.#keep(piece.subarray(0, at + 1));
						this.#piece = piece.subarray(at + 1);
						this.#comma = from;
						return true;
					}
					inString = true;
					name = '"';
				} else if (byte === COLON) named = depth === 1 && name === this.#name;
				else if (!blank.has(byte)) {
					named = false;
					name = '';
					if (OPEN?.has(byte)) depth++;
					else if (CLOSE?.has(byte)) depth--;
					// Of the first member the bracket stays, of others what stands before their comma.
					if (depth === 1) from = offset + at + (OPEN?.has(byte) ? 1 : 0);
				}
			}
			this.#keep(piece);
		}
		return false;
	}

	/** The string's bytes, up to its closing quotation mark. */
	async *long(): AsyncGenerator<Uint8Array> {
		let cut: Uint8Array = new Uint8Array();
		for (;;) {
			if (this.#piece.length === 0 && !(await this.#more())) throw new Problem('malformed-request');
			const piece = cut.length === 0 ? this.#piece : joinBytes([cut, this.#piece]);
			const { bytes, read, ended } = unescaped(piece);
			this.#piece = ended ? piece.subarray(read) : new Uint8Array();
			cut = ended ? cut : piece.subarray(read);
			if (bytes.length > 0) yield bytes;
			if (ended) return;
		}
	}

	/** Everything but the string, which was read. */
	async finish(): Promise<string> {
		this.#keep(new Uint8Array([QUOTE]));
		do this.#keep(this.#piece);
		while (!this.#ended && (await this.#more()));
		return this.text();
	}
}

/** What the bytes of a JSON string stand for, how many were read (the last escape may be cut), and whether its end was among them, read as well. */
interface Unescaped {
	bytes: Uint8Array;
	read: number;
	ended: boolean;
}

const unescaped = (piece: Uint8Array): Unescaped => atOnce(piece) ?? oneByOne(piece);

/** By JSON.parse, as characters of a byte each, which is more than twice as fast. @returns null where there is more to it: the string's end, a character by its number, a mistake */
function atOnce({ buffer, byteOffset, length }: Uint8Array): Unescaped | null {
	const text = Buffer.from(buffer, byteOffset, length).toString('latin1');
	let end = text.length;
	while (text[end - 1] === '\\') end--;
	const whole = (text.length - end) % 2 === 0 ? text : text.slice(0, -1);
	if (whole.includes('\\u')) return null;
	try {
		return { bytes: Buffer.from(JSON.parse(`"${whole}"`), 'latin1'), read: whole.length, ended: false };
	} catch {
		return null;
	}
}

function oneByOne(piece: Uint8Array): Unescaped {
	const bytes = new Uint8Array(piece.length);
	let to = 0;
	for (let at = 0; at < piece.length; ) {
		const byte = piece[at] ?? 0;
		if (byte === QUOTE) return { bytes: bytes.subarray(0, to), read: at + 1, ended: true };
		if (byte < 0x20) throw new Problem('malformed-request');
		if (byte !== BACKSLASH) {
			bytes[to++] = byte;
			at++;
			continue;
		}
		const next = piece[at + 1];
		const short = next === undefined ? undefined : escapes.get(next);
		if (short !== undefined) {
			bytes[to++] = short;
			at += 2;
			continue;
		}
		if (next !== undefined && next !== UNICODE) throw new Problem('malformed-request');
		const length = lengthOfUnicode(piece, at);
		if (length === null) return { bytes: bytes.subarray(0, to), read: at, ended: false };
		const text: string = parsed(`"${Buffer.from(piece.subarray(at, at + length)).toString('latin1')}"`) as string;
		const encoded = Buffer.from(text);
		bytes.set(encoded, to);
		to += encoded.length;
		at += length;
	}
	return { bytes: bytes.subarray(0, to), read: piece.length, ended: false };
}

/** Of \uXXXX, or two of them that are the halves of one character; null where it may be cut. */
function lengthOfUnicode(piece: Uint8Array, at: number): 6 | 12 | null {
	const text = Buffer.from(piece.subarray(at, at + 12)).toString('latin1');
	if (/^\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/.test(text)) return 12;
	const first = text.slice(0, 6);
	if (first.length < 6 && !text.includes('"')) return null;
	// The first half alone: the other may be on its way.
	if (/^\\u[dD][89abAB]/.test(first) && text.length < 12 && /^(\\(u[0-9a-fA-F]{0,3})?)?$/.test(text.slice(6)))
		return null;
	return 6;
}
