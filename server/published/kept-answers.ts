import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutOffUntaken, LARGE } from '../platform/downloads.ts';
import { acceptedCodings } from './accepted-coding.ts';
import { knowsTag } from './known-tag.ts';
import type { Coding } from './published-store.ts';

/**
 * How the program answers a path to whoever accepts these codings, the best first.
 * @param asker on whose account; null where what is kept is renewed, for everybody
 */
type Ask = (path: string, codings: readonly Coding[], asker: IncomingMessage | null) => Response | Promise<Response>;

/** The program itself, for what is not kept. */
type Listener = (request: IncomingMessage, response: ServerResponse) => void;

interface Kept {
	shelf: Shelf;
	url: string;
	/** Names and values in turn, as node:http takes them without looking at each. */
	headers: string[];
	/** Of the answer to somebody who has it already. */
	unchanged: string[];
	etag: string;
	/** A Buffer: node:http makes one of any other bytes, each time. */
	body: Buffer;
	/** Milliseconds of `performance.now()`: from then on it is asked for anew. */
	until: number;
	/** From then on it is given to nobody, however long the program cannot be asked. */
	last: number;
}

/** What is kept for everybody who accepts the same codings, by the address as it was sent. */
interface Shelf {
	codings: readonly Coding[];
	kept: Map<string, Kept>;
	asking: Map<string, Promise<Kept | null>>;
}

/** A second: far below the minute for which everybody's caches may keep a page (route-classes.ts), and enough that a crowd costs one question. */
const FRESH_MS = 1_000;
/** While it is asked for anew, what was right so lately is given. */
const STALE_MS = 1_000;
/** While the program is overloaded, or its database away: it is asked again and again, not by each reader. Caches may keep a page for longer. */
const LASTING_MS = 10_000;
const AGAIN_MS = 500;
/** What is past both is not given any more, and no longer in memory a minute later: an erased letter's, and a name that was taken off on another node. */
const SWEEP_MS = 60_000;
const LARGEST = 512 * 1024;
const MOST = 32 * 1024 ** 2;

/** In one spelling only: whoever writes the same address in a thousand ways pushes out nothing. */
const small = /^\/letters\/[a-z0-9-]+\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(html|css|js|svg|png|woff2))?$/;

/**
 * The pages of released letters and what belongs to them, as the program answered last, given again without it: on the day of a release everybody asks for
 * the same few files. Whatever is not plainly one of them goes to the program. This process's own changes show at once (`clear`), another node's within two
 * seconds, eleven where this one is overloaded. Proven by test/server/published/kept-answers.test.ts, and that nobody can tell by same-answers.test.ts beside it.
 */
export class KeptAnswers {
	readonly #ask: Ask;
	readonly #now: () => number;
	/** In the order in which they came. */
	readonly #all = new Set<Kept>();
	readonly #shelves = new Map<string, Shelf>();
	/** By Accept-Encoding as it is sent: browsers send one of a few, and reading one takes longer than all else here. */
	readonly #byHeader = new Map<string, Shelf>();
	#bytes = 0;
	#generation = 0;
	#sweeping: NodeJS.Timeout | undefined;

	constructor(ask: Ask, now: () => number = () => performance.now()) {
		this.#ask = ask;
		this.#now = now;
	}

	/** Of a letter that changed: all that is kept, since it is asked for again in a moment. */
	clear(): void {
		this.#generation++;
		this.#all.clear();
		this.#shelves.clear();
		this.#byHeader.clear();
		this.#bytes = 0;
	}

	/** Bytes of bodies in memory. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Gives what is kept, or hands the request to the program: at once, or as soon as it shows that nothing can be kept of it. */
	answer(request: IncomingMessage, response: ServerResponse, program: Listener): void {
		if (request.method !== 'GET' || request.headers.range !== undefined) program(request, response);
		else this.#answer(request, response, program);
	}

