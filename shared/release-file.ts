/**
 * The release file (docs/protocol.md, section 8): one document a line, so that it can be read as a stream and compared by eye.
 * The lines around the documents are fixed, so that a file has one spelling.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import * as v from 'valibot';
import { type Approval, approvalSchema } from './approval.ts';
import { type Bytes, b64u } from './bytes.ts';
import type { Chain } from './chain.ts';
import { type DocumentSchema, readDocument } from './document.ts';
import { type Entry, entrySchema, readDigest, type Stub, stubSchema, writeEntry, writeStub } from './entry.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { decodeLine, type FileSource, type Line, type RawLine, rawLines } from './lines.ts';
import {
	type Release,
	type ReleasedSignature,
	type Terms,
	termsSchema,
	writeApprovals,
	writeTerms,
} from './release.ts';

const FORMAT = '{"format":"undersigned release 1",';
const END_OF_LIST = '],';
const BRACKET = 0x5d;
const COMMA = 0x2c;
const approvalsSchema = v.pipe(v.array(approvalSchema), v.maxLength(LIMITS.organizers));
const entryLine = v.strictObject({ entry: entrySchema });
const stubLine = v.strictObject({ stub: stubSchema });

/**
 * What a release file says, part by part: `head` once, each signature, then `end` once. `line` is a line's number, from 1. `bytes` are a signature's
 * line without its comma: nothing but its place among the others was looked at.
 */
export type FilePart =
	| { part: 'head'; chain: Chain; terms: Terms; lines: HeadLines }
	| { part: 'signature'; number: number; line: number; bytes: Bytes }
	| { part: 'end'; approvals: Approval[]; line: number };

/** Lines on which the lists of the head begin (their first documents), and the line of the terms. */
export type HeadLines = { charters: number; approvals: number; texts: number; terms: number };

/** The whole file as text, each line ended by "\n". The release's documents must have been made or read by this code. */
export function writeReleaseFile(release: Release): string {
	const { chain, terms, signatures, approvals } = release;
	return [
		FORMAT,
		'"charters":[',
		...list(chain.charters),
		'"charterApprovals":[',
		...list(chain.approvals.map((one) => writeApprovals(one))),
		'"texts":[',
		...list(chain.texts),
		`"terms":${writeTerms(terms)},`,
		'"signatures":[',
		...list(signatures.map(writeSignature)),
		`"approvals":${writeApprovals(approvals)}`,
		'}',
		'',
	].join('\n');
}

/** The whole file at once; its form only, nothing is verified (recount.ts does that). @throws Fault that names the line */
export async function readReleaseFile(source: FileSource): Promise<Release> {
	const signatures: ReleasedSignature[] = [];
	let release: Release | null = null;
	for await (const part of fileParts(rawLines(source, LIMITS.releaseLine))) {
		if (part.part === 'head') {
			release = { chain: part.chain, terms: part.terms, signatures, approvals: [] };
		} else if (part.part === 'signature') {
			const line = decodeLine({ number: part.line, bytes: part.bytes });
			signatures.push(withDigest(readSignature(line, part.number)));
		} else if (release !== null) {
			release.approvals = part.approvals;
		}
	}
	if (release === null) throw new Fault('release-form', 'line 1', 'This is not a release file.');
	return release;
}

/**
 * Reads the parts as the lines come. Charters and texts stay the strings that they are: the chain's check reads them.
 * @throws Fault that names the line, at the first line that is not as it must be
 */
export async function* fileParts(lines: AsyncIterable<RawLine>): AsyncGenerator<FilePart> {
	const reader = new LineReader(lines);
	await reader.expect(FORMAT);
	const charters = await reader.list('"charters":[', (line) => decodeLine(line).text, LIMITS.charters);
	const approvals = await reader.list(
		'"charterApprovals":[',
		(line) => readLine(approvalsSchema, decodeLine(line)),
		LIMITS.charters,
	);
	const texts = await reader.list('"texts":[', (line) => decodeLine(line).text, LIMITS.charters);
	const termsLine = decodeLine(await reader.line());
	const terms = readLine(termsSchema, between(termsLine, '"terms":', ','));
	yield {
		part: 'head',
		chain: { charters: charters.items, approvals: approvals.items, texts: texts.items },
		terms,
		lines: { charters: charters.from, approvals: approvals.from, texts: texts.from, terms: termsLine.number },
	};

	await reader.expect('"signatures":[');
	let number = 0;
	for await (const line of reader.items()) {
		number += 1;
		if (number > LIMITS.signatures)
			throw new Fault('release-form', `line ${line.number}`, `There are more than ${LIMITS.signatures} signatures.`);
		yield { part: 'signature', number, line: line.number, bytes: line.bytes };
	}

	const approvalsLine = decodeLine(await reader.line());
	const released = readLine(approvalsSchema, between(approvalsLine, '"approvals":', ''));
	await reader.expect('}');
	await reader.end();
	yield { part: 'end', approvals: released, line: approvalsLine.number };
}

