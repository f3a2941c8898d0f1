/** So many bytes of a needle are looked up before it is compared whole. */
const HEAD = 4;
const PLACES = 18;

/** Where the first bytes of a needle are noted (Knuth's multiplicative hash). */
const placeOf = (head: number): number => Math.imul(head, 0x9e3779b1) >>> (32 - PLACES);

/**
 * Finds which of many needles are in some bytes, in one walk over them instead of one for each: a database's files are large, and what must not be in them has many forms.
 * Proven by test/shared/needles.node.test.ts.
 */
export class Needles {
	readonly #byHead = new Map<number, Buffer[]>();
	readonly #begins = new Uint8Array(2 ** PLACES);

	/** @throws RangeError for a needle of fewer than four bytes */
	constructor(needles: readonly Buffer[]) {
		for (const needle of needles) {
			if (needle.length < HEAD) throw new RangeError('a needle has four bytes at least');
			const head = needle.readInt32LE(0);
			this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), needle]);
			this.#begins[placeOf(head)] = 1;
		}
	}

	/** Those that are there, each once, in the order in which they come. */
	in(bytes: Buffer): Buffer[] {
		const found = new Set<Buffer>();
		const begins = this.#begins;
		let head = 0;
		for (let end = 0; end < bytes.length; end++) {
			head = (head >>> 8) | ((bytes[end] ?? 0) << 24);
			if (begins[placeOf(head)] === 0) continue;
			const at = end + 1 - HEAD;
			for (const needle of this.#byHead.get(head) ?? []) {
				if (at >= 0 && bytes.subarray(at, at + needle.length).equals(needle)) found.add(needle);
			}
		}
		return [...found];
	}
}
