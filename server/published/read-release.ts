import { createHash } from 'node:crypto';
import { fromUtf8 } from '../../shared/bytes.ts';
import { LIMITS } from '../../shared/limits.ts';
import { rawLines } from '../../shared/lines.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import { type Keep, readLines } from './own-release.ts';
import { lineAsItIs, type Since } from './release-as-it-is.ts';

export interface ReadRelease {
	/** As it is now. */
	file: Uint8Array;
	/** Of that file, in hexadecimal. */
	sha256: string;
	release: ReleaseContent;
}

/** Room for what may be longer than it was: the approvals, and a stub with many of them. */
const ROOM = 64 * 1024;

/**
 * Reads a release file while it comes in, brings it up to date, and keeps it once: a large one is most of what a rendering has in memory. Proven by
 * test/server/published/release-as-it-is.test.ts.
 * @param pieces of a file of `length` bytes that this server checked before it kept it (release/check-release.ts): its documents are taken as they stand
 */
export async function readRelease(
	pieces: AsyncIterable<Uint8Array>,
	length: number,
	{ since, keep }: { since: Since; keep: Keep },
): Promise<ReadRelease> {
	const written = new Written(length + ROOM);
	const reading = readLines(keep);
	reading.next();
	const asItIs = lineAsItIs(since);
	let release: ReleaseContent | null = null;
	for await (const { bytes } of rawLines(pieces, LIMITS.releaseLine)) {
		const line = await asItIs(bytes);
		written.line(line);
		if (release !== null) continue;
		const { value, done } = reading.next(fromUtf8(line));
		if (done) release = value;
	}
	if (release === null) throw new Error('the release file is cut off');
	const file = written.all();
	return { file, sha256: createHash('sha256').update(file).digest('hex'), release };
}

/** Lines in one stretch of memory, which is moved only where there is too little room. */
class Written {
	#bytes: Uint8Array;
	#length = 0;

	constructor(room: number) {
		this.#bytes = new Uint8Array(room);
	}

	line(line: Uint8Array): void {
		const end = this.#length + line.length + 1;
		if (end > this.#bytes.length) {
			const more = new Uint8Array(end + (end >>> 2));
			more.set(this.#bytes.subarray(0, this.#length));
			this.#bytes = more;
		}
		this.#bytes.set(line, this.#length);
		this.#bytes[end - 1] = 10;
		this.#length = end;
	}

	all(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}
}
