/** Where the files of a released letter are read from: the database, or any server that has its folder. */
import type { Db } from '../database.ts';
import { findHead, readPiece } from './published-store.ts';

/** One file, piece by piece; null where there is none. `path` is below the letter's folder. */
export type FolderSource = (path: string) => Promise<AsyncIterable<Uint8Array> | null>;

/** Nobody answered, or not as a server of files does. The message is for whoever asked. */
export class SourceFailed extends Error {
	override name = 'SourceFailed';
}

export const fromDatabase =
	(db: Db, slug: string): FolderSource =>
	async (path) => {
		const head = await findHead(db, slug, path, ['identity']);
		if (head === null) return null;
		return (async function* () {
			for (let from = 0; from < head.length; ) {
				const piece = await readPiece(db, head, from);
				// Rendered again meanwhile: what was read is cut off, and whoever compares the hash asks again.
				if (piece === null) return;
				from += piece.length;
				yield piece;
			}
		})();
	};

/** @param folder the address of the letter's folder, with its slash at the end */
export const fromServer =
	(folder: URL): FolderSource =>
	async (path) => {
		const address = new URL(path, folder);
		const answer = await fetch(address, { cache: 'no-store', credentials: 'omit' }).catch((failure: unknown) => {
			const why = failure instanceof Error && failure.cause instanceof Error ? ` (${failure.cause.message})` : '';
			throw new SourceFailed(`No answer came from ${address.origin}${why}.`);
		});
		if (answer.ok && answer.body !== null) return answer.body;
		await answer.body?.cancel();
		if (answer.status === 404) return null;
		throw new SourceFailed(`${address} was answered with ${answer.status}.`);
	};

/** Of several places where the folder may be, the first that has what is asked for first; from then on only that one. */
export function fromFirst(sources: readonly FolderSource[]): FolderSource {
	let found: FolderSource | undefined;
	return async (path) => {
		if (found !== undefined) return found(path);
		for (const source of sources) {
			const pieces = await source(path).catch((failure: unknown) => {
				// Stores of objects answer 403 where there is nothing. The last place tells what is wrong with all.
				if (failure instanceof SourceFailed && source !== sources.at(-1)) return null;
				throw failure;
			});
			if (pieces === null) continue;
			found = source;
			return pieces;
		}
		return null;
	};
}
