/** What a recount costs at least: the signatures of a release file verified by node:crypto on every core, and nothing else. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** @returns seconds, from when everything is read and laid out to when the last worker is done */
export async function bareCryptography(file: string): Promise<number> {
	const of = availableParallelism();
	const module = new URL('bare-cryptography-worker.ts', import.meta.url);
	const workers = Array.from({ length: of }, (_, at) => new Worker(module, { workerData: { file, at, of } }));
	await Promise.all(workers.map((worker) => once(worker, 'message')));
	const began = performance.now();
	const verified = await Promise.all(workers.map((worker) => verifiedBy(worker)));
	const seconds = (performance.now() - began) / 1000;
	await Promise.all(workers.map((worker) => worker.terminate()));
	if (verified.some((count) => !(count > 0))) throw new Error('Nothing was verified.');
	return seconds;
}

async function verifiedBy(worker: Worker): Promise<number> {
	const answer = once(worker, 'message');
	worker.postMessage('verify');
	return (await answer)[0];
}
