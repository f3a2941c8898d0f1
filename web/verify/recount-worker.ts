/**
 * Recounts off the page's own thread, so that the page stays quick: reads the file, and has signatures verified by workers of its own, one for each core.
 * It keeps what is printed of them, and answers afterwards whose number is whose.
 */

import type { CheckedChain } from '../../shared/chain.ts';
import { Refused } from '../../shared/client/call.ts';
import { Fault } from '../../shared/fault.ts';
import { msg, speakThrough } from '../../shared/locales/say.ts';
import { checkMine, type RecountedLetter } from '../../shared/mine.ts';
import { recount } from '../../shared/recount.ts';
import type { VerifiedBatch } from '../../shared/recount-gather.ts';
import { type StartWorker, type WorkerAnswer, WorkerPool } from '../../shared/recount-pool.ts';
import { checkUpdates } from '../../shared/recount-updates.ts';
import { recountedLetter } from '../../shared/recounted.ts';
import batchWorkerAddress from './batch-worker.ts?worker&url';
import { ownScripts } from './own-scripts.ts';
import type { MineOutcome, RecountAnswer, RecountOutcome, RecountQuestion, VerifyTask } from './recount-messages.ts';
import { chosenFiles, fetchedFiles, type ReleaseFiles } from './release-files.ts';

/** More would wait for the one that reads. */
const MOST = 8;
const start = ownScripts(batchWorkerAddress);
const say = (answer: RecountAnswer) => postMessage(answer);

let letter: RecountedLetter | null = null;

addEventListener('message', ({ data }: MessageEvent<VerifyTask>) => {
	if (data.kind === 'recount') speakThrough(() => data.spoken);
	const answer =
		data.kind === 'recount'
			? recountOne(data.question).then((outcome) => say({ kind: 'report', outcome }))
			: answerMine(data).then((outcome) => say({ kind: 'mine', outcome }));
	answer.catch((failure: unknown) => {
		say({ kind: 'failed', message: failure instanceof Error ? failure.message : String(failure) });
	});
});

async function recountOne(question: RecountQuestion): Promise<RecountOutcome> {
	letter = null;
	const files = question.from === 'address' ? fetchedFiles(question) : chosenFiles(question.files);
	const pool = new WorkerPool(startWorker, Math.min(navigator.hardwareConcurrency, MOST));
	try {
		return await recountFiles(files, pool);
	} finally {
		pool.end();
	}
}

async function recountFiles(files: ReleaseFiles, verifier: WorkerPool): Promise<RecountOutcome> {
	const jws = await unlessMissing(() => files.jws());
	const batches: VerifiedBatch[] = [];
	let chain: CheckedChain | null = null;
	const report = await recount(await files.release(), {
		...(jws === null ? {} : { jws }),
		verifier,
		now: (check) => say({ kind: 'now', check }),
		progress: (done, total) => say({ kind: 'progress', done, total }),
		opened: (opened) => {
			chain = opened;
		},
		verified: (batch) => batches.push(batch),
	});
	// TypeScript does not see that the callback sets it.
	const opened = chain as CheckedChain | null;
	if (!report.ok || opened === null) return { report, updates: null };
	letter = recountedLetter(opened, batches);
	const updates = await unlessMissing(() => files.updates());
	return { report, updates: updates && (await checkUpdates(updates, opened)) };
}

/** A mirror may have the release alone; the recount then says that the host's seal was not checked. */
async function unlessMissing<T>(read: () => Promise<T | null>): Promise<T | null> {
	try {
		return await read();
	} catch (refused) {
		if (refused instanceof Refused && refused.code === 'not-found') return null;
		throw refused;
	}
}

async function answerMine({ proof, mine }: Extract<VerifyTask, { kind: 'mine' }>): Promise<MineOutcome> {
	if (letter === null) return { ok: false, message: msg('Recount the letter first.') };
	try {
		return { ok: true, signature: await checkMine(proof, mine, letter) };
	} catch (fault) {
		if (fault instanceof Fault) return { ok: false, message: fault.message };
		throw fault;
	}
}

const startWorker: StartWorker = (answered, broken) => {
	const worker = start(batchWorkerAddress);
	worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => answered(data));
	worker.addEventListener('error', () =>
		broken(new Error(msg('A program that counts did not start. Reload the page.'))),
	);
	return { post: (task) => worker.postMessage(task), end: () => worker.terminate() };
};
