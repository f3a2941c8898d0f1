/** What is verified of a release file that is brought, by itself: in check-program.ts, or here where it is small. */
import { joinBytes } from '../../shared/bytes.ts';
import type { VerifiedBatch } from '../../shared/recount-gather.ts';
import type { RecountReport } from '../../shared/recount-report.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import { readLines } from '../published/own-release.ts';
import { recountInWorkers } from '../recount-workers.ts';
import { Marks, marking } from './held.ts';

export type CheckedFile = {
	report: Pick<RecountReport, 'fault' | 'releaseHash'>;
	/** Without its signatures. Null where the file has a fault. */
	release: ReleaseContent | null;
	/** The bytes of `Marks`. */
	marks: Uint8Array;
};

const NEWLINE = 10;
/** How the line of a signature begins; no other line does. */
const SIGNATURE = ['{"entry":', '{"stub":'].map((text) => Buffer.from(text));
const isSignature = (line: Uint8Array): boolean =>
	SIGNATURE.some((start) => line.length > start.length && start.compare(line, 0, start.length) === 0);

/** Takes from the lines what is no signature: what the server compares of those, the recount's threads bring. What it makes of a file with a fault does not matter. */
class Reading {
	readonly #lines = readLines(() => null);
	#rest: Uint8Array = new Uint8Array();
	#release: ReleaseContent | null = null;
	#broken = false;

	constructor() {
		this.#lines.next();
	}

	take(piece: Uint8Array): void {
		let from = 0;
		for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
			const part = piece.subarray(from, end);
			this.#line(this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]));
			this.#rest = new Uint8Array();
			from = end + 1;
		}
		if (!this.#broken) this.#rest = Buffer.concat([this.#rest, piece.subarray(from)]);
	}

	#line(line: Uint8Array): void {
		if (this.#broken || this.#release !== null || isSignature(line)) return;
		try {
			const { value, done } = this.#lines.next(Buffer.from(line.buffer, line.byteOffset, line.length).toString());
			if (done) this.#release = value;
		} catch {
			// The recount finds it, and says where.
			this.#broken = true;
		}
	}

	get release(): ReleaseContent | null {
		return this.#release;
	}
}

/** Reads the pieces to their end, or to the first fault. */
export async function checkFile(pieces: AsyncIterable<Uint8Array>): Promise<CheckedFile> {
	const reading = new Reading();
	const source = pieces[Symbol.asyncIterator]();
	const read = async function* () {
		for (let next = await source.next(); !next.done; next = await source.next()) {
			reading.take(next.value);
			yield next.value;
		}
	};
	const keys: string[] = [];
	const marks: Uint8Array[] = [];
	const verified = (batch: VerifiedBatch) => {
		for (const { key } of batch.signatures) keys.push(key);
		marks.push(batch.marks);
	};
	const marked = { marking, program: new URL('./check-worker.ts', import.meta.url) };
	const { fault, releaseHash } = await recountInWorkers(read(), { unapproved: true, verified }, { marked });
	return {
		report: { fault, releaseHash },
		release: fault === null ? reading.release : null,
		marks: Marks.of(keys, joinBytes(marks)).bytes,
	};
}
