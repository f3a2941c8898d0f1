/** The PDF of a letter, beside everything else that is made of it: for a large one it takes longer than all the rest. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LetterPageView } from '../../shared/pages/letter-view.ts';
import { letterPdf } from '../../shared/print/letter-pdf.ts';

/** Names up to which a thread takes longer to begin than to print. */
const FEW = 2_000;

/** In a thread of its own where many signed: the same bytes. Proven by test/server/published/rendering.test.ts. @throws Error where the thread fails */
export async function printed(view: LetterPageView): Promise<Uint8Array> {
	if (view.named.length <= FEW) return letterPdf(view);
	const worker = new Worker(new URL('./print-worker.ts', import.meta.url), { workerData: view });
	const ended = once(worker, 'exit').then(() => {
		throw new Error('the thread that prints a letter ended early');
	});
	try {
		const [pdf]: Uint8Array[] = await Promise.race([once(worker, 'message'), ended]);
		if (pdf === undefined) throw new Error('nothing was printed');
		return pdf;
	} finally {
		ended.catch(() => undefined);
		await worker.terminate();
	}
}
