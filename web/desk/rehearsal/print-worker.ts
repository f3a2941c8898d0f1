/** Prints a letter beside the page, which stays usable meanwhile, and ends. */
import { fetchFile } from '../../api-client.ts';
import { type PrintedLetter, printLetter, type ToPrint } from './print-letter.ts';

/** Where the server has the fonts. */
const FONTS = '/assets/type/';

export type PrintMessage = { printed: PrintedLetter } | { failed: string };

addEventListener('message', async ({ data }: MessageEvent<ToPrint>) => {
	postMessage(await print(data));
});

async function print(what: ToPrint): Promise<PrintMessage> {
	try {
		return { printed: await printLetter(what, read) };
	} catch (failure) {
		return { failed: failure instanceof Error ? failure.message : 'The files could not be made.' };
	}
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	for await (const piece of await fetchFile(`${FONTS}${path}`)) pieces.push(new Uint8Array(piece));
	return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
