/**
 * Files of a scheduled release under the host secret, in slices. In the database neither what is in them can be read nor what they are called:
 * pages are named by the letters that names begin with. Proven by test/server/press/stage.test.ts.
 */
import { createHmac } from 'node:crypto';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import type { Deps } from '../deps.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { type FileHead, type FileSlice, SLICE } from '../published/published-store.ts';
import { findStaged, type StagedSlice } from './staged-store.ts';

const STAGED = 'staged file';

/** What stands for a path. */
const nameOf = (box: SecretBox, letter: string, path: string): Uint8Array =>
	new Uint8Array(createHmac('sha256', box.key('staged path', letter)).update(path).digest());

/** A slice cannot stand in for another one, nor for one of another letter. */
const place = (letter: string, path: string, slice: number): string => JSON.stringify([letter, path, slice]);

/** Before the first slice's bytes: the file's type, and how long it is. */
const headOf = ({ mediaType, length }: FileHead): Uint8Array => utf8(`${JSON.stringify([mediaType, length])}\n`);

export function sealSlice(
	{ secretBox }: Pick<Deps, 'secretBox'>,
	letter: string,
	{ file, slice, body }: FileSlice,
): StagedSlice {
	const plain = slice === 0 ? Buffer.concat([headOf(file), body]) : body;
	const box = secretBox.seal(STAGED, place(letter, file.path, slice), plain);
	return { file: nameOf(secretBox, letter, file.path), slice, box };
}

export interface StagedFile {
	mediaType: string;
	/** Its beginning; most files are no longer. */
	first: Uint8Array;
	/** What follows. Ends with an error where another revision takes the file's place meanwhile: it is asked for again. */
	rest(): AsyncGenerator<Uint8Array>;
}

/** @param of the letter, and the revision of it that is prepared */
export async function openFile(
	{ db, secretBox }: Pick<Deps, 'db' | 'secretBox'>,
	of: { letter: string; staged: number },
	path: string,
): Promise<StagedFile | null> {
	const name = nameOf(secretBox, of.letter, path);
	const read = async (slice: number) => {
		const box = await findStaged(db, of, name, slice);
		return box && secretBox.open(STAGED, place(of.letter, path, slice), box);
	};
	const first = await read(0);
	if (first === null) return null;
	const end = first.indexOf(10);
	const [mediaType, length] = JSON.parse(fromUtf8(first.subarray(0, end))) as [string, number];
	return {
		mediaType,
		first: first.subarray(end + 1),
		async *rest() {
			for (let slice = 1; slice * SLICE < length; slice++) {
				const next = await read(slice);
				if (next === null) throw new Error('another revision took the place of a file that was being read');
				yield next;
			}
		},
	};
}
