/** files.json: what a letter's folder holds, for whoever copies it. One file a line, in the order of their paths. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { utf8 } from '../../shared/bytes.ts';
import type { RenderedFile } from './rendered-file.ts';

export const FILES_PATH = 'files.json';

/** `bytes` counts, `sha256` is in hexadecimal, both of the file as it is rendered, not packed. */
export interface ListedFile {
	path: string;
	type: string;
	bytes: number;
	sha256: string;
}

export const listedFile = ({ path, mediaType, body }: RenderedFile): ListedFile => ({
	...{ path, type: mediaType, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') },
});

/** @param files all that lie in the folder beside this one, in any order */
export function writeFilesList(files: readonly ListedFile[]): RenderedFile {
	const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
	const lines = inOrder.map(({ path, type, bytes, sha256 }) => JSON.stringify({ path, type, bytes, sha256 }));
	const body = utf8(`{"files":[\n${lines.join(',\n')}\n]}\n`);
	return { path: FILES_PATH, mediaType: 'application/json', body };
}

/** Names that mean the same on every system: none leads out of the folder, is hidden, or is one of a system's own. */
const safePath = /^(?!.*\.part$)[A-Za-z0-9]([\w.-]*[\w-])?(\/[A-Za-z0-9]([\w.-]*[\w-])?)*$/;
const systemsOwn = /(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i;

/** Whether a path may be written below a folder. Proven by test/server/published/files-list.test.ts. */
export const isSafePath = (path: string): boolean =>
	path.length <= 200 && safePath.test(path) && !systemsOwn.test(path);

const filesList = v.object({
	files: v.pipe(
		v.array(
			v.object({
				path: v.pipe(v.string(), v.check(isSafePath)),
				type: v.pipe(v.string(), v.maxLength(100)),
				bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
				sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
			}),
		),
		v.maxLength(20_000),
		// Some file systems do not tell large letters from small ones: the second would take the first one's place.
		v.check((files) => new Set(files.map(({ path }) => path.toLowerCase())).size === files.length),
	),
});

/** What somebody else's server says that a folder holds; null unless it is such a list, of files that may be written. */
export function readFilesList(text: string): ListedFile[] | null {
	try {
		const { success, output } = v.safeParse(filesList, JSON.parse(text));
		if (!success || output.files.some(({ path }) => path.toLowerCase() === FILES_PATH)) return null;
		return output.files;
	} catch {
		return null;
	}
}
