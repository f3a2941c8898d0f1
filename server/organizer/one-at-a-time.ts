import { Problem } from '../platform/errors.ts';
import { isLarge } from '../platform/http.ts';

/** Seconds. So long a large release is brought and checked. */
const RETRY_AFTER = 30;

const sending = new Set<string>();

/**
 * One large body at a time of each organizer: what it takes in memory, on the disk and of the processors while it is read cannot be had many times over by one alone.
 * Proven by test/server/release/large-bodies.test.ts. @throws Problem `overloaded`, with the body unread
 */
export async function oneAtATime(organizer: string, headers: Headers, work: () => Promise<void>): Promise<void> {
	if (!isLarge(headers)) return await work();
	if (sending.has(organizer)) throw new Problem('overloaded', { retryAfter: RETRY_AFTER });
	sending.add(organizer);
	try {
		await work();
	} finally {
		sending.delete(organizer);
	}
}
