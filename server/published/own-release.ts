import type { Approval } from '../../shared/approval.ts';
import { fromUtf8 } from '../../shared/bytes.ts';
import type { ReleaseContent, SignatureContent } from '../../shared/release.ts';

const NEWLINE = 10;

/**
 * Reads a release file that this server checked before it kept it (release/check-release.ts), and that only this server has changed since: its documents are
 * taken as they stand. Checking them takes ten times as long, and every recount does it again. Never for a file from elsewhere.
 */
export function readOwnRelease(file: Uint8Array): ReleaseContent {
	const lines = textLines(file);
	const next = (): string => {
		const { value, done } = lines.next();
		if (done) throw new Error('the release file is cut off');
		return value;
	};
	const list = <T>(read: (document: string) => T): T[] => {
		const items: T[] = [];
		// Its name, and after its items a bracket.
		next();
		for (let line = next(); line !== '],'; line = next())
			items.push(read(line.endsWith(',') ? line.slice(0, -1) : line));
		return items;
	};
	const asItIs = (document: string): string => document;
	next();
	const charters = list(asItIs);
	const chain = { charters, approvals: list((line): Approval[] => JSON.parse(line)), texts: list(asItIs) };
	const terms = JSON.parse(next().slice('"terms":'.length, -1));
	const signatures = list((line): SignatureContent => JSON.parse(line));
	return { chain, terms, signatures, approvals: JSON.parse(next().slice('"approvals":'.length)) };
}

function* textLines(file: Uint8Array): Generator<string> {
	for (let start = 0; start < file.length; ) {
		const end = file.indexOf(NEWLINE, start);
		if (end === -1) return;
		yield fromUtf8(file.subarray(start, end));
		start = end + 1;
	}
}
