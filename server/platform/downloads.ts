import type { ServerResponse } from 'node:http';
import type { Client } from './client.ts';
import { InFlight } from './in-flight.ts';
import { TAKEN_MS } from './patience.ts';

/** Answers at once, to everybody and to one client. */
const MOST = 128;
const MOST_OF_ONE = 32;
/** Bytes. Some tens of kilobytes wait for their reader in the system's buffers; what is beyond those is in this process. */
export const LARGE = 64 * 1024;

/** Whoever takes none of an answer for as long is cut off. Its end gives the connection the time of one that waits again. */
export function cutOffUntaken(outgoing: ServerResponse, patience = TAKEN_MS): void {
	outgoing.setTimeout(patience, () => outgoing.destroy());
}

/**
 * Answers outlive the request's place (admission.ts): until they are taken, they are in memory, of released files a piece or two, a mebibyte apiece. So large ones have places of their own, and
 * whoever takes nothing, of whatever answer, is cut off. Proven by test/server/published/downloads.test.ts.
 */
export class Downloads {
	readonly #places = new InFlight(MOST, MOST_OF_ONE);
	readonly #patience: number;

	/** @param patience milliseconds in which some of an answer has to be taken */
	constructor(patience = TAKEN_MS) {
		this.#patience = patience;
	}

	/**
	 * Before an answer is made, or handed over: it has a place until it was taken, or its connection is gone. Where that is gone already, nothing would give the place back.
	 * @param length bytes. @throws Problem `overloaded`
	 */
	begin(client: Client, outgoing: ServerResponse, length: number): void {
		if (length > LARGE && !outgoing.destroyed) outgoing.once('close', this.#places.hold(client));
	}

	/** Once an answer is there. */
	limit(outgoing: ServerResponse): void {
		cutOffUntaken(outgoing, this.#patience);
	}
}
