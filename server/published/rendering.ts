import { Child } from '../platform/child.ts';
import { type FileHead, type FileSlice, type Folder, SLICE } from './published-store.ts';
import type { Hashed, Listing, RenderedHeads, RenderTask, Sealed } from './render-program.ts';

/** A rendered letter. Its files wait in the process that rendered them until `slices` has been read, once; `end` gives its memory back, read or not. */
export interface Rendered extends Folder {
	listing: Listing;
	/** Of the signatures that are in the release and stand. */
	keys: string[];
	end(): void;
}

/** Signs the SHA-256 of a release file, in hexadecimal; null where there is no key to sign with. */
export type SealFile = (sha256: string) => Promise<string | null>;

/**
 * Renders every file of a letter in a process of its own, so that the server answers meanwhile and holds no more of it than a slice: test/server/published/rendering.test.ts.
 * The host's key stays here. @param file of the bytes that the task names. @throws Error where the process fails or dies; nothing is stored here
 */
export async function render(task: RenderTask, file: AsyncIterable<Uint8Array>, seal: SealFile): Promise<Rendered> {
	const child = new Child(new URL('./render-program.ts', import.meta.url));
	try {
		await child.say(task);
		await child.feed(file);
		const { sha256 } = await child.next<Hashed>();
		await child.say({ jws: await seal(sha256) } satisfies Sealed);
		const heads = await child.next<RenderedHeads>();
		return { ...heads, slices: () => slicesOf(heads.files, child), end: () => child.end() };
	} catch (failure) {
		child.end();
		throw failure;
	}
}

/** @throws Error where the process dies before the last one */
async function* slicesOf(files: readonly FileHead[], child: Child): AsyncGenerator<FileSlice> {
	const pieces = child.output();
	let piece: Uint8Array = new Uint8Array();
	const take = async (length: number): Promise<Uint8Array> => {
		const taken = new Uint8Array(length);
		for (let at = 0; at < length; ) {
			if (piece.length === 0) {
				const { value, done } = await pieces.next();
				if (done) throw new Error('the process that rendered a letter ended early');
				piece = value;
			}
			const part = piece.subarray(0, length - at);
			taken.set(part, at);
			at += part.length;
			piece = piece.subarray(part.length);
		}
		return taken;
	};
	for (const file of files) {
		for (let slice = 0; slice === 0 || slice * SLICE < file.length; slice++) {
			yield { file, slice, body: await take(Math.min(SLICE, file.length - slice * SLICE)) };
		}
	}
}
