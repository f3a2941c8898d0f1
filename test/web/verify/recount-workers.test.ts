import { expect, test } from 'vitest';
import type { FileSource } from '../../../shared/lines.ts';
import { recount } from '../../../shared/recount.ts';
import { type StartWorker, type WorkerAnswer, WorkerPool } from '../../../shared/recount-pool.ts';
import BatchWorker from '../../../web/verify/batch-worker.ts?worker';
import { expectFirstFault, expectSameVerdicts } from '../../support/recount-verdicts.ts';

let running = 0;

const start: StartWorker = (answered, broken) => {
	const worker = new BatchWorker();
	running += 1;
	worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => answered(data));
	worker.addEventListener('error', () => broken(new Error('The worker did not start.')));
	return {
		post: (task) => worker.postMessage(task),
		end: () => {
			running -= 1;
			worker.terminate();
		},
	};
};

const inWorkers = (firstHere: boolean) => async (source: FileSource) => {
	const pool = new WorkerPool(start, 2, firstHere);
	try {
		return await recount(source, { verifier: pool });
	} finally {
		pool.end();
	}
};

test('hostile files get the same verdict from Web Workers as from one thread', { timeout: 180_000 }, async () => {
	await expectSameVerdicts(inWorkers(false));
	expect(running).toBe(0);
});

test('of several faults the first is found, whichever worker is done first', { timeout: 120_000 }, async () => {
	await expectFirstFault(inWorkers(true));
	expect(running).toBe(0);
});
