/** Bytes and how they travel: base64url, framing, hashes (docs/protocol.md, section 1). */
import { sha256 as hashHere } from '@noble/hashes/sha2.js';
import { Fault } from './fault.ts';

/** Bytes that WebCrypto takes: never over a SharedArrayBuffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
/** `ignoreBOM` keeps a leading U+FEFF in the text, so that decoding and encoding stay inverse. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ascii = new TextDecoder('latin1');

export function concat(...parts: Uint8Array[]): Bytes {
	return joinBytes(parts);
}

/** For long lists: as arguments of a call, a hundred thousand parts overflow the stack. */
export function joinBytes(parts: Uint8Array[]): Bytes {
	let length = 0;
	for (const part of parts) length += part.length;
	const all = new Uint8Array(length);
	let offset = 0;
	for (const part of parts) {
		all.set(part, offset);
		offset += part.length;
	}
	return all;
}

/** UTF-8 (RFC 3629). The caller has refused lone surrogates, which would become U+FFFD. */
export function utf8(text: string): Bytes {
	return (text.length <= ID && fromAscii(text)) || encoder.encode(text);
}

/** Characters: ids, keys and tags are no longer. For those a browser takes ten times as long on the way to its encoder, or decoder, as a loop does here. */
const ID = 64;

/** Null where there is another character. */
function fromAscii(text: string): Bytes | null {
	const bytes = new Uint8Array(text.length);
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code > 0x7f) return null;
		bytes[at] = code;
	}
	return bytes;
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

/** How many bytes `utf8` gives; those of documents, nearly all of which are ASCII, without writing them. */
export function utf8Length(text: string): number {
	return BEYOND_ASCII.test(text) ? encoder.encode(text).length : text.length;
}

/** @throws Fault `encoding` unless the bytes are UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
	try {
		return decoder.decode(bytes);
	} catch {
		throw new Fault('encoding', 'text', 'These bytes are not UTF-8.');
	}
}

const ALPHABET = encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
/** Value of each ASCII code, −1 for what is not in the alphabet. */
const VALUES = new Int8Array(128).fill(-1);
ALPHABET.forEach((code, value) => {
	VALUES[code] = value;
});

/** base64url without padding (RFC 4648, section 5). */
export function b64u(bytes: Uint8Array): string {
	const out = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
	let at = 0;
	for (let i = 0; i < bytes.length; i += 3) {
		const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		// The last group writes past the end of `out` where there are no bytes; a typed array drops those.
		out[at] = ALPHABET[triple >> 18] ?? 0;
		out[at + 1] = ALPHABET[(triple >> 12) & 63] ?? 0;
		out[at + 2] = ALPHABET[(triple >> 6) & 63] ?? 0;
		out[at + 3] = ALPHABET[triple & 63] ?? 0;
		at += 4;
	}
	return out.length <= ID ? String.fromCharCode(...out) : ascii.decode(out);
}

/**
 * The bytes of a base64url string, only if encoding them gives the same string back.
 * @param length the number of bytes that there must be
 * @throws Fault `encoding`
 */
export function fromB64u(text: string, length?: number): Bytes {
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	const whole = text.length - (text.length % 4);
	let at = 0;
	for (let i = 0; i < whole; i += 4) {
		// Four characters are 24 bits; one that is not in the alphabet makes them negative.
		const bits =
			(valueAt(text, i) << 18) | (valueAt(text, i + 1) << 12) | (valueAt(text, i + 2) << 6) | valueAt(text, i + 3);
		if (bits < 0) throw notInAlphabet(text);
		bytes[at++] = bits >> 16;
		bytes[at++] = bits >> 8;
		bytes[at++] = bits;
	}
	const left = text.length - whole;
	if (left > 0) {
		const bits =
			(valueAt(text, whole) << 18) |
			(left > 1 ? valueAt(text, whole + 1) << 12 : 0) |
			(left > 2 ? valueAt(text, whole + 2) << 6 : 0);
		if (bits < 0) throw notInAlphabet(text);
		// 6 bits left over: one character too many. Bits that are not zero: a second spelling of the same bytes.
		if (left === 1 || (bits & (left === 2 ? 0xffff : 0xff)) !== 0) {
			throw new Fault('encoding', 'end', 'This base64url ends in bits that belong to no byte.');
		}
		bytes[at++] = bits >> 16;
		if (left === 3) bytes[at++] = bits >> 8;
	}
	if (length !== undefined && bytes.length !== length) {
		throw new Fault('encoding', 'length', `There are ${bytes.length} bytes where ${length} belong.`);
	}
	return bytes;
}

/** From 0 to 63; below 0 for what is not in the alphabet, which stays below 0 however it is shifted and joined. */
function valueAt(text: string, at: number): number {
	return VALUES[text.charCodeAt(at)] ?? -1;
}

function notInAlphabet(text: string): Fault {
	const at = Array.from({ length: text.length }, (_, i) => i).find((i) => valueAt(text, i) < 0) ?? 0;
	return new Fault('encoding', `character ${at + 1}`, 'This is not base64url.');
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += PAIRS[byte];
	return text;
}

/** Four bytes, big endian. @throws RangeError: cut to 32 bits, two numbers would be one */
export function u32(n: number): Bytes {
	if (!Number.isInteger(n) || n < 0 || n > 0xffff_ffff) throw new RangeError('not a number of 32 bits');
	return new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);
}

/** In time that depends on the lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
	return difference === 0;
}

/** By tag: the protocol has a few dozen, and an opening frames ten times for each name. */
const beginnings = new Map<string, Bytes>();

/** u32(length of tag) ‖ tag */
function beginning(tag: string): Bytes {
	const known = beginnings.get(tag);
	if (known !== undefined) return known;
	const bytes = utf8(tag);
	const made = concat(u32(bytes.length), bytes);
	beginnings.set(tag, made);
	return made;
}

/** u32(length of tag) ‖ tag ‖ u32(length of part) ‖ part ‖ …: no two lists of parts give the same bytes. */
export function frame(tag: string, ...parts: Uint8Array[]): Bytes {
	const begins = beginning(tag);
	let length = begins.length;
	for (const part of parts) length += 4 + part.length;
	const all = new Uint8Array(length);
	all.set(begins);
	let at = begins.length;
	for (const part of parts) {
		const { length } = part;
		all[at] = length >>> 24;
		all[at + 1] = length >>> 16;
		all[at + 2] = length >>> 8;
		all[at + 3] = length;
		all.set(part, at + 4);
		at += 4 + length;
	}
	return all;
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
	if (bytes.length <= SHORT) return new Uint8Array(hashHere(bytes));
	return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Bytes: for fewer, the way to WebCrypto's SHA-256 and back takes longer than hashing here does. An opening hashes a dozen such for each name. */
const SHORT = 4096;

/** H(tag, part, …): SHA-256 over the frame. */
export function hash(tag: string, ...parts: Uint8Array[]): Promise<Bytes> {
	return sha256(frame(tag, ...parts));
}

/** The same where it stands, of so few bytes that a promise would take longer. */
export function hashNow(tag: string, ...parts: Uint8Array[]): Bytes {
	return new Uint8Array(hashHere(frame(tag, ...parts)));
}

/** At most 65,536 bytes, the most that one call of getRandomValues gives. */
export function randomBytes(length: number): Bytes {
	return crypto.getRandomValues(new Uint8Array(length));
}

/** 128 random bits, 22 characters. */
export function newId(): string {
	return b64u(randomBytes(16));
}
