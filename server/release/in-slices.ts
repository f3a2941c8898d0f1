/** How what is too large for memory is stored while it comes in (slices-store.ts). */

/** Bytes. */
export const SLICE = 2 ** 20;
/** Longer than any upload takes. */
const KEPT_MS = 2 * 3_600_000;

/** When slices go of which nothing came. */
export const keptUntil = (now: Date): Date => new Date(now.getTime() + KEPT_MS);

/** The same bytes in slices of which all but the last are equally long, each in a buffer of its own. */
export async function* inSlices(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let slice = new Uint8Array(SLICE);
	let filled = 0;
	for await (const piece of pieces) {
		for (let from = 0; from < piece.length; ) {
			const part = piece.subarray(from, from + SLICE - filled);
			slice.set(part, filled);
			filled += part.length;
			from += part.length;
			if (filled < SLICE) continue;
			yield slice;
			slice = new Uint8Array(SLICE);
			filled = 0;
		}
	}
	if (filled > 0) yield slice.subarray(0, filled);
}
