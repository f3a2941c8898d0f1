/** Starts the program that prints a letter. Names stay in this browser: it reaches the server for fonts alone. */
import type { Release } from '../../../shared/release.ts';
import { startProgram } from '../trusted-page.ts';
import type { PrintedLetter } from './print-letter.ts';
import type { PrintMessage } from './print-worker.ts';
import printProgram from './print-worker.ts?worker&url';

/** @throws Error where the files could not be made; nothing else depends on them */
export function printFiles(release: Release): Promise<PrintedLetter> {
	const worker = startProgram(printProgram);
	return new Promise<PrintedLetter>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<PrintMessage>) =>
			'printed' in data ? resolve(data.printed) : reject(new Error(data.failed));
		worker.onerror = () => reject(new Error('The program that makes the files did not start.'));
		worker.postMessage(release);
	}).finally(() => worker.terminate());
}
