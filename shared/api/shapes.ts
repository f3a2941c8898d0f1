/** Building blocks of request and response shapes. Both ends check with them; the limits stand in ../limits.ts. */
import * as v from 'valibot';
import { authenticator, bytes32, encoded, id, time } from '../document.ts';

export { authenticator, bytes32, id, time };

/** Exactly so many bytes as base64url without padding (RFC 4648, section 5), in its one spelling: what passes always decodes. */
export const bytes = encoded;
/** At most `count` bytes as base64url. */
export const bytesUpTo = (count: number) =>
	v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(Math.ceil((count * 4) / 3)));
/** Text of at most `limit` UTF-8 bytes that any database takes: well formed, without NUL. */
export const text = (limit: number) =>
	v.pipe(
		v.string(),
		v.maxBytes(limit),
		v.check((s) => s.isWellFormed() && !s.includes('\0'), 'text without characters that cannot be kept'),
	);
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
export const approval = v.strictObject({ organizer: id, authenticator });
