/**
 * Batches of a recount in workers, whatever kind of worker they are: the command line and the server start threads (server/recount-workers.ts), the
 * browser Web Workers (web/verify/recount-worker.ts). A worker is begun when there is work for it, and the first batch is verified here, so a small
 * letter starts none.
 */
import type { Primitives } from './primitives.ts';
import { verifyHere } from './recount.ts';
import {
	type BatchOutcome,
	type BatchVerifier,
	type Marking,
	type SignatureBatch,
	verifyBatch,
} from './recount-batch.ts';
import type { RecountContext } from './recount-signature.ts';

/** To a worker: first the letter, then batches, each with a number that comes back with its outcome. */
export type WorkerTask =
	| { kind: 'letter'; letter: RecountContext['chain'] }
	| { kind: 'batch'; number: number; batch: SignatureBatch };

/** From a worker. `failed` is a fault of the program, never of the file. */
export type WorkerAnswer =
	| { kind: 'outcome'; number: number; outcome: BatchOutcome }
	| { kind: 'failed'; number: number; message: string };

/** A worker that was started. */
export type WorkerPort = { post: (task: WorkerTask) => void; end: () => void };
/** @param answered called with every answer. @param broken called where the worker itself ends */
export type StartWorker = (answered: (answer: WorkerAnswer) => void, broken: (failure: Error) => void) => WorkerPort;

type Waiting = { resolve: (outcome: BatchOutcome) => void; reject: (failure: Error) => void };
type Started = { port: WorkerPort; busy: number };

export class WorkerPool implements BatchVerifier {
	readonly parallel: number;
	readonly #start: StartWorker;
	readonly #size: number;
	readonly #here: BatchVerifier | null;
	readonly #workers: Started[] = [];
	readonly #waiting = new Map<number, Waiting>();
	#letter: RecountContext['chain'] | null = null;
	#count = 0;

	/** @param size the most workers that run at once. @param firstHere whether the first batch is verified on this thread. @param marking as the workers know it */
	constructor(start: StartWorker, size: number, firstHere = true, marking?: Marking) {
		this.#start = start;
		this.#size = Math.max(1, size);
		// One more for each than it works on, so that none waits for the reading.
		this.parallel = this.#size * 2;
		this.#here = firstHere ? verifyHere(marking) : null;
	}

	begin(letter: RecountContext['chain']): void {
		this.#letter = letter;
		this.#here?.begin(letter);
	}

	verify(batch: SignatureBatch): Promise<BatchOutcome> {
		const number = this.#count++;
		if (number === 0 && this.#here !== null) return this.#here.verify(batch);
		return new Promise((resolve, reject) => {
			this.#waiting.set(number, { resolve, reject });
			const worker = this.#leastBusy();
			worker.busy += 1;
			worker.port.post({ kind: 'batch', number, batch });
		});
	}

	/** Ends every worker, also in the middle of a batch, which is then rejected. */
	end(): void {
		for (const { port } of this.#workers.splice(0)) port.end();
		this.#break(new Error('The recount was ended.'));
	}

	#leastBusy(): Started {
		const least = this.#workers.reduce<Started | null>(
			(best, one) => (best === null || one.busy < best.busy ? one : best),
			null,
		);
		if (least !== null && (least.busy === 0 || this.#workers.length >= this.#size)) return least;
		return this.#startOne();
	}

	#startOne(): Started {
		if (this.#letter === null) throw new Error('Nobody said of which letter these signatures are.');
		const port = this.#start(
			(answer) => {
				started.busy -= 1;
				this.#answered(answer);
			},
			(failure) => this.#break(failure),
		);
		const started: Started = { port, busy: 0 };
		port.post({ kind: 'letter', letter: this.#letter });
		this.#workers.push(started);
		return started;
	}

	#answered(answer: WorkerAnswer): void {
		const waiting = this.#waiting.get(answer.number);
		this.#waiting.delete(answer.number);
		if (answer.kind === 'outcome') waiting?.resolve(answer.outcome);
		else waiting?.reject(new Error(answer.message));
	}

	#break(failure: Error): void {
		const all = [...this.#waiting.values()];
		this.#waiting.clear();
		for (const { reject } of all) reject(failure);
	}
}

/** What a worker does with each task; null where there is nothing to answer. */
export function answerTasks(
	primitives: Primitives,
	marking?: Marking,
): (task: WorkerTask) => Promise<WorkerAnswer | null> {
	let letter: RecountContext['chain'] | null = null;
	return async (task) => {
		if (task.kind === 'letter') {
			letter = task.letter;
			return null;
		}
		const { number, batch } = task;
		try {
			if (letter === null) throw new Error('A batch came before its letter.');
			return { kind: 'outcome', number, outcome: await verifyBatch({ chain: letter, primitives }, batch, marking) };
		} catch (failure) {
			return { kind: 'failed', number, message: failure instanceof Error ? failure.message : 'A worker failed.' };
		}
	};
}
