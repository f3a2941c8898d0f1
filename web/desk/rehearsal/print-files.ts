/** Starts the program that prints a letter. Names stay in this browser: it reaches the server for fonts alone. */
import { startProgram } from '../trusted-page.ts';
import type { PrintedLetter, ToPrint } from './print-letter.ts';
import type { PrintMessage } from './print-worker.ts';
import printProgram from './print-worker.ts?worker&url';

/**
 * @param signal ends it, and with it what it holds of names; proven by test/web/desk/desk-rehearsal.test.ts.
 * @throws Error where the files could not be made; nothing else depends on them. The signal's reason once it is aborted
 */
export async function printFiles(what: ToPrint, signal: AbortSignal): Promise<PrintedLetter> {
	signal.throwIfAborted();
	const worker = startProgram(printProgram);
	return new Promise<PrintedLetter>((resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
		worker.onmessage = ({ data }: MessageEvent<PrintMessage>) =>
			'printed' in data ? resolve(data.printed) : reject(new Error(data.failed));
		worker.onerror = () => reject(new Error('The program that makes the files did not start.'));
		worker.postMessage(what);
	}).finally(() => worker.terminate());
}
