/**
 * Documents: JSON that has one spelling (docs/protocol.md, section 1). Signed and hashed as the bytes that travel, so one is
 * accepted only if writing its listed fields in their listed order gives the same bytes back.
 */
import * as v from 'valibot';
import { type Bytes, b64u, fromUtf8, utf8Length } from './bytes.ts';
import { Fault } from './fault.ts';

/** Any schema without promises. Objects in it are strict, their entries in the order of docs/protocol.md. */
export type DocumentSchema<T> = v.GenericSchema<unknown, T>;

/**
 * @param place where it stands, for the Fault
 * @param limit the most bytes of UTF-8 that it may have
 * @throws Fault `document-too-long`, `document-form`, `document-not-canonical`, `encoding`
 */
export function readDocument<T>(schema: DocumentSchema<T>, source: string | Bytes, place: string, limit: number): T {
	// A string has at most as many UTF-16 units as bytes of UTF-8: cheap first, so that nothing huge is encoded.
	if (source.length > limit || (typeof source === 'string' && byteLength(source, limit) > limit)) {
		throw new Fault('document-too-long', place, `This document is longer than ${limit} bytes.`);
	}
	const text = typeof source === 'string' ? source : fromUtf8(source);
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw new Fault('document-form', place, 'This document is not JSON.');
	}
	const value = checkDocument(schema, parsed, place);
	if (JSON.stringify(value) !== text) {
		throw new Fault('document-not-canonical', place, 'This document is not written the one way that is accepted.');
	}
	return value;
}

/** The document's text. Its fields are put in the order of the schema. @throws Fault `document-form` */
export function writeDocument<T>(schema: DocumentSchema<T>, value: T, place = 'document'): string {
	return JSON.stringify(checkDocument(schema, value, place));
}

function checkDocument<T>(schema: DocumentSchema<T>, value: unknown, place: string): T {
	const result = v.safeParse(schema, value, { abortEarly: true });
	if (result.success) return result.output;
	const issue = result.issues[0];
	const field = v.getDotPath(issue);
	// Never what was received, which valibot's own messages quote: that can be a name or an address.
	const expected = issue.type === 'check' ? issue.message : (issue.expected ?? issue.type);
	throw new Fault(
		'document-form',
		field ? `${place}, ${field}` : place,
		`This does not have the form expected: ${expected}.`,
	);
}

/** A well-formed string of so many bytes of UTF-8. */
export function text(least: number, most: number) {
	return v.pipe(
		v.string(),
		v.check((s) => s.isWellFormed(), 'well formed'),
		v.check((s) => s.length >= least || utf8Length(s) >= least, `at least ${least} bytes`),
		v.check((s) => byteLength(s, most) <= most, `at most ${most} bytes`),
	);
}

/** Bytes of UTF-8, or a bound on them below `limit`: a UTF-16 unit has at most three, so most texts need no counting. */
function byteLength(s: string, limit: number): number {
	return s.length * 3 <= limit || s.length > limit ? s.length * 3 : utf8Length(s);
}

/** Exactly so many bytes in base64url. */
export function encoded(bytes: number) {
	const whole = Math.floor((bytes * 4) / 3);
	// The last character carries 2 or 4 bits: only those of its values that leave the others zero are accepted.
	const last = { 0: '', 1: '[AQgw]', 2: '[AEIMQUYcgkosw048]' }[bytes % 3] ?? '';
	return v.pipe(v.string(), v.regex(new RegExp(`^[A-Za-z0-9_-]{${whole}}${last}$`)));
}

export function integer(least: number, most: number) {
	return v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
}

/** 128 random bits. */
export const id = encoded(16);
/** A SHA-256 value, a salt, a raw Ed25519 or X25519 public key. */
export const bytes32 = encoded(32);
/** An Ed25519 authenticator (RFC 8032). */
export const authenticator = encoded(64);

/** `YYYY-MM-DDTHH:MM:SSZ`, an instant that exists. */
export const time = v.pipe(
	v.string(),
	v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
	v.check((s) => !Number.isNaN(Date.parse(s)) && writeTime(new Date(s)) === s, 'a time that exists'),
);

export function writeTime(date: Date): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}

/** The public half of an Ed25519 key as JWK (RFC 8037). */
export const ed25519Jwk = v.strictObject({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), x: bytes32 });
export type Ed25519Jwk = v.InferOutput<typeof ed25519Jwk>;

export function toEd25519Jwk(publicKey: Bytes | string): Ed25519Jwk {
	return { kty: 'OKP', crv: 'Ed25519', x: typeof publicKey === 'string' ? publicKey : b64u(publicKey) };
}
