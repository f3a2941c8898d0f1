import type { Approval } from '../../shared/approval.ts';
import type { ReleaseContent, SignatureContent } from '../../shared/release.ts';

/** What is kept in memory of each signature, which is number `at` from 1; null for nothing. */
export type Keep = (signature: SignatureContent, at: number) => SignatureContent | null;

/**
 * Reads a release file that this server checked before it kept it (release/check-release.ts), and that only this server has changed since: its documents are
 * taken as they stand. Checking them takes ten times as long, and every recount does it again. Never for a file from elsewhere. Each line is handed over by `next`,
 * after a first `next` without one. Done before the file's last line.
 */
export function* readLines(keep: Keep): Generator<void, ReleaseContent, string> {
	const charters = yield* list(asItIs);
	const chain = {
		charters,
		approvals: yield* list((line): Approval[] => JSON.parse(line)),
		texts: yield* list(asItIs),
	};
	const terms = JSON.parse((yield).slice('"terms":'.length, -1));
	let at = 0;
	const signatures = (yield* list((line) => keep(JSON.parse(line), ++at))).filter((one) => one !== null);
	return { chain, terms, signatures, approvals: JSON.parse((yield).slice('"approvals":'.length)) };
}

const asItIs = (document: string): string => document;

/** The line before it that names it, its items, and the bracket after them. Before the first list stands the format. */
function* list<T>(read: (document: string) => T): Generator<void, T[], string> {
	const items: T[] = [];
	let line = yield;
	while (!line.endsWith('[')) line = yield;
	for (line = yield; line !== '],'; line = yield) items.push(read(line.endsWith(',') ? line.slice(0, -1) : line));
	return items;
}

/** Without what only a recount looks at, which is three quarters of it. */
export function asShown(signature: SignatureContent): SignatureContent {
	if ('stub' in signature) return { stub: { ...signature.stub, credential: '', statementHash: '', rest: '' } };
	const { statement, ...entry } = signature.entry;
	const nothing = { authenticator: '', credential: '', attestation: null, displaySalt: null, labelSalt: null };
	return { entry: { ...entry, ...nothing, statement: { ...statement, root: '', text: '', sealed: '' } } };
}
