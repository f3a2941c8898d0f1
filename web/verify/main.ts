/** The recount page: gives its element a worker to count with. */

import { type Recounter, RecountLetter } from './recount-letter.ts';
import type { RecountAnswer } from './recount-messages.ts';
import workerAddress from './recount-worker.ts?worker&url';

/** The one script address that this page may start; the content security policy lets no other through. */
const ownScripts = window.trustedTypes?.createPolicy('undersigned', {
	createScriptURL: (address) => {
		if (address !== workerAddress) throw new Error('This is not the program that counts.');
		return address;
	},
});

const recounter: Recounter = (question, progress) =>
	new Promise((resolve, reject) => {
		const address = ownScripts?.createScriptURL(workerAddress) ?? workerAddress;
		const worker = new Worker(address as string, { type: 'module' });
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
