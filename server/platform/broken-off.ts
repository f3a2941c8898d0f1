import type { Log } from './log.ts';

/**
 * Of an answer that began and cannot be finished: what its stream has to end with, so that the connection breaks off. Whatever else it ends with, @hono/node-server (handleResponseError)
 * writes that error's message behind what was sent and ends the answer as if it were whole; of this code it takes it that nobody is there to be told. Proven by
 * test/server/release/draft.test.ts and test/server/platform/broken-off.test.ts.
 */
export function brokenOff(log: Log, failure: unknown): Error {
	log('answer broken off', { failure });
	return Object.assign(new Error('an answer was broken off'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}

/** Pieces of such an answer, whose failure breaks it off. */
export async function* orBrokenOff<Piece>(log: Log, pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
	try {
		yield* pieces;
	} catch (failure) {
		throw brokenOff(log, failure);
	}
}
