/** The files of a released letter, wherever the reader has them from: beside the page, or on the reader's own disk. */
import { msg } from '../../shared/locales/say.ts';
import { UPDATES_PATH } from '../../shared/updates-file.ts';
import { fetchFile } from '../api-client.ts';
import { streamPieces } from '../stream-pieces.ts';
import type { RecountQuestion } from './recount-messages.ts';

/** @throws Refused `not-found` where one is missing; null where nobody gave it */
export type ReleaseFiles = {
	release: () => Promise<AsyncIterable<Uint8Array>>;
	/** The text of release.json.jws. */
	jws: () => Promise<string | null>;
	updates: () => Promise<AsyncIterable<Uint8Array> | null>;
};

/** A JWS of the host has less. */
const LONGEST_JWS = 1000;

export function fetchedFiles({ release, jws, updates }: Extract<RecountQuestion, { from: 'address' }>): ReleaseFiles {
	return {
		release: () => fetchFile(release),
		jws: async () => startOf(await fetchFile(jws)),
		updates: () => fetchFile(updates),
	};
}

/** Of the chosen files, the one named *.jws is the host's, and one named updates.json holds the posts. */
export function chosenFiles(files: readonly File[]): ReleaseFiles {
	const seal = files.find((file) => file.name.endsWith('.jws'));
	const posts = files.find((file) => file.name === UPDATES_PATH);
	const release = files.find((file) => file !== seal && file !== posts);
	if (release === undefined)
		throw new Error(msg('Choose the release file, with or without the file that ends in .jws.'));
	return {
		release: async () => streamPieces(release.stream()),
		jws: async () => (seal === undefined ? null : await seal.slice(0, LONGEST_JWS).text()),
		updates: async () => (posts === undefined ? null : streamPieces(posts.stream())),
	};
}

async function startOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
	let all = '';
	for await (const piece of pieces) {
		all += new TextDecoder('latin1').decode(piece);
		if (all.length > LONGEST_JWS) break;
	}
	return all.slice(0, LONGEST_JWS);
}
