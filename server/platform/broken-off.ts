import type { Log } from './log.ts';

/**
 * Of an answer that began and cannot be finished: what its stream has to end with, so that the connection breaks off. Whatever else it ends with, @hono/node-server (handleResponseError)
 * writes that error's message behind what was sent and ends the answer as if it were whole; of this code it takes it that nobody is there to be told. Proven by
 * test/server/release/draft.test.ts and test/server/platform/broken-off.test.ts.
 */
function brokenOff(log: Log, failure: unknown): Error {
	log('answer broken off', { failure });
	return Object.assign(new Error('an answer was broken off'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}

/** Of pieces that a database gives one after the other: read as fast as they are taken, and ended where nobody takes them any more. Where they fail, the answer breaks off. */
export function piecewise(pieces: AsyncIterable<Uint8Array>, log: Log): ReadableStream<Uint8Array> {
	const reading = orBrokenOff(log, pieces);
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value, done } = await reading.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		async cancel() {
			await reading.return(undefined);
		},
	});
}

/** Pieces of such an answer, whose failure breaks it off. */
export async function* orBrokenOff<Piece>(log: Log, pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
	try {
		yield* pieces;
	} catch (failure) {
		throw brokenOff(log, failure);
	}
}
