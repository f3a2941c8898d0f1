/** A file as lines, read piece by piece: never more of it in memory than the longest line that is accepted. */
import { type Bytes, concat, fromUtf8, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';

/** The whole text of a file, or its pieces in order; where they are cut does not matter, within a line or within a character. */
export type FileSource = string | AsyncIterable<string | Uint8Array>;

/** `number` from 1; `text` without the "\n" that ended it. */
export type Line = { number: number; text: string };

/** A line as its bytes, without the "\n" that ended it. */
export type RawLine = { number: number; bytes: Bytes };

const NEWLINE = 10;

/**
 * @param longest bytes that a line may have, without its "\n"
 * @throws Fault `line-too-long`, `encoding`, or `release-form` where the last line has no "\n"
 */
export async function* fileLines(source: FileSource, longest: number): AsyncGenerator<Line> {
	for await (const line of rawLines(source, longest)) yield decodeLine(line);
}

/**
 * Lines that somebody else decodes.
 * @param seen called with every line's bytes, "\n" included, in order
 * @throws Fault `line-too-long`, or `release-form` where the last line has no "\n"
 */
export async function* rawLines(
	source: FileSource,
	longest: number,
	seen?: (bytes: Bytes) => void,
): AsyncGenerator<RawLine> {
	let number = 1;
	let kept: Uint8Array[] = [];
	let keptBytes = 0;
	for await (const piece of pieces(source)) {
		let from = 0;
		for (;;) {
			const end = piece.indexOf(NEWLINE, from);
			const part = piece.subarray(from, end === -1 ? piece.length : end + 1);
			keptBytes += part.length;
			if (keptBytes > longest + 1 || (end === -1 && keptBytes > longest)) {
				throw new Fault('line-too-long', `line ${number}`, `This line is longer than ${longest} bytes.`);
			}
			kept.push(part);
			if (end === -1) break;
			const bytes = concat(...kept);
			seen?.(bytes);
			yield { number, bytes: bytes.subarray(0, -1) };
			number += 1;
			kept = [];
			keptBytes = 0;
			from = end + 1;
		}
	}
	if (keptBytes > 0)
		throw new Fault(
			'release-form',
			`line ${number}`,
			'This line is not ended: the file is cut off, or something follows its end.',
		);
}

/** Bytes of a text are made in slices, so that a long string does not stand in memory twice. */
async function* pieces(source: FileSource): AsyncGenerator<Uint8Array> {
	if (typeof source !== 'string') {
		for await (const piece of source) yield typeof piece === 'string' ? utf8(piece) : piece;
		return;
	}
	const slice = 1 << 20;
	for (let from = 0; from < source.length; ) {
		let to = Math.min(from + slice, source.length);
		// Not between the halves of a surrogate pair.
		if (to < source.length && (source.charCodeAt(to - 1) & 0xfc00) === 0xd800) to += 1;
		yield utf8(source.slice(from, to));
		from = to;
	}
}

/** @throws Fault `encoding` */
export function decodeLine({ number, bytes }: RawLine): Line {
	try {
		return { number, text: fromUtf8(bytes) };
	} catch {
		throw new Fault('encoding', `line ${number}`, 'This line is not UTF-8.');
	}
}
