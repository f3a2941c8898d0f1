/**
 * What a recount leaves behind, so that single signatures can be looked up without asking anybody: a question for one place of the file would tell the
 * host whose signature somebody looks at. Proven by test/journey/number-is-mine.test.ts.
 */
import { type Bytes, equal, fromB64u } from './bytes.ts';
import type { CheckedChain } from './chain.ts';
import { compareBytes } from './contribution.ts';
import type { RecountedLetter } from './mine.ts';
import type { VerifiedBatch } from './recount-gather.ts';

const DIGEST = 32;

/** @param batches of all signatures, in the file's order, which is that of their digests */
export function recountedLetter({ root, charter }: CheckedChain, batches: readonly VerifiedBatch[]): RecountedLetter {
	return {
		root,
		find: async (digest) => {
			const wanted = fromB64u(digest, DIGEST);
			const batch = batches.findLast(({ digests }) => compareBytes(digestAt(digests, 0), wanted) <= 0);
			const at = batch === undefined ? -1 : placeOf(batch.digests, wanted);
			const signature = batch?.signatures[at];
			if (batch === undefined || signature === undefined) return null;
			const { key, group, shown, gone, display, label } = signature;
			const name = charter.groups.find(({ id }) => id === group)?.name ?? '';
			return { number: batch.number + at, key, group: name, shown, stands: gone ?? 'listed', display, label };
		},
	};
}

const digestAt = (digests: Bytes, at: number): Bytes => digests.subarray(at * DIGEST, (at + 1) * DIGEST);

function placeOf(digests: Bytes, wanted: Bytes): number {
	for (let at = 0; at * DIGEST < digests.length; at++) if (equal(digestAt(digests, at), wanted)) return at;
	return -1;
}
