/**
 * The recount of a release file (docs/protocol.md, section 9): reads it as a stream, verifies everything that a file can show, and ends at the
 * first fault, naming its place. Runs the same in a browser's worker, on the command line, and over a file from any mirror.
 * Any changed byte is found: test/shared/recount.test.ts.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { requireApprovals } from './approval.ts';
import { type Bytes, hex } from './bytes.ts';
import { type CheckedChain, checkChain } from './chain.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { type FileSource, rawLines } from './lines.ts';
import { webPrimitives } from './primitives.ts';
import { type BatchVerifier, type Marking, verifyBatch } from './recount-batch.ts';
import { Gathering, type VerifiedBatch } from './recount-gather.ts';
import { CHECK_NAMES, type CheckName, type RecountReport } from './recount-report.ts';
import { RecountTallies } from './recount-tallies.ts';
import { cannotShow, checkDetail } from './recount-words.ts';
import { releaseHash } from './release.ts';
import { type FilePart, fileParts } from './release-file.ts';
import { verifyReleaseJws } from './release-jws.ts';

export type RecountOptions = {
	/** The text of release.json.jws. */
	jws?: string;
	/** Signatures verified, of how many the terms announce. Called after each batch. */
	progress?: (done: number, total: number) => void;
	/** Called as each check begins. */
	now?: (check: CheckName) => void;
	/** Called once charters, approvals and texts are verified. */
	opened?: (chain: CheckedChain) => void;
	/** Called after each batch of signatures, in the file's order. */
	verified?: (batch: VerifiedBatch) => void;
	/** For a release that is not approved yet: its list of approvals is empty, and the check of them is left out. */
	unapproved?: boolean;
	/** Who verifies the signatures; here, unless told. Ended by whoever started it. */
	verifier?: BatchVerifier;
	/** Hashes the file as it is read; in JavaScript, unless told. */
	fileHash?: () => { update: (bytes: Bytes) => unknown; digest: () => Uint8Array };
};

/** Batches that are verified here while the next is read. */
const HERE = 1;

/**
 * @param source the file's text, or its pieces in order, cut anywhere
 * @returns a report, also for files that are no release; throws only what the source throws
 */
export async function recount(source: FileSource, options: RecountOptions = {}): Promise<RecountReport> {
	const run = new Recount(source, options);
	try {
		await run.all();
		return run.report(null);
	} catch (fault) {
		if (fault instanceof Fault) return run.report(fault);
		throw fault;
	}
}

type Head = Extract<FilePart, { part: 'head' }>;
type End = Extract<FilePart, { part: 'end' }>;

/** Verifies on this thread, batch after batch, a few of each one's signatures side by side. */
export function verifyHere(marking?: Marking): BatchVerifier {
	const primitives = webPrimitives();
	let letter: Parameters<BatchVerifier['begin']>[0] | null = null;
	return {
		parallel: HERE,
		begin: (chain) => {
			letter = chain;
		},
		verify: async (batch) => {
			if (letter === null) throw new Error('Nobody said of which letter these signatures are.');
			return await verifyBatch({ chain: letter, primitives }, batch, marking);
		},
	};
}

/** One recount of one file. */
class Recount {
	readonly #source: FileSource;
	readonly #options: RecountOptions;
	readonly #verifier: BatchVerifier;
	readonly #hasher: ReturnType<NonNullable<RecountOptions['fileHash']>>;
	readonly #checks = new Map<CheckName, boolean>();
	/** Lines that were read. */
	#lines = 0;
	/** Lines up to a fault that was found among those read. */
	#faultLine: number | null = null;
	#charters = 0;
	#approvals = 0;
	#now: CheckName = 'form';
	#chain: CheckedChain | null = null;
	#tallies: RecountTallies | null = null;
	#gathering: Gathering | null = null;
	#releaseHash: string | null = null;
	#terms: Head['terms'] | null = null;
	#done = 0;
	#total = 0;

	constructor(source: FileSource, options: RecountOptions) {
		this.#source = source;
		this.#options = options;
		this.#verifier = options.verifier ?? verifyHere();
		this.#hasher = options.fileHash?.() ?? sha256.create();
	}

