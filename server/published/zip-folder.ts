/** A released letter's folder as one file, for whoever takes it along. ZIP with stored entries (APPNOTE.TXT 6.3.10, section 4.4.5): nothing is packed again. */
import { Zip, ZipPassThrough } from 'fflate';
import { fromUtf8 } from '../../shared/bytes.ts';
import { FILES_PATH, readFilesList } from './files-list.ts';
import type { FolderSource } from './folder-source.ts';

/** The format's first day: when somebody takes a copy is nobody's business. */
const noDay = new Date(1980, 0, 1);

/**
 * Piece by piece, so that a large letter is never in memory as a whole. Proven by test/server/letter/take-down.test.ts.
 * @param name of the folder inside
 * @returns null where there is no such folder
 * @throws Error where a file was rendered again meanwhile: whoever asks again gets it whole
 */
export async function zipFolder(source: FolderSource, name: string): Promise<AsyncGenerator<Uint8Array> | null> {
	const list = await source(FILES_PATH);
	const listed = list && readFilesList(fromUtf8(await whole(list)));
	if (!listed) return null;
	return zipped(source, name, new Map(listed.map(({ path, bytes }) => [path, bytes])));
}

async function* zipped(source: FolderSource, name: string, lengths: Map<string, number>): AsyncGenerator<Uint8Array> {
	const made: Uint8Array[] = [];
	const zip = new Zip((failure, chunk) => {
		if (failure) throw failure;
		made.push(chunk);
	});
	for (const path of [...lengths.keys(), FILES_PATH]) {
		const pieces = await source(path);
		const entry = new ZipPassThrough(`${name}/${path}`);
		entry.mtime = noDay;
		zip.add(entry);
		let bytes = 0;
		for await (const piece of pieces ?? []) {
			entry.push(piece);
			bytes += piece.length;
			yield* made.splice(0);
		}
		if (bytes !== (lengths.get(path) ?? bytes)) throw new Error('a file of the folder was rendered again meanwhile');
		entry.push(new Uint8Array(0), true);
		yield* made.splice(0);
	}
	zip.end();
	yield* made.splice(0);
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const read: Uint8Array[] = [];
	for await (const piece of pieces) read.push(piece);
	return Buffer.concat(read);
}
