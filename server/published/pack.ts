import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Coding, PublishedFile } from './published-store.ts';
import type { RenderedFile } from './rendered-file.ts';

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

/** Above it brotli's best takes longer than a release may. */
const MEBIBYTE = 2 ** 20;

/** What is in a format that is packed by itself (PNG, PDF, WOFF) does not get smaller. */
const compressible = /^(text\/|application\/(json|jose|manifest)|image\/svg)/;

/** What takes seconds to pack, and what few ask for in the first minutes: the release file of a large letter. */
const LARGE = 16 * MEBIBYTE;

/** `best` is as small as it gets; `quick` takes a tenth of the time for a few percent more, and leaves what is large as it is. */
export type Packing = 'quick' | 'best';

/** A file in every coding that makes it smaller, and as it is. Packing takes threads of its own. */
export async function pack(file: RenderedFile, packing: Packing): Promise<PublishedFile[]> {
	const { body, mediaType } = file;
	if (!compressible.test(mediaType) || (packing === 'quick' && body.length > LARGE)) return [asItIs(file)];
	const small = packing === 'best' && body.length <= MEBIBYTE;
	const [br, gz] = await Promise.all([
		asBrotli(body, {
			params: {
				[constants.BROTLI_PARAM_QUALITY]: small ? 11 : 5,
				[constants.BROTLI_PARAM_SIZE_HINT]: body.length,
			},
		}),
		asGzip(body, { level: small ? 9 : 6 }),
	]);
	const twins = [coded(file, 'br', br), coded(file, 'gzip', gz)];
	return [asItIs(file), ...twins.filter((twin) => twin.body.length < body.length)];
}

const kept = new Map<string, Promise<PublishedFile[]>>();

/** For files of the build, which are the same in all letters: packed the first time, and kept for as long as the server runs. */
export function packedOnce(file: RenderedFile, packing: Packing): Promise<PublishedFile[]> {
	const name = [packing, file.path, asItIs(file).etag].join(' ');
	const before = kept.get(name);
	if (before !== undefined) return before;
	const packed = pack(file, packing);
	kept.set(name, packed);
	// Whoever waits for it hears why; the next one tries again.
	packed.catch(() => kept.delete(name));
	return packed;
}

export const asItIs = (file: RenderedFile): PublishedFile => coded(file, 'identity', file.body);

function coded({ path, mediaType }: RenderedFile, coding: Coding, body: Uint8Array): PublishedFile {
	const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 32)}"`;
	return { path, coding, mediaType, etag, body };
}
