/** Bytes and how they travel: base64url, framing, hashes (docs/protocol.md, section 1). */
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
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		all.set(part, offset);
		offset += part.length;
	}
	return all;
}

/** UTF-8 (RFC 3629). The caller has refused lone surrogates, which would become U+FFFD. */
export function utf8(text: string): Bytes {
	return encoder.encode(text);
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
/** Value of each ASCII code, 255 for what is not in the alphabet. */
const VALUES = new Uint8Array(128).fill(255);
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
		for (const shift of [18, 12, 6, 0]) out[at++] = ALPHABET[(triple >> shift) & 63] ?? 0;
	}
	return ascii.decode(out);
}

/**
 * The bytes of a base64url string, only if encoding them gives the same string back.
 * @param length the number of bytes that there must be
 * @throws Fault `encoding`
 */
export function fromB64u(text: string, length?: number): Bytes {
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let held = 0;
	let bits = 0;
	let at = 0;
	for (let i = 0; i < text.length; i++) {
		const value = VALUES[text.charCodeAt(i)] ?? 255;
		if (value === 255) throw new Fault('encoding', `character ${i + 1}`, 'This is not base64url.');
		held = ((held << 6) | value) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[at++] = held >> bits;
		}
	}
	// 6 bits left over: one character too many. Bits that are not zero: a second spelling of the same bytes.
	if (bits === 6 || (held & ((1 << bits) - 1)) !== 0) {
		throw new Fault('encoding', 'end', 'This base64url ends in bits that belong to no byte.');
	}
	if (length !== undefined && bytes.length !== length) {
		throw new Fault('encoding', 'length', `There are ${bytes.length} bytes where ${length} belong.`);
	}
	return bytes;
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Four bytes, big endian. @throws RangeError: cut to 32 bits, two numbers would be one */
export function u32(n: number): Bytes {
	if (!Number.isInteger(n) || n < 0 || n > 0xffff_ffff) throw new RangeError('not a number of 32 bits');
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, n);
	return bytes;
}

/** In time that depends on the lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
	return difference === 0;
}

/** u32(length of tag) ‖ tag ‖ u32(length of part) ‖ part ‖ …: no two lists of parts give the same bytes. */
export function frame(tag: string, ...parts: Uint8Array[]): Bytes {
	return joinBytes([utf8(tag), ...parts].flatMap((part) => [u32(part.length), part]));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** H(tag, part, …): SHA-256 over the frame. */
export function hash(tag: string, ...parts: Uint8Array[]): Promise<Bytes> {
	return sha256(frame(tag, ...parts));
}

/** At most 65,536 bytes, the most that one call of getRandomValues gives. */
export function randomBytes(length: number): Bytes {
	return crypto.getRandomValues(new Uint8Array(length));
}

/** 128 random bits, 22 characters. */
export function newId(): string {
	return b64u(randomBytes(16));
}
