export interface Clock {
	now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that development mode and tests can set. From where it is set it runs on, unless it was made to stand still. */
export class SettableClock implements Clock {
	#offset = 0;
	#still: number | undefined;

	/** Without a time it shows the real one and runs; with one it stands there until it is set. */
	constructor(still?: Date) {
		this.#still = still?.getTime();
	}

	now(): Date {
		return new Date(this.#still ?? Date.now() + this.#offset);
	}

	set(time: Date): void {
		if (this.#still !== undefined) this.#still = time.getTime();
		else this.#offset = time.getTime() - Date.now();
	}

	advance(minutes: number): void {
		this.set(new Date(this.now().getTime() + minutes * 60_000));
	}
}
