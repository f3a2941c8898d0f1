/** The recount with a thread for each core, for the command line and the server's check of a release. */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FileSource } from '../shared/lines.ts';
import { type RecountOptions, recount } from '../shared/recount.ts';
import type { Marking } from '../shared/recount-batch.ts';
import { type StartWorker, type WorkerAnswer, WorkerPool } from '../shared/recount-pool.ts';
import type { RecountReport } from '../shared/recount-report.ts';

/** More would wait for the one thread that reads. */
const MOST = 8;

/** Megabytes of a thread's own heap: it holds two batches and nothing else. */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

export interface ThreadOptions {
	/** How many at most; one for each core, unless told. */
	threads?: number;
	/** Whether even the first batch goes to a thread. */
	always?: boolean;
	/** What is kept of each signature that holds, and a program for threads that calls `answerBatches` with it. */
	marked?: { marking: Marking; program: URL };
}

/**
 * As `recount`, with the same verdict: test/shared/recount-workers.node.test.ts. Ends its threads before it returns or throws.
 * @throws what the source throws, and Error where a thread fails
 */
export async function recountInWorkers(
	source: FileSource,
	options: RecountOptions = {},
	{ threads = availableParallelism(), always = false, marked }: ThreadOptions = {},
): Promise<RecountReport> {
	const start = startThread(marked?.program ?? new URL('./recount-worker.ts', import.meta.url));
	const pool = new WorkerPool(start, Math.min(threads, MOST), !always, marked?.marking);
	try {
		return await recount(source, { fileHash: () => createHash('sha256'), ...options, verifier: pool });
	} finally {
		pool.end();
	}
}

const startThread =
	(program: URL): StartWorker =>
	(answered, broken) => {
		const worker = new Worker(program, { resourceLimits: HEAP });
		worker.on('message', (answer: WorkerAnswer) => answered(answer));
		worker.on('error', broken);
		worker.on('exit', () => broken(new Error('A thread of the recount ended.')));
		return { post: (task) => worker.postMessage(task), end: () => void worker.terminate() };
	};
