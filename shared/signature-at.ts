/** One signature of a release file by its number, read as a stream: the others are passed over, so that a file of 100,000 is through in seconds. */
import { LIMITS } from './limits.ts';
import { decodeLine, type FileSource, rawLines } from './lines.ts';
import type { ReleasedSignature } from './release.ts';
import { fileParts, readSignature, withDigest } from './release-file.ts';

/**
 * Verifies nothing but its form: whoever acts on it signs the digest, which is computed here of exactly what is returned.
 * @param number from 1
 * @param passed called with the number of signatures passed over so far, now and then
 * @returns null where the release has fewer
 * @throws Fault that names the line
 */
export async function signatureAt(
	source: FileSource,
	number: number,
	passed: (signatures: number) => void = () => {},
): Promise<ReleasedSignature | null> {
	for await (const part of fileParts(rawLines(source, LIMITS.releaseLine))) {
		if (part.part !== 'signature') continue;
		if (part.number % 1_000 === 0) passed(part.number);
		if (part.number < number) continue;
		return withDigest(readSignature(decodeLine({ number: part.line, bytes: part.bytes }), number));
	}
	return null;
}
