/**
 * The names of a letter are opened by as many workers as the device has cores, so that the page's own thread only shows how far it is. What they hold of names is gone
 * with them. Proven by test/web/desk/opening-workers.test.ts.
 */
import { type Crew, crewHere } from '../../shared/client/opening-crew.ts';
import program from './opening-worker.ts?worker&url';
import { startProgram } from './trusted-page.ts';

type Kind = 'check' | 'share' | 'open' | 'take';
/** To a worker: what to call with what. `number` comes back with the outcome. */
export type Asked = { number: number; kind: Kind; args: unknown[] };
/** `outcome` null: it could not be done there. */
export type Answered = { number: number; outcome: unknown[] | null };

/** `end`: nothing more is done; whoever waits gets an Error. */
export type Workers = Crew & { end(): void };

/** More of them wait for each other's memory. */
const MOST = 8;

export const startOne = (): Worker => startProgram(program);

export function startWorkers(
	size = Math.min(navigator.hardwareConcurrency, MOST),
	start: () => Worker = startOne,
): Workers {
	const here = crewHere();
	const all = Array.from({ length: size }, () => handOf(start)).filter((hand) => hand !== null);
	let ended = false;
	const ask = async (kind: Kind, args: unknown[]): Promise<unknown[] | null> => {
		const [least] = all.filter(({ broken }) => !broken).sort((a, b) => a.busy - b.busy);
		const outcome = least === undefined ? null : await least.ask(kind, args);
		if (ended) throw new Error('The opening was ended.');
		return outcome;
	};
	// What a worker cannot do, or a browser without workers of this kind, is done here.
	return {
		// One more for each than it works on, so that none waits for this thread.
		parallel: size * 2,
		check: async (...args) => ((await ask('check', args)) as Awaited<ReturnType<Crew['check']>>) ?? here.check(...args),
		share: async (...args) => ((await ask('share', args)) as Awaited<ReturnType<Crew['share']>>) ?? here.share(...args),
		open: async (...args) => ((await ask('open', args)) as Awaited<ReturnType<Crew['open']>>) ?? here.open(...args),
		take: async (...args) => ((await ask('take', args)) as Awaited<ReturnType<Crew['take']>>) ?? here.take(...args),
		end() {
			ended = true;
			for (const hand of all) hand.end();
		},
	};
}

/** Null in a browser that starts none. */
function handOf(start: () => Worker): Hand | null {
	try {
		return new Hand(start());
	} catch {
		return null;
	}
}

/** One worker, and what it was asked. */
class Hand {
	broken = false;
	readonly #worker: Worker;
	readonly #waiting = new Map<number, (outcome: unknown[] | null) => void>();
	#asked = 0;

	constructor(worker: Worker) {
		this.#worker = worker;
		worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
			this.#waiting.get(data.number)?.(data.outcome);
			this.#waiting.delete(data.number);
		});
		worker.addEventListener('error', () => this.end());
		// An answer that cannot be read.
		worker.addEventListener('messageerror', () => this.end());
	}

	get busy(): number {
		return this.#waiting.size;
	}

	ask(kind: Kind, args: unknown[]): Promise<unknown[] | null> {
		const number = this.#asked++;
		return new Promise((resolve) => {
			this.#waiting.set(number, resolve);
			try {
				this.#worker.postMessage({ number, kind, args } satisfies Asked);
			} catch {
				// A browser that hands no key to a worker.
				this.end();
			}
		});
	}

	/** Whoever still waits for it hears that it could not be done there. */
	end(): void {
		this.broken = true;
		this.#worker.terminate();
		for (const resolve of this.#waiting.values()) resolve(null);
		this.#waiting.clear();
	}
}
