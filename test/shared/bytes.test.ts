import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	b64u,
	concat,
	equal,
	frame,
	fromB64u,
	fromUtf8,
	hash,
	hex,
	newId,
	u32,
	utf8,
	utf8Length,
} from '../../shared/bytes.ts';
import { faultOf } from '../support/fault-of.ts';

const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Uint8Array.from(array));

test('base64url is that of RFC 4648, section 10', () => {
	const pairs = { '': '', f: 'Zg', fo: 'Zm8', foo: 'Zm9v', foob: 'Zm9vYg', fooba: 'Zm9vYmE', foobar: 'Zm9vYmFy' };
	for (const [plain, code] of Object.entries(pairs)) expect(b64u(utf8(plain))).toBe(code);
	expect(b64u(new Uint8Array([251, 255]))).toBe('-_8');
});

test('texts, short or long, become the bytes of UTF-8, and are counted as so many', () => {
	const encoder = new TextEncoder();
	const letters = fc.string({ unit: fc.constantFrom('a', '\x7f', '\x80', 'é', 'ÿ', 'Ā', '漢', '👋'), maxLength: 3 });
	fc.assert(
		// About as long as what is encoded here, and longer.
		fc.property(fc.integer({ min: 0, max: 130 }), letters, (length, rest) => {
			const text = 'b'.repeat(length) + rest;
			const expected = encoder.encode(text);
			return equal(utf8(text), expected) && utf8Length(text) === expected.length;
		}),
	);
});

test('what was encoded is decoded, and each string stands for other bytes', () => {
	fc.assert(fc.property(bytes, (original) => equal(fromB64u(b64u(original)), original)));
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(...'AQgwEz09-_='), maxLength: 9 }), (text) => {
			let decoded: Uint8Array;
			try {
				decoded = fromB64u(text);
			} catch {
				return true;
			}
			return b64u(decoded) === text;
		}),
	);
});

test.each(['A', 'Zh', 'Zm9=', 'Zm9v\n', 'Zm 9', 'Zm+v', 'Zm/v', 'Zmé9'])('%j is refused', async (text) => {
	expect(await faultOf(() => fromB64u(text))).toBe('encoding');
});

test('a length is asked for', async () => {
	expect(await faultOf(() => fromB64u('Zm9v', 4))).toBe('encoding');
});

test('frames of different parts differ', () => {
	const parts = fc.tuple(fc.string({ unit: 'binary-ascii', maxLength: 5 }), fc.array(bytes, { maxLength: 4 }));
	fc.assert(
		fc.property(parts, parts, ([tagA, a], [tagB, b]) => {
			const same = tagA === tagB && a.length === b.length && a.every((part, i) => equal(part, b[i] ?? u32(0)));
			return equal(frame(tagA, ...a), frame(tagB, ...b)) === same;
		}),
	);
	expect(equal(frame('t', utf8('ab'), utf8('c')), frame('t', utf8('a'), utf8('bc')))).toBe(false);
});

test('H is SHA-256 over the frame', async () => {
	const framed = concat(u32(1), utf8('t'), u32(2), utf8('ab'));
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', framed));
	expect(hex(await hash('t', utf8('ab')))).toBe(hex(digest));
});

test('UTF-8 keeps a byte order mark and refuses what is none', async () => {
	expect(fromUtf8(utf8('\ufeffa'))).toBe('\ufeffa');
	expect(await faultOf(() => fromUtf8(new Uint8Array([0xff])))).toBe('encoding');
	expect(await faultOf(() => fromUtf8(new Uint8Array([0xc0, 0x80])))).toBe('encoding');
});

test('ids are 22 characters and differ', () => {
	const ids = Array.from({ length: 100 }, newId);
	expect(new Set(ids).size).toBe(100);
	for (const id of ids) expect(fromB64u(id, 16)).toHaveLength(16);
});
