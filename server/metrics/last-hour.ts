import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

const HOUR = 3_600_000;
const MEGABYTE = 1_048_576;

export interface HourFigures {
	/** The most that the process held in memory, in bytes, in whole megabytes. */
	memory: number;
	/** Failures that were logged, by their event. */
	failures: Readonly<Record<string, number>>;
}

/** What a busy minute could betray, kept back until the hour is over: who scrapes every few seconds sees one step an hour, as with the tick. Proven by test/server/metrics/metrics.test.ts. */
export class LastHour {
	readonly #clock: Clock;
	#hour: number;
	#memory = 0;
	#failures = new Map<string, number>();
	#finished: HourFigures | null = null;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#hour = this.#now();
	}

	/** @param memory that the process holds now, in bytes */
	sample(memory: number): void {
		this.#turn();
		this.#memory = Math.max(this.#memory, Math.ceil(memory / MEGABYTE) * MEGABYTE);
	}

	/** The same log, and what fails is counted. */
	counting(log: Log): Log {
		return (event, fields) => {
			if (fields?.failure !== undefined) this.#count(event);
			log(event, fields);
		};
	}

	/** Of the last full hour; null within the first. */
	get figures(): HourFigures | null {
		this.#turn();
		return this.#finished;
	}

	#count(event: string): void {
		this.#turn();
		this.#failures.set(event, (this.#failures.get(event) ?? 0) + 1);
	}

	#now(): number {
		return Math.floor(this.#clock.now().getTime() / HOUR);
	}

	#turn(): void {
		const hour = this.#now();
		if (hour === this.#hour) return;
		// An hour in which nothing was sampled says nothing.
		const whole = hour === this.#hour + 1;
		this.#finished = whole ? { memory: this.#memory, failures: Object.fromEntries(this.#failures) } : null;
		this.#hour = hour;
		this.#memory = 0;
		this.#failures = new Map();
	}
}
