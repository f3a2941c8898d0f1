/**
 * The whole opening in one pass (docs/protocol.md, sections 6 and 7): while a page of sealed signatures is fetched, those of the pages before are checked, this organizer's shares of
 * them opened, and the names that M contributions cover. Everything that opening.ts does step by step is done, in the same way; only nothing waits for the rest.
 * Proven the same in test/shared/client/opening-pass.test.ts.
 */
import * as v from 'valibot';
import { sealedPage } from '../api/desk.ts';
import type { SignatureRequest } from '../api/signing.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import {
	type Contributions,
	letterOf,
	type OnProgress,
	type Opening,
	type OwnShare,
	openerOf,
	openingOf,
	readContributions,
	type Sealed,
	sharesOf,
	type Working,
} from './opening.ts';
import { type Crew, crewHere, type Taken } from './opening-crew.ts';
import type { Organizer } from './organizer.ts';

const CHUNK = 50;

/** One opening of one organizer. It holds what was done, so that who runs it again after a failure goes on where it stopped. */
export class OpeningPass {
	readonly #organizer: Organizer;
	readonly #standing: Standing;
	readonly #fetched: SignatureRequest[] = [];
	/** By number of the chunk. */
	readonly #taken: (Taken | null)[][] = [];
	/** The key to ask after; null when nothing is left to fetch. */
	#next: string | null = '';
	#contributions: Contributions | null = null;
	/** Gathered once all is taken. */
	#shares: readonly OwnShare[] | null = null;

	constructor(organizer: Organizer, standing: Standing) {
		this.#organizer = organizer;
		this.#standing = standing;
	}

	/** What the first name needs, before anything else is asked: a page of them, and what the others contributed. @throws what stopped it */
	async begin(call: Call): Promise<void> {
		const first = this.#next === '' ? this.#fetchPage(call) : null;
		const settled = first?.catch(() => {});
		try {
			this.#contributions ??= await readContributions(call, this.#organizer, this.#standing);
		} finally {
			// Also where they did not come: whoever begins again finds the page there, and none is fetched twice.
			await settled;
		}
		await first;
	}

	/** @param count how many signatures there are, for the progress; null when unknown. @throws what stopped it */
	async run(call: Call, count: number | null, working: Working): Promise<void> {
		const { onProgress, crew } = typeof working === 'function' ? { onProgress: working, crew: crewHere() } : working;
		this.#shares = null;
		onProgress({ phase: 'fetch', done: this.#fetched.length, of: count ?? 0 });
		await this.begin(call);
		const hands = new Hands(crew.parallel, (chunk) => this.#take(crew, chunk, onProgress));
		let page: Promise<void> | null = Promise.resolve();
		try {
			while (page !== null) {
				await page;
				const [ready, done] = [this.#ready(), this.#fetched.length];
				// The server has something to do while chunks are handed out here.
				page = this.#next === null ? null : this.#fetchPage(call);
				page?.catch(() => {});
				onProgress({ phase: 'fetch', done, of: Math.max(count ?? 0, done) });
				hands.start(ready);
			}
			onProgress({ phase: 'check', done: this.#done, of: this.#fetched.length });
		} finally {
			// Also where something failed: nothing goes on behind whoever runs it again, and no page is fetched twice.
			await Promise.all([hands.rest(), page?.catch(() => {})]);
		}
		hands.start([]);
	}

	/** Signatures that hold, as they came. */
	get signatures(): Sealed[] {
		return this.#each((request, { statement }) => ({ request, statement }));
	}

	/** How many the server handed over although they do not hold. */
	get refused(): number {
		return this.#taken.flat().filter((one) => one === null).length;
	}

	/** Whether it has seen all that these organizers contributed. The own contribution counts as seen. */
	hasSeen(contributed: readonly string[]): boolean {
		const { bySender, unreadable } = this.#read;
		return contributed.every((id) => id === this.#organizer.id || bySender.has(id) || unreadable.includes(id));
	}

	/** This organizer's share of each signature that holds, of two under one key of the first; none where they were contributed before. */
	get shares(): readonly OwnShare[] {
		this.#shares ??= this.#ownShares();
		return this.#shares;
	}

	#ownShares(): OwnShare[] {
		if (this.#contributed) return [];
		const keys = new Set<string>();
		return this.#each((_, { statement: { key }, share }) => ({ key, share })).filter(
			({ key }) => !keys.has(key) && keys.add(key),
		);
	}

	/** What came of it, with the own contribution among the others. */
	get opening(): Opening {
		const { bySender, unreadable } = this.#read;
		const own = new Map(this.shares.flatMap(({ key, share }) => (share === null ? [] : [[key, share] as const])));
		const all = this.#contributed ? bySender : new Map([...bySender, [this.#organizer.id, own]]);
		const found = this.#each(({ sealed: _, ...rest }, { contents, ...one }) => ({
			...one,
			opened: contents && { ...rest, contents },
		}));
		return openingOf(this.#standing, { bySender: all, unreadable }, found);
	}

	get #read(): Contributions {
		if (this.#contributions === null) throw new Error('The contributions were not read.');
		return this.#contributions;
	}

	/** Whether the own shares were on the server already. */
	get #contributed(): boolean {
		const { bySender, unreadable } = this.#read;
		return bySender.has(this.#organizer.id) || unreadable.includes(this.#organizer.id);
	}

	#each<T>(work: (request: SignatureRequest, taken: Taken) => T): T[] {
		return this.#fetched.flatMap((request, at) => {
			const taken = this.#taken[Math.floor(at / CHUNK)]?.[at % CHUNK];
			return taken ? [work(request, taken)] : [];
		});
	}

	async #fetchPage(call: Call): Promise<void> {
		if (this.#next === null) return;
		const query = this.#next === '' ? '' : `?after=${this.#next}`;
		const page = v.parse(sealedPage, await call('GET', `/api/desk/signatures${query}`));
		for (const signature of page.signatures) this.#fetched.push(signature);
		this.#next = page.next;
	}

	/** Numbers of the chunks that are whole and not yet taken. */
	#ready(): number[] {
		const { length } = this.#fetched;
		const whole = this.#next === null ? Math.ceil(length / CHUNK) : Math.floor(length / CHUNK);
		return Array.from({ length: whole }, (_, chunk) => chunk).filter((chunk) => this.#taken[chunk] === undefined);
	}

	get #done(): number {
		return this.#taken.reduce((sum, chunk) => sum + chunk.length, 0);
	}

