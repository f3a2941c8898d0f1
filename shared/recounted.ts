/** What a recount leaves behind, so that single signatures can be looked up again in the same file without keeping it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, equal, fromB64u } from './bytes.ts';
import type { CheckedChain } from './chain.ts';
import { compareBytes } from './contribution.ts';
import { readDigest } from './entry.ts';
import { Fault } from './fault.ts';
import { decodeLine } from './lines.ts';
import type { PrintedSignature, RecountedLetter } from './mine.ts';
import type { VerifiedSpan } from './recount-gather.ts';
import { readSignature } from './release-file.ts';

const DIGEST = 32;

/** Reads so many bytes of the recounted file. */
export type ReadPart = (offset: number, length: number) => Promise<Bytes>;

/** @param spans of all signatures, in the file's order, which is that of their digests */
export function recountedLetter(chain: CheckedChain, spans: readonly VerifiedSpan[], read: ReadPart): RecountedLetter {
	return {
		root: chain.root,
		find: async (digest) => {
			const wanted = fromB64u(digest, DIGEST);
			const span = spans.findLast(({ digests }) => compareBytes(digestAt(digests, 0), wanted) <= 0);
			const at = span === undefined ? -1 : placeOf(span.digests, wanted);
			if (span === undefined || at === -1) return null;
			return printed(chain, lineAt(await read(span.offset, span.length), at), span, at, wanted);
		},
	};
}

const digestAt = (digests: Bytes, at: number): Bytes => digests.subarray(at * DIGEST, (at + 1) * DIGEST);

function placeOf(digests: Bytes, wanted: Bytes): number {
	for (let at = 0; at * DIGEST < digests.length; at++) if (equal(digestAt(digests, at), wanted)) return at;
	return -1;
}

/** Without its comma. */
function lineAt(bytes: Bytes, at: number): Bytes {
	let from = 0;
	for (let n = 0; n < at; n++) from = bytes.indexOf(10, from) + 1;
	const end = bytes.indexOf(10, from);
	const line = bytes.subarray(from, end === -1 ? bytes.length : end);
	return line.at(-1) === 0x2c ? line.subarray(0, -1) : line;
}

/** Believes nothing of what was read again but what has the digest that was verified. */
function printed(
	{ charter }: CheckedChain,
	bytes: Bytes,
	span: VerifiedSpan,
	at: number,
	wanted: Bytes,
): PrintedSignature {
	const number = span.number + at;
	const changed = new Fault('mine-changed', 'file', 'The file has changed since it was recounted. Recount it again.');
	const signature = unlessFault(() => readSignature(decodeLine({ number: span.line + at, bytes }), number));
	if (
		signature === null ||
		!equal(
			readDigest(signature, (part) => sha256(part)),
			wanted,
		)
	)
		throw changed;
	const nameOf = (id: string) => charter.groups.find((group) => group.id === id)?.name ?? '';
	if ('stub' in signature) {
		const { key, group, shown, strike } = signature.stub;
		const stands = strike === null ? 'withdrawn' : 'struck';
		return { number, key, group: nameOf(group), shown, stands, display: null, label: null };
	}
	const { statement, display, label } = signature.entry;
	const { key, group, shown } = statement;
	return { number, key, group: nameOf(group), shown, stands: 'listed', display, label };
}

function unlessFault<T>(read: () => T): T | null {
	try {
		return read();
	} catch (fault) {
		if (fault instanceof Fault) return null;
		throw fault;
	}
}
