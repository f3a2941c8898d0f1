/** Building blocks of request and response shapes. Both ends check with them; the limits stand in ../limits.ts. */
import * as v from 'valibot'

const base64url = /^[A-Za-z0-9_-]+$/

/** Exactly `bytes` bytes as base64url without padding (RFC 4648, section 5). */
export const bytes = (count: number) =>
	v.pipe(v.string(), v.regex(base64url), v.length(Math.ceil((count * 4) / 3)))
/** At most `count` bytes as base64url. */
export const bytesUpTo = (count: number) =>
	v.pipe(v.string(), v.regex(base64url), v.maxLength(Math.ceil((count * 4) / 3)))
/** 128 random bits. */
export const id = bytes(16)
/** 256 bits: a hash, a public key, a salt. */
export const bytes32 = bytes(32)
/** An Ed25519 signature. */
export const authenticator = bytes(64)
/** `YYYY-MM-DDTHH:MM:SSZ`. */
export const time = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
/** Text of at most `limit` UTF-8 bytes. */
export const text = (limit: number) => v.pipe(v.string(), v.maxBytes(limit))
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
export const approval = v.strictObject({ organizer: id, authenticator })