	async #take(crew: Crew, chunk: number, onProgress: OnProgress): Promise<void> {
		const { bySender } = this.#read;
		const brought = this.#fetched.slice(chunk * CHUNK, (chunk + 1) * CHUNK).map((request) => {
			const key = keyIn(request.statement);
			return { request, shares: key === null ? [] : sharesOf(key, bySender) };
		});
		const by = this.#contributed ? null : openerOf(this.#organizer);
		this.#taken[chunk] = await crew.take(letterOf(this.#standing), by, brought);
		if (this.#next === null) onProgress({ phase: 'check', done: this.#done, of: this.#fetched.length });
	}
}

/** Of a statement that nobody has checked: whose shares to bring along. Whoever checks it reads it anew. */
function keyIn(statement: string): string | null {
	try {
		const { key } = JSON.parse(statement) as { key?: unknown };
		return typeof key === 'string' ? key : null;
	} catch {
		return null;
	}
}

/** So many work at once, each on what comes next. After one failed nothing more is begun. */
class Hands {
	readonly #most: number;
	readonly #work: (one: number) => Promise<void>;
	readonly #waiting: number[] = [];
	readonly #begun = new Set<number>();
	readonly #working = new Set<Promise<void>>();
	#failure: { why: unknown } | null = null;

	constructor(most: number, work: (one: number) => Promise<void>) {
		this.#most = most;
		this.#work = work;
	}

	/** What was begun before is not begun again. @throws what one of them failed by */
	start(ready: readonly number[]): void {
		if (this.#failure !== null) throw this.#failure.why;
		this.#waiting.push(...ready.filter((one) => !this.#begun.has(one)));
		for (const one of ready) this.#begun.add(one);
		while (this.#working.size < this.#most && this.#waiting.length > 0) {
			const hand: Promise<void> = this.#hand().finally(() => this.#working.delete(hand));
			this.#working.add(hand);
		}
	}

	async #hand(): Promise<void> {
		for (let one = this.#waiting.shift(); one !== undefined; one = this.#waiting.shift()) {
			try {
				await this.#work(one);
			} catch (why) {
				this.#failure ??= { why };
				this.#waiting.length = 0;
			}
		}
	}

	/** When none of them works any more. */
	async rest(): Promise<void> {
		while (this.#working.size > 0) await Promise.all(this.#working);
	}
}
