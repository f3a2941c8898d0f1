import type { ServerResponse } from 'node:http';
import type { Client } from './client.ts';
import { InFlight } from './in-flight.ts';
import { TAKEN_MS } from './patience.ts';

/** Answers at once, to everybody and to one client. */
const MOST = 128;
const MOST_OF_ONE = 32;
/** Bytes. What is smaller waits for its reader outside of this process, in the system's buffers. */
const LARGE = 512 * 1024;

/**
 * Large answers outlive the request's place (admission.ts): until they are taken, a piece or two of each is in memory, a mebibyte apiece. So they have places of their own, and
 * whoever takes nothing loses theirs. Proven by test/server/published/downloads.test.ts.
 */
export class Downloads {
	readonly #places = new InFlight(MOST, MOST_OF_ONE);
	readonly #patience: number;

	/** @param patience milliseconds in which some of an answer has to be taken */
	constructor(patience = TAKEN_MS) {
		this.#patience = patience;
	}

	/**
	 * @param length bytes of the answer
	 * @param outgoing the connection's own; what the program asks of itself comes without one
	 * @returns its pieces, which have to be read or given up. @throws Problem `overloaded`
	 */
	begin(client: Client, outgoing: ServerResponse | undefined, length: number, pieces: Pieces): Pieces {
		if (length <= LARGE) return pieces;
		const leave = this.#places.hold(client);
		// The end of this answer gives the connection the time of one that waits again.
		outgoing?.setTimeout(this.#patience, () => outgoing.destroy());
		return untilTaken(pieces, leave);
	}
}

type Pieces = AsyncIterable<Uint8Array>;

async function* untilTaken(pieces: Pieces, leave: () => void): AsyncGenerator<Uint8Array> {
	try {
		yield* pieces;
	} finally {
		leave();
	}
}
