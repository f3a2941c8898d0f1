/** The recount page: gives its element a worker to count with. */

import { type Recounter, RecountLetter } from './recount-letter.ts';
import type { RecountAnswer } from './recount-messages.ts';

const recounter: Recounter = (question, progress) =>
	new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./recount-worker.ts', import.meta.url), { type: 'module' });
		worker.addEventListener('message', (event: MessageEvent<RecountAnswer>) => {
			const answer = event.data;
			if (answer.kind === 'progress') return progress(answer);
			worker.terminate();
			if (answer.kind === 'report') resolve(answer.report);
			else reject(new Error(answer.message));
		});
		worker.addEventListener('error', () => {
			worker.terminate();
			reject(new Error('The program that counts did not start. Reload the page and try again.'));
		});
		worker.postMessage(question);
	});

for (const element of document.querySelectorAll('recount-letter'))
	if (element instanceof RecountLetter) element.recounter = recounter;