	#answer(request: IncomingMessage, response: ServerResponse, program: Listener): void {
		const { url = '', headers } = request;
		const shelf = this.#shelfFor(headers['accept-encoding'] ?? '');
		const kept = shelf.kept.get(url);
		const now = this.#now();
		if (kept !== undefined && now < endOf(kept)) {
			give(kept, request, response);
			if (now >= kept.until) this.#asked(shelf, url, null).catch(() => this.#putOff(kept));
		} else if (small.test(url)) {
			const pass = () => program(request, response);
			this.#asked(shelf, url, request).then((found) => (found ? give(found, request, response) : pass()), pass);
		} else program(request, response);
	}

	/** Of many that ask at once, one reaches the program. */
	#asked(shelf: Shelf, url: string, asker: IncomingMessage | null): Promise<Kept | null> {
		const running = shelf.asking.get(url);
		if (running !== undefined) return running;
		const generation = this.#generation;
		const asked = this.#read(shelf, url, asker)
			.then((found) => {
				if (generation === this.#generation) this.#keep(shelf, url, found);
				return found;
			})
			.finally(() => shelf.asking.delete(url));
		shelf.asking.set(url, asked);
		return asked;
	}

	/** The program could not be asked: what it said last is given for a while. */
	#putOff(kept: Kept): void {
		kept.until = this.#now() + AGAIN_MS;
	}

	/** @throws where the program could not answer, which says nothing of what is kept */
	async #read(shelf: Shelf, url: string, asker: IncomingMessage | null): Promise<Kept | null> {
		const answer = await this.#ask(url, shelf.codings, asker);
		if (answer.status >= 500) throw new Error(`The program answered ${answer.status}.`);
		const [etag, length] = [answer.headers.get('etag'), Number(answer.headers.get('content-length') ?? LARGEST + 1)];
		const everybodys = answer.headers.get('cache-control')?.startsWith('public') ?? false;
		if (answer.status !== 200 || etag === null || length > LARGEST || !everybodys) {
			await answer.body?.cancel();
			return null;
		}
		const headers = [...answer.headers];
		return {
			...{ shelf, url, etag, headers: headers.flat() },
			unchanged: headers.filter(([name]) => !/^(content-(type|length|encoding)|accept-ranges)$/.test(name)).flat(),
			body: Buffer.from(await answer.arrayBuffer()),
			...lasting(this.#now() + FRESH_MS),
		};
	}

	/** @param found null: what was kept is no longer so */
	#keep(shelf: Shelf, url: string, found: Kept | null): void {
		const before = shelf.kept.get(url);
		if (before) this.#forget(before);
		if (!found) return;
		// The same bytes once: readers who take none of them would else hold one more copy each second.
		if (before?.etag === found.etag) found.body = before.body;
		shelf.kept.set(url, found);
		this.#all.add(found);
		this.#bytes += found.body.length;
		this.#sweepLater();
		for (const oldest of this.#all) {
			if (this.#bytes <= MOST) return;
			this.#forget(oldest);
		}
	}

	/** It keeps no server from ending, and none waits where nothing is kept. */
	#sweepLater(): void {
		this.#sweeping ??= setTimeout(() => {
			this.#sweeping = undefined;
			const now = this.#now();
			for (const kept of this.#all) if (now >= endOf(kept)) this.#forget(kept);
			if (this.#all.size > 0) this.#sweepLater();
		}, SWEEP_MS).unref();
	}

	#forget(kept: Kept): void {
		this.#all.delete(kept);
		kept.shelf.kept.delete(kept.url);
		this.#bytes -= kept.body.length;
	}

	#shelfFor(header: string): Shelf {
		const known = this.#byHeader.get(header);
		if (known) return known;
		const codings = acceptedCodings(header);
		const name = codings.join();
		const shelf = this.#shelves.get(name) ?? { codings, kept: new Map(), asking: new Map() };
		this.#shelves.set(name, shelf);
		if (this.#byHeader.size >= 100) this.#byHeader.clear();
		this.#byHeader.set(header, shelf);
		return shelf;
	}
}

const lasting = (until: number) => ({ until, last: until + LASTING_MS });

/** From when on it is given to nobody. */
const endOf = ({ until, last }: Kept): number => Math.min(until + STALE_MS, last);

function give({ headers, unchanged, etag, body }: Kept, request: IncomingMessage, response: ServerResponse): void {
	const condition = request.headers['if-none-match'];
	if (condition !== undefined && knowsTag(condition, etag)) response.writeHead(304, unchanged).end();
	else {
		if (body.length > LARGE) cutOffUntaken(response);
		response.writeHead(200, headers).end(body);
	}
}
