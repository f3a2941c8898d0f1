/** The recount page: gives its element a worker to count with. */

import { msg } from '../../shared/locales/say.ts';
import { speakAsThePage } from '../read/page-words.ts';
import { type Recounter, RecountLetter, Stopped } from './recount-letter.ts';
import './recount-mine.ts';
import { ownScripts } from './own-scripts.ts';
import type { MineOutcome, RecountAnswer, RecountOutcome, VerifyTask } from './recount-messages.ts';
import workerAddress from './recount-worker.ts?worker&url';

const spoken = speakAsThePage();
const start = ownScripts(workerAddress);

/** The worker of the last recount: it knows where the signatures stand. */
let current: { worker: Worker; stop: (why: Error) => void } | null = null;

function ask<T>(worker: Worker, task: VerifyTask, heard: (answer: RecountAnswer) => T | null): Promise<T> {
	return new Promise((resolve, reject) => {
		const end = (settle: () => void) => {
			worker.removeEventListener('message', hear);
			settle();
		};
		const hear = ({ data }: MessageEvent<RecountAnswer>) => {
			if (data.kind === 'failed') return end(() => reject(new Error(data.message)));
			const outcome = heard(data);
			if (outcome !== null) end(() => resolve(outcome));
		};
		worker.addEventListener('message', hear);
		worker.addEventListener('error', () =>
			end(() => reject(new Error(msg('The program that counts did not start. Reload the page and try again.')))),
		);
		current = { worker, stop: (why) => end(() => reject(why)) };
		worker.postMessage(task);
	});
}

const recounter: Recounter = {
	recount: (question, told) => {
		current?.worker.terminate();
		return ask<RecountOutcome>(start(workerAddress), { kind: 'recount', question, spoken }, (answer) => {
			if (answer.kind === 'now') told.now(answer.check);
			if (answer.kind === 'progress') told.progress(answer);
			return answer.kind === 'report' ? answer.outcome : null;
		});
	},
	stop: () => {
		current?.worker.terminate();
		current?.stop(new Stopped());
		current = null;
	},
	mine: (proof, mine) => {
		if (current === null) return Promise.resolve({ ok: false, message: msg('Recount the letter first.') });
		return ask<MineOutcome>(current.worker, { kind: 'mine', proof, mine }, (answer) =>
			answer.kind === 'mine' ? answer.outcome : null,
		);
	},
};

for (const element of document.querySelectorAll('recount-letter'))
	if (element instanceof RecountLetter) element.recounter = recounter;