/** As bytes: a signature's line is decoded by whoever verifies it. */
function isEndOfList(bytes: Bytes): boolean {
	return bytes.length === 2 && bytes[0] === BRACKET && bytes[1] === COMMA;
}

function list(documents: string[]): string[] {
	return [...documents.map((document, at) => (at === documents.length - 1 ? document : `${document},`)), END_OF_LIST];
}

function writeSignature(signature: ReleasedSignature): string {
	return 'entry' in signature ? `{"entry":${writeEntry(signature.entry)}}` : `{"stub":${writeStub(signature.stub)}}`;
}

/** @param signature as it was read from a file */
export function withDigest(signature: { entry: Entry } | { stub: Stub }): ReleasedSignature {
	return { digest: b64u(readDigest(signature, sha256)), ...signature };
}

/** Place of a signature: its line and its number. */
export function signaturePlace(line: number, number: number): string {
	return `line ${line}, signature ${number}`;
}

/** What stands on a signature's line, without its comma. @throws Fault that names the line and the signature */
export function readSignature(line: Line, number: number): { entry: Entry } | { stub: Stub } {
	const place = signaturePlace(line.number, number);
	const schema: DocumentSchema<{ entry: Entry } | { stub: Stub }> = line.text.startsWith('{"entry":')
		? entryLine
		: stubLine;
	return readDocument(schema, line.text, place, LIMITS.signatureLine);
}

function readLine<T>(schema: DocumentSchema<T>, line: Line): T {
	return readDocument(schema, line.text, `line ${line.number}`, LIMITS.releaseLine);
}

function between(line: Line, before: string, after: string): Line {
	if (!line.text.startsWith(before) || !line.text.endsWith(after)) {
		throw new Fault(
			'release-form',
			`line ${line.number}`,
			`This line does not begin with ${before}${after && ` and end with ${after}`}`,
		);
	}
	return { ...line, text: line.text.slice(before.length, line.text.length - after.length) };
}

/** Takes lines one by one; knows no more than one. */
class LineReader {
	readonly #lines: AsyncIterator<RawLine>;
	#last = 0;

	constructor(lines: AsyncIterable<RawLine>) {
		this.#lines = lines[Symbol.asyncIterator]();
	}

	async line(): Promise<RawLine> {
		const next = await this.#lines.next();
		if (next.done)
			throw new Fault('release-form', `line ${this.#last + 1}`, 'The file ends here, before its end: it is cut off.');
		this.#last = next.value.number;
		return next.value;
	}

	async expect(text: string): Promise<void> {
		const line = decodeLine(await this.line());
		if (line.text === text) return;
		const what = line.number === 1 ? 'This is not a release file: one begins with' : 'This line should be';
		throw new Fault('release-form', `line ${line.number}`, `${what} ${text}`);
	}

	async end(): Promise<void> {
		const next = await this.#lines.next();
		if (!next.done)
			throw new Fault('release-form', `line ${next.value.number}`, 'Something follows the end of the release.');
	}

	/** The items of a list up to its end, without their commas: after each but the last stands one. */
	async *items(): AsyncGenerator<RawLine> {
		let more: boolean | null = null;
		for (;;) {
			const line = await this.line();
			if (isEndOfList(line.bytes)) {
				if (more)
					throw new Fault(
						'release-form',
						`line ${line.number}`,
						'A comma announces one more document, but the list ends here.',
					);
				return;
			}
			if (more === false)
				throw new Fault('release-form', `line ${line.number}`, 'A document follows one without a comma.');
			more = line.bytes.at(-1) === COMMA;
			yield more ? { ...line, bytes: line.bytes.subarray(0, -1) } : line;
		}
	}

	async list<T>(head: string, read: (line: RawLine) => T, most: number): Promise<{ items: T[]; from: number }> {
		await this.expect(head);
		const from = this.#last + 1;
		const items: T[] = [];
		for await (const line of this.items()) {
			if (items.length === most)
				throw new Fault('release-form', `line ${line.number}`, `There are more than ${most} documents in this list.`);
			items.push(read(line));
		}
		return { items, from };
	}
}
