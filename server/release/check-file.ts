/** What is verified of a release file that is brought, by itself: in check-program.ts, or here where it is small. */
import type { RecountReport } from '../../shared/recount-report.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import { readLines } from '../published/own-release.ts';
import { recountInWorkers } from '../recount-workers.ts';
import { keyOf, MARK, Marks, writeMark } from './held.ts';

export type CheckedFile = {
	report: Pick<RecountReport, 'fault' | 'releaseHash'>;
	/** Without its signatures. Null where the file has a fault. */
	release: ReleaseContent | null;
	/** The bytes of `Marks`. */
	marks: Uint8Array;
};

const NEWLINE = 10;

/** Takes from the lines what the server compares with its own. What it makes of a file with a fault does not matter. */
class Reading {
	readonly #keys: string[] = [];
	readonly #marks: Uint8Array[] = [];
	readonly #lines = readLines((signature) => {
		const mark = new Uint8Array(MARK);
		writeMark(signature, mark);
		this.#keys.push(keyOf(signature));
		this.#marks.push(mark);
		return null;
	});
	#rest: Uint8Array = new Uint8Array();
	#release: ReleaseContent | null = null;
	#broken = false;

	constructor() {
		this.#lines.next();
	}

	take(piece: Uint8Array): void {
		let from = 0;
		for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
			this.#line(Buffer.concat([this.#rest, piece.subarray(from, end)]).toString());
			this.#rest = new Uint8Array();
			from = end + 1;
		}
		if (!this.#broken) this.#rest = Buffer.concat([this.#rest, piece.subarray(from)]);
	}

	#line(line: string): void {
		if (this.#broken || this.#release !== null) return;
		try {
			const { value, done } = this.#lines.next(line);
			if (done) this.#release = value;
		} catch {
			// The recount finds it, and says where.
			this.#broken = true;
		}
	}

	get all(): Pick<CheckedFile, 'release' | 'marks'> {
		return { release: this.#release, marks: Marks.of(this.#keys, this.#marks).bytes };
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
	const { fault, releaseHash } = await recountInWorkers(read(), { unapproved: true });
	const { release, marks } = reading.all;
	return { report: { fault, releaseHash }, release: fault === null ? release : null, marks };
}
