import { sameInAll } from '../assets.ts';
import { Child } from '../platform/child.ts';
import { spent } from '../platform/spent-buffers.ts';
import { packedOnce } from './pack.ts';
import { type FileHead, type FileSlice, type Folder, SLICE } from './published-store.ts';
import type { Hashed, Listing, RenderedHeads, RenderTask, Sealed } from './render-program.ts';

/** A rendered letter. Its files wait in the process that rendered them until `slices` has been read, once; `end` gives its memory back, read or not. */
export interface Rendered extends Folder {
	listing: Listing;
	/** Of the signatures that are in the release and stand. */
	keys: string[];
	/** Of the process that rendered it. */
	pid: number | undefined;
	end(): void;
}

/** Signs the SHA-256 of a release file, in hexadecimal; null where there is no key to sign with. */
export type SealFile = (sha256: string) => Promise<string | null>;

/** Bytes of a release file up to which its process stays for the next: to begin takes it five times as long as to render a small letter. */
const SMALL = 2 ** 20;
/** So long. Then its memory is given back, too. */
const STAYS_MS = 10_000;

let waiting: { child: Child; ends: NodeJS.Timeout } | undefined;

/**
 * Renders every file of a letter in another process, so that the server answers meanwhile and holds no more of it than a slice: test/server/published/rendering.test.ts.
 * The host's key stays here. @param file of the bytes that the task names. @throws Error where the process fails or dies; nothing is stored here
 */
export async function render(task: RenderTask, file: AsyncIterable<Uint8Array>, seal: SealFile): Promise<Rendered> {
	const { length, assets, packing } = task;
	const child = takeChild();
	try {
		await child.say(task);
		await child.feed(whole(file, length), { last: false });
		const { sha256 } = await child.next<Hashed>();
		await child.say({ jws: await seal(sha256) } satisfies Sealed);
		const { files: own, ...heads } = await child.next<RenderedHeads>();
		const packed = packing === null ? [] : sameInAll(assets).map((one) => packedOnce(one, packing));
		const built = (await Promise.all(packed)).flat().map(({ body, ...head }) => ({
			...{ head: { ...head, length: body.length }, body },
		}));
		let read = false;
		const slices = async function* () {
			yield* slicesOf(own, child);
			read = true;
			for (const { head, body } of built) yield* cut(head, async (from, to) => body.subarray(from, to));
		};
		const end = () => {
			if (read && length <= SMALL) keepChild(child);
			else child.end();
			read = false;
		};
		return { ...heads, files: [...own, ...built.map(({ head }) => head)], slices, pid: child.pid, end: once(end) };
	} catch (failure) {
		child.end();
		throw failure;
	}
}

function takeChild(): Child {
	const kept = waiting;
	waiting = undefined;
	clearTimeout(kept?.ends);
	if (kept === undefined || kept.child.over) return new Child(new URL('./render-program.ts', import.meta.url));
	kept.child.wait(true);
	return kept.child;
}

/** One is enough, and it keeps no server from ending. */
function keepChild(child: Child): void {
	if (waiting !== undefined) {
		child.end();
		return;
	}
	child.wait(false);
	const forget = () => {
		waiting = undefined;
		child.end();
	};
	waiting = { child, ends: setTimeout(forget, STAYS_MS).unref() };
}

function once(end: () => void): () => void {
	let ended = false;
	return () => {
		if (!ended) end();
		ended = true;
	};
}

async function* whole(file: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
	let fed = 0;
	for await (const piece of file) {
		fed += piece.length;
		yield piece;
	}
	if (fed !== length) throw new Error('the release file has another length than was said');
}

async function* cut(
	file: FileHead,
	read: (from: number, to: number) => Promise<Uint8Array>,
): AsyncGenerator<FileSlice> {
	for (let slice = 0; slice === 0 || slice * SLICE < file.length; slice++) {
		const body = await read(slice * SLICE, Math.min((slice + 1) * SLICE, file.length));
		yield { file, slice, body };
		spent(body);
	}
}

/** @throws Error where the process dies before the last one */
async function* slicesOf(files: readonly FileHead[], child: Child): AsyncGenerator<FileSlice> {
	const pieces = child.output();
	let piece: Uint8Array = new Uint8Array();
	const take = async (from: number, to: number): Promise<Uint8Array> => {
		const taken = new Uint8Array(to - from);
		for (let at = 0; at < taken.length; ) {
			if (piece.length === 0) {
				const { value, done } = await pieces.next();
				if (done) throw new Error('the process that rendered a letter ended early');
				piece = value;
			}
			const part = piece.subarray(0, taken.length - at);
			taken.set(part, at);
			at += part.length;
			piece = piece.subarray(part.length);
		}
		return taken;
	};
	for (const file of files) yield* cut(file, take);
	await pieces.return(undefined);
}
