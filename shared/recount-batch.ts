/**
 * Signatures of a release file are read and verified in batches of lines (docs/protocol.md, section 9, checks 1 and 3), here or in workers. Nothing
 * in a batch depends on another; what compares a signature with those before it is done where the batches come together, in recount.ts.
 */
import { type Bytes, joinBytes } from './bytes.ts';
import { type Entry, readDigest, type Stub } from './entry.ts';
import { Fault, type FaultCode } from './fault.ts';
import { decodeLine } from './lines.ts';
import { type RecountContext, verifyEntry, verifyStub } from './recount-signature.ts';
import { readSignature, signaturePlace } from './release-file.ts';
import type { Condition, Display } from './statement.ts';

/** Lines of signatures without their commas, each ended by "\n"; `line` and `number` are those of the first. */
export type SignatureBatch = { bytes: Bytes; line: number; number: number };

/** What is counted of one signature, and printed of it. */
export type CountedSignature = {
	/** b64u. */
	key: string;
	/** Id. */
	group: string;
	shown: 'named' | 'anonymous';
	/** As shown; null for a stub. */
	display: Display | null;
	label: string | null;
	condition: Condition;
	attested: boolean;
	/** Why it is a stub; null for an entry. */
	gone: 'withdrawn' | 'struck' | null;
};

/** A Fault as it travels between threads. `check` is the one that failed. */
export type BatchFault = { check: 'form' | 'signatures'; code: FaultCode; place: string; message: string };

/** Of the signatures before the first fault: their digests joined, what is counted of each, and their marks joined, where marks are kept. */
export type BatchOutcome = {
	digests: Bytes;
	signatures: CountedSignature[];
	marks: Bytes;
	fault: BatchFault | null;
};

/** What whoever recounts keeps of each signature beside it: `bytes` of each, written into the last argument. */
export type Marking = {
	bytes: number;
	write: (signature: { entry: Entry } | { stub: Stub }, mark: Uint8Array) => void;
};

/** Verifies batches, several at once: as many as `parallel` are handed over before the first is done. */
export type BatchVerifier = {
	parallel: number;
	/** @param chain of the letter, verified; comes once, before the first batch */
	begin: (chain: RecountContext['chain']) => void;
	verify: (batch: SignatureBatch) => Promise<BatchOutcome>;
};

const NEWLINE = 10;

/** Signatures that are read and verified side by side. Few: what is read of them is garbage before V8 moves it on. */
const ABREAST = 16;

type Read = { signature: { entry: Entry } | { stub: Stub }; digest: Uint8Array; place: string };

/** Throws nothing of a file's: a fault is part of the outcome. */
export async function verifyBatch(
	context: RecountContext,
	batch: SignatureBatch,
	marking?: Marking,
): Promise<BatchOutcome> {
	const signatures: CountedSignature[] = [];
	const digests: Uint8Array[] = [];
	const marks: Uint8Array[] = [];
	let fault: BatchFault | null = null;
	for (let from = 0; from < batch.bytes.length && fault === null; ) {
		const read = readSome(context, batch, { from, at: signatures.length });
		const faults = await Promise.all(read.all.map((one) => verifyOne(context, one)));
		const first = faults.findIndex((one) => one !== null);
		for (const { signature, digest } of first === -1 ? read.all : read.all.slice(0, first)) {
			signatures.push(counted(signature));
			digests.push(digest);
			if (marking === undefined) continue;
			const mark = new Uint8Array(marking.bytes);
			marking.write(signature, mark);
			marks.push(mark);
		}
		fault = faults[first] ?? read.fault;
		from = read.end;
	}
	return { digests: joinBytes(digests), signatures, marks: joinBytes(marks), fault };
}

/** Reads a few lines, or up to the first one that is not as it must be. @param begins where, and at which signature of the batch */
function readSome(
	{ primitives }: RecountContext,
	{ bytes, line, number }: SignatureBatch,
	begins: { from: number; at: number },
) {
	const all: Read[] = [];
	let { from, at } = begins;
	for (; from < bytes.length && all.length < ABREAST; at++) {
		const end = bytes.indexOf(NEWLINE, from);
		try {
			const read = decodeLine({ number: line + at, bytes: bytes.subarray(from, end) });
			const signature = readSignature(read, number + at);
			const place = signaturePlace(line + at, number + at);
			all.push({ signature, digest: readDigest(signature, primitives.sha256), place });
		} catch (fault) {
			return { all, fault: toBatchFault('form', fault), end: bytes.length };
		}
		from = end + 1;
	}
	return { all, fault: null, end: from };
}

async function verifyOne(context: RecountContext, { signature, digest, place }: Read): Promise<BatchFault | null> {
	try {
		if ('entry' in signature) await verifyEntry(context, signature.entry);
		else await verifyStub(context, signature.stub, digest);
		return null;
	} catch (fault) {
		const { code, place: part, message } = toBatchFault('signatures', fault);
		return { check: 'signatures', code, place: `${place}, ${part}`, message };
	}
}

function toBatchFault(check: BatchFault['check'], fault: unknown): BatchFault {
	if (!(fault instanceof Fault)) throw fault;
	return { check, code: fault.code, place: fault.place, message: fault.message };
}

function counted(signature: { entry: Entry } | { stub: Stub }): CountedSignature {
	if ('stub' in signature) {
		const { key, group, shown, strike } = signature.stub;
		const gone = strike === null ? 'withdrawn' : 'struck';
		return { key, group, shown, display: null, label: null, condition: null, attested: false, gone };
	}
	const { statement, attestation, display, label } = signature.entry;
	const { key, group, shown, condition } = statement;
	return { key, group, shown, display, label, condition, attested: attestation !== null, gone: null };
}
