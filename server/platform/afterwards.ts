import type { Log } from './log.ts';

/**
 * Work that begins once a request is answered, in this process only: what it needs is held in memory and nowhere else, and is lost
 * with the process. Stopping waits for it.
 */
export class Afterwards {
	readonly #running = new Set<Promise<void>>();
	readonly #log: Log;

	constructor(log: Log) {
		this.#log = log;
	}

	/** A failure is logged under the name of the job, without its message. */
	run(job: string, work: () => Promise<void>): void {
		const running = new Promise<void>((resolve) => setImmediate(resolve))
			.then(work)
			.catch((failure: unknown) => this.#log('work after an answer failed', { failure, job }))
			.finally(() => this.#running.delete(running));
		this.#running.add(running);
	}

	/** Resolves once nothing is under way, or after so many milliseconds. */
	async idle(atMost = 10_000): Promise<void> {
		let impatience: NodeJS.Timeout | undefined;
		const enough = new Promise<void>((resolve) => {
			impatience = setTimeout(resolve, atMost);
		});
		const done = async () => {
			while (this.#running.size > 0) await Promise.all(this.#running);
		};
		await Promise.race([done(), enough]);
		clearTimeout(impatience);
	}
}