	async all(): Promise<void> {
		this.#options.now?.('form');
		const lines = rawLines(this.#source, LIMITS.releaseLine, (bytes) => {
			this.#lines += 1;
			if (this.#options.jws !== undefined) this.#hasher.update(bytes);
		});
		const { head, end } = await this.#parts(fileParts(lines));
		this.#checks.set('form', true).set('signatures', true);
		await this.#check('tallies', async () =>
			this.#tallies?.compare(head.terms.tallies, `line ${head.lines.terms}, terms`),
		);
		await this.#check('release', () => this.#release(head, end));
		const { jws } = this.#options;
		if (jws !== undefined) await this.#check('host', () => this.#host(jws));
	}

	/** Checks 1 to 3, line by line: of two faults, the one on the earlier line is found. */
	async #parts(parts: AsyncGenerator<FilePart>): Promise<{ head: Head; end: End }> {
		let head: Head | null = null;
		try {
			for await (const part of parts) {
				if (part.part === 'head') {
					head = part;
					await this.#check('chain', () => this.#begin(part));
					this.#now = 'form';
					this.#options.now?.('signatures');
				} else if (part.part === 'signature') {
					const { line, number, bytes } = part;
					await this.#gathering?.take({ line, number, bytes });
				} else if (head !== null) {
					await this.#gathering?.finish();
					return { head, end: part };
				}
			}
		} catch (fault) {
			// Something is wrong with this line; a signature before it may be wrong too.
			if (this.#gathering?.over === false) await this.#gathering.finish();
			throw fault;
		}
		throw new Fault('release-form', `line ${this.#lines + 1}`, 'The file ends before its end.');
	}

	async #begin(head: Head): Promise<void> {
		this.#charters = head.chain.charters.length;
		this.#terms = head.terms;
		this.#approvals = head.chain.approvals.reduce((sum, list) => sum + list.length, 0);
		this.#total = head.terms.tallies.reduce((sum, tally) => sum + tally.named + tally.anonymous, 0);
		const chain = await checkChain(null, head.chain);
		this.#chain = chain;
		this.#options.opened?.(chain);
		this.#tallies = new RecountTallies(chain.charter);
		this.#verifier.begin({ root: chain.root, charter: chain.charter });
		this.#gathering = new Gathering(this.#verifier, this.#tallies, {
			verified: (batch) => this.#verified(batch),
			failing: (check, line) => {
				this.#now = check;
				this.#faultLine = line;
			},
		});
	}

	#verified(batch: VerifiedBatch): void {
		this.#done += batch.signatures.length;
		this.#options.verified?.(batch);
		this.#options.progress?.(this.#done, Math.max(this.#total, this.#done));
	}

	async #release(head: Head, end: End): Promise<void> {
		if (this.#chain === null || this.#gathering === null) return;
		const { root, charter } = this.#chain;
		const subject = await releaseHash(head.chain, head.terms, this.#gathering.digests());
		this.#releaseHash = subject;
		if (this.#options.unapproved && end.approvals.length === 0) return;
		const fault = await caught(`line ${end.line}`, () =>
			requireApprovals(charter, end.approvals, { kind: 'release', root, subject }),
		);
		if (fault !== null) throw fault;
		this.#approvals += end.approvals.length;
	}

	async #host(jws: string): Promise<void> {
		const host = this.#chain?.charter.host;
		if (host === undefined) return;
		if (!(await verifyReleaseJws(host, jws, hex(this.#hasher.digest())))) {
			throw new Fault(
				'host-authenticator',
				'release.json.jws',
				"This file is not the one that the charter's host signed.",
			);
		}
	}

	async #check(name: CheckName, check: () => Promise<void>): Promise<void> {
		this.#now = name;
		this.#options.now?.(name);
		await check();
		this.#checks.set(name, true);
	}

	#letter(): RecountReport['letter'] {
		if (this.#chain === null || this.#terms === null) return null;
		const { title, addressees } = this.#chain.text;
		const { slug, releaseAt } = this.#terms;
		return { title, addressees, slug, releaseAt };
	}

	report(fault: Fault | null): RecountReport {
		if (fault !== null) this.#checks.set(this.#now, false);
		const none = { signatures: 0, named: 0, withdrawn: 0, struck: 0, attestations: 0, conditions: 0, beyondLimit: 0 };
		const counted = {
			...(this.#tallies?.counted ?? none),
			lines: this.#faultLine ?? this.#lines,
			charters: this.#charters,
			approvals: this.#approvals,
		};
		return {
			ok: fault === null,
			checks: CHECK_NAMES.map((name) => {
				const ok = this.#checks.get(name) ?? null;
				return { name, ok, ...checkDetail(name, fault === null || ok !== null ? ok : 'unreached', counted) };
			}),
			fault: fault && { place: fault.place, code: fault.code, message: fault.message },
			counted,
			letter: fault === null ? this.#letter() : null,
			root: this.#chain?.root ?? null,
			fingerprint: this.#chain?.fingerprint ?? null,
			releaseHash: this.#releaseHash,
			cannotShow: cannotShow(),
		};
	}
}

/** The fault of a check, its place put after that of what was checked. */
async function caught(place: string, check: () => Promise<void>): Promise<Fault | null> {
	try {
		await check();
		return null;
	} catch (fault) {
		if (fault instanceof Fault) return new Fault(fault.code, `${place}, ${fault.place}`, fault.message);
		throw fault;
	}
}
