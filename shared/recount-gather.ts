/**
 * Where the signatures of a recount come together: their lines go out in batches, and what comes back is taken in the file's order, so that the
 * first fault of the file is found whoever verifies faster (docs/protocol.md, section 9, check 3).
 */
import { type Bytes, joinBytes } from './bytes.ts';
import { compareBytes } from './contribution.ts';
import { Fault } from './fault.ts';
import type { BatchOutcome, BatchVerifier, CountedSignature, SignatureBatch } from './recount-batch.ts';
import type { RecountTallies } from './recount-tallies.ts';
import { signaturePlace } from './release-file.ts';

/** Lines of a batch, and the bytes after which it is sent however few they are. */
const LINES = 256;
const BYTES = 1 << 19;
const DIGEST = 32;

/** Signatures that hold, in the file's order: the `number` of the first, their `digests` joined, and their marks where marks are kept. */
export type VerifiedBatch = {
	number: number;
	digests: Bytes;
	signatures: readonly CountedSignature[];
	marks: Bytes;
};

/** A signature's line, without its comma. */
export type SignatureLine = { line: number; number: number; bytes: Bytes };

/** What is told of the gathering. `verified` after each batch; `failing` before a fault is thrown: the check that fails, and lines read until then. */
export type GatherHooks = {
	verified: (batch: VerifiedBatch) => void;
	failing: (check: 'form' | 'signatures', lines: number) => void;
};

type Pending = { batch: SignatureBatch; outcome: Promise<BatchOutcome> };

export class Gathering {
	/** Whether a fault was thrown: what is still under way does not matter then. */
	over = false;
	readonly #verifier: BatchVerifier;
	readonly #tallies: RecountTallies;
	readonly #hooks: GatherHooks;
	readonly #keys = new Set<string>();
	readonly #digests: Bytes[] = [];
	readonly #pending: Pending[] = [];
	#lines: SignatureLine[] = [];
	#bytes = 0;
	#last: Bytes | null = null;

	constructor(verifier: BatchVerifier, tallies: RecountTallies, hooks: GatherHooks) {
		this.#verifier = verifier;
		this.#tallies = tallies;
		this.#hooks = hooks;
	}

	/** @throws Fault of a line that came before */
	async take(line: SignatureLine): Promise<void> {
		this.#lines.push(line);
		this.#bytes += line.bytes.length;
		if (this.#lines.length < LINES && this.#bytes < BYTES) return;
		this.#send();
		while (this.#pending.length > this.#verifier.parallel) await this.#settle();
	}

	/** @throws Fault of any line that came */
	async finish(): Promise<void> {
		this.#send();
		while (this.#pending.length > 0) await this.#settle();
	}

	/** Of all that were verified, joined in the file's order. */
	digests(): Bytes {
		return joinBytes(this.#digests);
	}

	#send(): void {
		const first = this.#lines[0];
		if (first === undefined) return;
		const bytes = joinLines(this.#lines, this.#bytes);
		const batch = { bytes, line: first.line, number: first.number };
		const outcome = this.#verifier.verify(batch);
		// Awaited later: until then, a rejection is nobody's.
		outcome.catch(() => undefined);
		this.#pending.push({ batch, outcome });
		this.#lines = [];
		this.#bytes = 0;
	}

	async #settle(): Promise<void> {
		const pending = this.#pending.shift();
		if (pending === undefined) return;
		const { batch } = pending;
		const { digests, signatures, marks, fault } = await pending.outcome;
		for (const [at, signature] of signatures.entries()) {
			const place = signaturePlace(batch.line + at, batch.number + at);
			const digest = digests.subarray(at * DIGEST, (at + 1) * DIGEST);
			const wrong = this.#compare(digest, signature.key, place);
			if (wrong !== null) this.#fail('signatures', batch.line + at, wrong);
			this.#last = digest;
			this.#keys.add(signature.key);
			this.#tallies.add(signature, place);
		}
		if (digests.length > 0) this.#digests.push(digests);
		if (fault !== null) {
			const { check, code, place, message } = fault;
			this.#fail(check, batch.line + signatures.length, new Fault(code, place, message));
		}
		this.#hooks.verified({ number: batch.number, digests, signatures, marks });
	}

	/** What compares a signature with those before it: last, as it is the only thing that is not verified yet. */
	#compare(digest: Bytes, key: string, place: string): Fault | null {
		if (this.#last !== null && compareBytes(this.#last, digest) >= 0)
			return new Fault('order', place, 'The digest of this signature does not come after the one before it.');
		if (this.#keys.has(key)) return new Fault('key-twice', place, 'An earlier signature has the same key.');
		return null;
	}

	#fail(check: 'form' | 'signatures', line: number, fault: Fault): never {
		this.over = true;
		this.#hooks.failing(check, line);
		throw fault;
	}
}

/** Each ended by "\n". */
function joinLines(lines: readonly SignatureLine[], length: number): Bytes {
	const all = new Uint8Array(length + lines.length);
	let at = 0;
	for (const { bytes } of lines) {
		all.set(bytes, at);
		at += bytes.length;
		all[at++] = 10;
	}
	return all;
}
