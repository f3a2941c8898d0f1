/** A server that is killed at chosen requests, and starts again on the same data. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Call, Refused } from '../../shared/client/call.ts';
import type { SpawnedServer } from './spawned-process.ts';

export interface Kill {
	/** At which request from now on, counted from 0. */
	request: number;
	/** So many milliseconds after it was sent, whether it is answered by then or not; null: as soon as the answer is there. */
	after: number | null;
}

export class KilledServer {
	readonly #server: SpawnedServer;
	#up: Promise<void> = Promise.resolve();
	#asked = 0;
	readonly #coming: Promise<void>[] = [];
	#kills: readonly Kill[] = [];
	/** How often it was started again. */
	lives = 0;

	constructor(server: SpawnedServer) {
		this.#server = server;
	}

	plan(kills: readonly Kill[]): void {
		this.#asked = 0;
		this.#kills = kills;
	}

	/** Resolves once every kill that was due has happened, and the server listens again. */
	async settled(): Promise<void> {
		await Promise.all(this.#coming);
		await this.#up;
	}

	/** Calls through this are those that count. */
	through(inner: Call): Call {
		return async (method, path, body) => {
			await this.#up;
			const number = this.#asked++;
			const kill = this.#kills.find(({ request }) => request === number);
			const answer = inner(method, path, body);
			// Whoever waits for the answer hears of a failure; the killing only wants to know when it is over.
			if (kill?.after === null) await answer.then(this.#kill, this.#kill);
			else if (kill) this.#coming.push(pause(kill.after).then(this.#kill));
			return answer;
		};
	}

	readonly #kill = (): void => {
		this.#up = this.#up.then(async () => {
			await this.#server.kill();
			await this.#server.restart();
			this.lives++;
		});
	};
}

/** Takes a step again for as long as it gets no answer, as a person presses the same button. */
export async function patiently<T>(step: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			return await step();
		} catch (failure) {
			if (failure instanceof Refused || !isUnanswered(failure)) throw failure;
		}
	}
}

const isUnanswered = (failure: unknown): boolean => failure instanceof Error && failure.name === 'Unanswered';
