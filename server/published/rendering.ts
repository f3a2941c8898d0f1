import { Worker } from 'node:worker_threads';
import type { PublishedFile } from './published-store.ts';
import type { Listing, RenderMessage, RenderTask } from './render-worker.ts';

export interface Rendered {
	files: PublishedFile[];
	listing: Listing;
	/** Of the signatures that are in the release and stand. */
	keys: string[];
}

/**
 * Renders every file of a letter in a thread of its own, so that the server answers meanwhile: test/server/published/rendering.test.ts. The thread ends with it, and
 * its memory is given back: a large letter takes a gigabyte.
 * @throws Error where the thread fails or dies; nothing is stored here
 */
export function render(task: RenderTask): Promise<Rendered> {
	const { buffer, byteLength } = task.file;
	const whole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
	return new Promise((resolve, reject) => {
		const files: PublishedFile[] = [];
		const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
			workerData: task,
			transferList: whole ? [buffer] : [],
		});
		worker.on('message', (message: RenderMessage) => {
			if ('file' in message) files.push(message.file);
			else resolve({ files, ...message.done });
		});
		worker.on('error', reject);
		// After `done` it changes nothing.
		worker.on('exit', () => reject(new Error('the thread that renders a letter ended early')));
	});
}
