import type { IncomingMessage } from 'node:http';
import type { Client } from './client.ts';
import { Problem } from './errors.ts';
import { announced, bodyLimit, isLarge } from './http.ts';
import { InFlight } from './in-flight.ts';
import { paced } from './paced.ts';
import { SMALL_BODY_MS, STALL_MS } from './patience.ts';
import { SmallBodies } from './small-bodies.ts';

/** Requests that are being answered at once, of everybody and of one client: what two cores answer in about two seconds, so that nobody waits longer for a place. */
const MOST = 128;
const MOST_OF_ONE = 64;
/** What the server asks of itself to renew what it gives everybody: beside those, so that nobody's crowd keeps it from that. */
const MOST_OWN = 32;
/** Requests whose large body comes in, which takes minutes. Strangers are turned away before any of it is read. */
const MOST_LARGE = 32;
const MOST_LARGE_OF_ONE = 16;

/** What a request goes through before anything is done for it, and how long it counts. Proven by test/server/overload.test.ts. */
export class Admission {
	readonly #places = new InFlight(MOST, MOST_OF_ONE);
	readonly #own = new InFlight(MOST_OWN, MOST_OWN);
	readonly #large = new InFlight(MOST_LARGE, MOST_LARGE_OF_ONE);
	readonly #small: SmallBodies;
	readonly #stall: number;

	/** @param small milliseconds until a small body has to be whole. @param stall how far a large one may fall behind its pace */
	constructor(small = SMALL_BODY_MS, stall = STALL_MS) {
		this.#small = new SmallBodies(small);
		this.#stall = stall;
	}

	/**
	 * A small body is there when the work begins, and only then has the request a place. A large one is read by the work, in a place of another kind, and has to keep a pace.
	 * @param incoming the connection's own; what the program asks of itself, and tests, come without one and with nothing slow
	 * @param work is given the request in place of the one that came
	 * @throws Problem `too-large` with the body unread where it said so, `overloaded`, `too-slow`, `malformed-request`
	 */
	async within(client: Client, { request, incoming, own }: Arrived, work: Work): Promise<void> {
		if (incoming === undefined) return await (own ? this.#own : this.#places).within(client, () => work(request));
		let rawBody = Buffer.alloc(0);
		if (!hasNone(request)) {
			const { headers } = request;
			const most = bodyLimit(new URL(request.url).pathname, headers);
			if (announced(headers) > most) throw new Problem('too-large');
			if (isLarge(headers)) return await this.#large.within(client, () => this.#paced(request, work));
			// Nobody is let bring what nobody could look at.
			this.#places.requireRoom(client);
			rawBody = await this.#small.read(client, incoming, most);
		}
		// The adapter takes it, as on hosts that read bodies themselves, and makes no Request of fetch's, which, with its streams and signals, is a thirtieth of what signing takes.
		Object.assign(incoming, { rawBody });
		await this.#places.within(client, () => work(request));
	}

	async #paced(request: Request, work: Work): Promise<void> {
		let late = false;
		const onLate = () => {
			late = true;
		};
		const init: RequestInit & { duplex: 'half' } = {
			body: paced(request.body as ReadableStream<Uint8Array>, onLate, this.#stall),
			duplex: 'half',
		};
		await work(new Request(request, init));
		// Whatever reads JSON takes the end of a body for a mistake in it.
		if (late) throw new Problem('too-slow');
	}
}

export interface Arrived {
	request: Request;
	incoming: IncomingMessage | undefined;
	/** The server's, without a connection, on nobody's account. */
	own: boolean;
}

type Work = (request: Request) => Promise<void>;

/** By its method, as fetch has it, or by its head (RFC 9112, section 6.3). */
const hasNone = ({ method, headers }: Request): boolean =>
	['GET', 'HEAD', 'TRACE'].includes(method) || (announced(headers) === 0 && !headers.has('transfer-encoding'));
