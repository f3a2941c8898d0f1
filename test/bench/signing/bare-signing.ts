import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** @returns signatures a second whose cryptography the server's half of this machine's cores does, all of them at it */
export async function bareSigning(count: number): Promise<number> {
	const cores = availableParallelism();
	const each = Math.ceil(count / cores);
	const module = new URL('bare-signing-worker.ts', import.meta.url);
	const workers = Array.from({ length: cores }, () => new Worker(module, { workerData: { count: each } }));
	await Promise.all(workers.map((worker) => once(worker, 'message')));
	const began = performance.now();
	await Promise.all(
		workers.map((worker) => {
			const done = once(worker, 'message');
			worker.postMessage('begin');
			return done;
		}),
	);
	const seconds = (performance.now() - began) / 1_000;
	await Promise.all(workers.map((worker) => worker.terminate()));
	return (each * cores) / seconds;
}
