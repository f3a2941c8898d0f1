import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptedCodings } from './accepted-coding.ts';
import { knowsTag } from './known-tag.ts';

/** How the program answers a path in one of these codings. */
type Ask = (path: string, codings: readonly string[]) => Response | Promise<Response>;

interface Kept {
	/** Names and values in turn, as node:http takes them without looking at each. */
	headers: string[];
	/** Of the answer to somebody who has it already. */
	unchanged: string[];
	etag: string;
	body: Uint8Array;
	/** Milliseconds of `performance.now()`. */
	until: number;
}

/** A second: far below the minute for which everybody's caches may keep a page (route-classes.ts), and enough that a crowd costs one question. */
const FRESH_MS = 1_000;
/** While one asks anew, others are given what was right so lately. */
const STALE_MS = 1_000;
const LARGEST = 512 * 1024;
const MOST = 32 * 1024 ** 2;

const small = /^\/letters\/[^/?]+\/([^?]*\.(html|css|js|svg|png|woff2))?$/;

/**
 * The pages of released letters and what belongs to them, as the program answered last, given again without it: on the day of a release everybody asks for
 * the same few files. Whatever is not plainly one of them goes to the program. This process's own changes show at once (`clear`), another node's within two
 * seconds. Proven by test/server/published/kept-answers.test.ts.
 */
export class KeptAnswers {
	readonly #ask: Ask;
	readonly #now: () => number;
	readonly #kept = new Map<string, Kept>();
	readonly #asking = new Map<string, Promise<Kept | null>>();
	readonly #codings = new Map<string, readonly string[]>();
	#bytes = 0;
	#generation = 0;

	constructor(ask: Ask, now: () => number = () => performance.now()) {
		this.#ask = ask;
		this.#now = now;
	}

	/** Of a letter that changed: all that is kept, since it is asked for again in a moment. */
	clear(): void {
		this.#generation++;
		this.#kept.clear();
		this.#asking.clear();
		this.#bytes = 0;
	}

	/** @returns false where it is for the program to answer. @param pass hands the request to it later, where that shows only then */
	answer(request: IncomingMessage, response: ServerResponse, pass: () => void): boolean {
		const { method, url = '', headers } = request;
		if (method !== 'GET' || headers.range !== undefined || !small.test(url)) return false;
		const codings = this.#codingsOf(headers['accept-encoding'] ?? '');
		const key = `${codings.join()} ${url}`;
		const kept = this.#kept.get(key);
		const age = kept ? this.#now() - kept.until : Number.POSITIVE_INFINITY;
		if (kept && (age < 0 || (age < STALE_MS && this.#asking.has(key)))) give(kept, request, response);
		else void this.#asked(key, url, codings).then((found) => (found ? give(found, request, response) : pass()), pass);
		return true;
	}

	/** Of many that ask at once, one reaches the program. */
	#asked(key: string, url: string, codings: readonly string[]): Promise<Kept | null> {
		const running = this.#asking.get(key);
		if (running !== undefined) return running;
		const generation = this.#generation;
		const asked = this.#read(url, codings)
			.then((found) => {
				if (found && generation === this.#generation) this.#keep(key, found);
				return found;
			})
			.finally(() => {
				if (this.#asking.get(key) === asked) this.#asking.delete(key);
			});
		this.#asking.set(key, asked);
		return asked;
	}

	async #read(url: string, codings: readonly string[]): Promise<Kept | null> {
		const answer = await this.#ask(url, codings);
		const [etag, length] = [answer.headers.get('etag'), Number(answer.headers.get('content-length') ?? LARGEST + 1)];
		const everybodys = answer.headers.get('cache-control')?.startsWith('public') ?? false;
		if (answer.status !== 200 || etag === null || length > LARGEST || !everybodys) {
			await answer.body?.cancel();
			return null;
		}
		const headers = [...answer.headers];
		return {
			headers: headers.flat(),
			unchanged: headers.filter(([name]) => !/^(content-(type|length|encoding)|accept-ranges)$/.test(name)).flat(),
			etag,
			body: new Uint8Array(await answer.arrayBuffer()),
			until: this.#now() + FRESH_MS,
		};
	}

	#keep(key: string, kept: Kept): void {
		this.#forget(key);
		this.#kept.set(key, kept);
		this.#bytes += kept.body.length;
		for (const oldest of this.#kept.keys()) {
			if (this.#bytes <= MOST) return;
			this.#forget(oldest);
		}
	}

	#forget(key: string): void {
		this.#bytes -= this.#kept.get(key)?.body.length ?? 0;
		this.#kept.delete(key);
	}

	/** Browsers send one of a few headers, and reading one takes longer than all else here. */
	#codingsOf(header: string): readonly string[] {
		const known = this.#codings.get(header);
		if (known) return known;
		const codings = acceptedCodings(header);
		if (this.#codings.size >= 100) this.#codings.clear();
		this.#codings.set(header, codings);
		return codings;
	}
}

function give({ headers, unchanged, etag, body }: Kept, request: IncomingMessage, response: ServerResponse): void {
	if (knowsTag(request.headers['if-none-match'], etag)) response.writeHead(304, unchanged).end();
	else response.writeHead(200, headers).end(body);
}
