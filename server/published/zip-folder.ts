/** A released letter's folder as one file, for whoever takes it along. ZIP with stored entries (APPNOTE.TXT 6.3.10, section 4.4.5): nothing is packed again. */
import { createHash } from 'node:crypto';
import { Zip, ZipPassThrough } from 'fflate';
import { fromUtf8 } from '../../shared/bytes.ts';
import { FILES_PATH, type ListedFile, readFilesList } from './files-list.ts';
import type { FolderSource } from './folder-source.ts';

/** The format's first day: when somebody takes a copy is nobody's business. */
const noDay = new Date(1980, 0, 1);

/**
 * Piece by piece, so that a large letter is never in memory as a whole. Each file is compared with the hash that files.json gives of it, as that was read at the start: what ends is one
 * version. Proven by test/server/published/zip-folder.test.ts, test/server/letter/take-down.test.ts.
 * @param name of the folder inside
 * @returns null where there is no such folder
 * @throws Error, in the middle, where a file was rendered again meanwhile or is not the one that is listed: whoever asks again gets a whole one
 */
export async function zipFolder(source: FolderSource, name: string): Promise<AsyncGenerator<Uint8Array> | null> {
	const found = await source(FILES_PATH);
	if (found === null) return null;
	const list = await whole(found);
	const listed = readFilesList(fromUtf8(list));
	return listed && zipped(source, name, listed, list);
}

async function* zipped(
	source: FolderSource,
	name: string,
	listed: readonly ListedFile[],
	list: Uint8Array,
): AsyncGenerator<Uint8Array> {
	const made: Uint8Array[] = [];
	const zip = new Zip((failure, chunk) => {
		if (failure) throw failure;
		made.push(chunk);
	});
	const begin = (path: string): ZipPassThrough => {
		const entry = new ZipPassThrough(`${name}/${path}`);
		entry.mtime = noDay;
		zip.add(entry);
		return entry;
	};
	for (const { path, sha256 } of listed) {
		const entry = begin(path);
		const hash = createHash('sha256');
		for await (const piece of (await source(path)) ?? []) {
			hash.update(piece);
			entry.push(piece);
			yield* made.splice(0);
		}
		if (hash.digest('hex') !== sha256) throw new Error('a file of the folder is not the one that its list names');
		entry.push(new Uint8Array(0), true);
		yield* made.splice(0);
	}
	begin(FILES_PATH).push(list, true);
	zip.end();
	yield* made.splice(0);
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const read: Uint8Array[] = [];
	for await (const piece of pieces) read.push(piece);
	return Buffer.concat(read);
}
