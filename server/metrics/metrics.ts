/**
 * What a supervisor may know and keep: whether the server works, never what people do on it. A store of metrics outlives the tables' forgetting, so nothing in here moves
 * with a request: probes are the server's own, at their own times; what traffic could show through comes once an hour. Proven by test/server/metrics/metrics.test.ts.
 */
import { answers } from '../database.ts';
import type { Deps } from '../deps.ts';
import { type Gauge, gaugeText } from './gauge-text.ts';
import type { LastHour } from './last-hour.ts';

/** A relay is asked no more often, whoever scrapes. */
const RELAY_EVERY_MS = 300_000;
/** A job that waits for so long will not be done by itself. */
const OVERDUE_MINUTES = 15;

export class Metrics {
	readonly #deps: Deps;
	readonly #lastHour: LastHour;
	readonly #started: Date;
	#dueDone: Date | null = null;
	#relay: { asked: number; answers: Promise<boolean> } | null = null;

	constructor(deps: Deps, lastHour: LastHour) {
		this.#deps = deps;
		this.#lastHour = lastHour;
		this.#started = deps.clock.now();
	}

	/** All that was due at that moment was done. */
	dueDone(now: Date): void {
		this.#dueDone = now;
	}

	/** In the text format of Prometheus. */
	async text(): Promise<string> {
		const [database, relay, overdue] = await Promise.all([answers(this.#deps.db), this.#askRelay(), this.#overdue()]);
		return gaugeText([
			one('started_seconds', 'When this server started, in seconds since 1970.', seconds(this.#started)),
			one('database_answers', 'Whether the database answers: 1 or 0.', Number(database)),
			one('mail_relay_answers', 'Whether the mail relay takes a greeting and the password: 1 or 0.', Number(relay)),
			one(
				'due_done_seconds',
				'When all that was due was last done; each minute.',
				this.#dueDone && seconds(this.#dueDone),
			),
			one('jobs_overdue', `Jobs that have waited for more than ${OVERDUE_MINUTES} minutes.`, overdue),
			...hourly(this.#lastHour),
		]);
	}

	#askRelay(): Promise<boolean> {
		const now = performance.now();
		if (this.#relay === null || now - this.#relay.asked >= RELAY_EVERY_MS)
			this.#relay = { asked: now, answers: this.#deps.mail.answers() };
		return this.#relay.answers;
	}

	/** Null where the database does not answer. */
	async #overdue(): Promise<number | null> {
		try {
			return await this.#deps.jobs.overdue(OVERDUE_MINUTES);
		} catch {
			return null;
		}
	}
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

const named = (name: string, help: string, values: Gauge['values']): Gauge => ({
	...{ name: `undersigned_${name}`, help, values },
});

/** Null: a figure that is not known is not said. */
const one = (name: string, help: string, value: number | null): Gauge =>
	named(name, help, value === null ? [] : [{ value }]);

function hourly({ figures }: LastHour): Gauge[] {
	const failures = Object.entries(figures?.failures ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
	return [
		one('memory_bytes', 'The most memory that the process held in the last full hour.', figures?.memory ?? null),
		named(
			'failures',
			'What failed in the last full hour, by the event in the log.',
			failures.map(([event, value]) => ({ labels: { event }, value })),
		),
	];
}
