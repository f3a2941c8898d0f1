/** Files of a scheduled release under the host secret, in slices: what lies in the database reads as noise. Proven by test/server/press/stage.test.ts. */
import type { Deps } from '../deps.ts';
import type { RenderedFile } from '../published/rendered-file.ts';
import { findStaged, type StagedSlice } from './staged-store.ts';

const STAGED = 'staged file';
const sliceBytes = 2 ** 20;

/** A slice cannot stand in for another one, nor for one of another letter. */
const place = (letter: string, path: string, slice: number): string => JSON.stringify([letter, path, slice]);

/** An empty file is one empty slice. */
export function sealFile({ secretBox }: Pick<Deps, 'secretBox'>, letter: string, file: RenderedFile): StagedSlice[] {
	const { path, mediaType, body } = file;
	const count = Math.max(1, Math.ceil(body.length / sliceBytes));
	return Array.from({ length: count }, (_, slice) => {
		const plain = body.subarray(slice * sliceBytes, (slice + 1) * sliceBytes);
		const box = secretBox.seal(STAGED, place(letter, path, slice), plain);
		return { path, mediaType, length: body.length, slice, box };
	});
}

export interface StagedFile {
	mediaType: string;
	/** Ends with an error where another revision takes the file's place meanwhile: it is asked for again. */
	slices(): AsyncGenerator<Uint8Array>;
}

/** @param of the letter, and the revision of it that is prepared */
export async function openFile(
	{ db, secretBox }: Pick<Deps, 'db' | 'secretBox'>,
	of: { letter: string; staged: number },
	path: string,
): Promise<StagedFile | null> {
	const first = await findStaged(db, of, path, 0);
	if (first === null) return null;
	const count = Math.max(1, Math.ceil(first.length / sliceBytes));
	const open = ({ slice, box }: StagedSlice) => secretBox.open(STAGED, place(of.letter, path, slice), box);
	return {
		mediaType: first.mediaType,
		async *slices() {
			yield open(first);
			for (let slice = 1; slice < count; slice++) {
				const next = await findStaged(db, of, path, slice);
				if (next === null) throw new Error('another revision took the place of a file that was being read');
				yield open(next);
			}
		},
	};
}
