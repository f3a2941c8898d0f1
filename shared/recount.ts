/**
 * The recount of a release file (docs/protocol.md, section 9): reads it as a stream, verifies everything that a file can show, and ends at the
 * first fault, naming its place. Runs the same in a browser's worker, on the command line, and over a file from any mirror.
 * Any changed byte is found: test/shared/recount.test.ts.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { requireApprovals } from './approval.ts';
import { hex } from './bytes.ts';
import { checkChain } from './chain.ts';
import { entryDigest, stubDigest } from './entry.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { type FileSource, fileLines } from './lines.ts';
import { CHECK_NAMES, type CheckName, type RecountReport } from './recount-report.ts';
import { type RecountContext, verifyEntry, verifyStub } from './recount-signature.ts';
import { RecountTallies } from './recount-tallies.ts';
import { CANNOT_SHOW, checkDetail } from './recount-words.ts';
import { compareDigests, releaseHash } from './release.ts';
import { type FilePart, fileParts, signaturePlace } from './release-file.ts';
import { verifyReleaseJws } from './release-jws.ts';

export type RecountOptions = {
	/** The text of release.json.jws. */
	jws?: string;
	/** Signatures verified, of how many the terms announce. Called after each batch. */
	progress?: (done: number, total: number) => void;
	/** For a release that is not approved yet: its list of approvals is empty, and the check of them is left out. */
	unapproved?: boolean;
};

/** Signatures that are verified side by side; the next batch is read meanwhile. */
const BATCH = 256;

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
type Item = Extract<FilePart, { part: 'signature' }>;
type End = Extract<FilePart, { part: 'end' }>;

/** One recount of one file. */
class Recount {
	readonly #source: FileSource;
	readonly #options: RecountOptions;
	readonly #hasher = sha256.create();
	readonly #checks = new Map<CheckName, boolean>();
	readonly #keys = new Set<string>();
	readonly #digests: string[] = [];
	#lines = 0;
	#charters = 0;
	#approvals = 0;
	#now: CheckName = 'form';
	#context: RecountContext | null = null;
	#tallies: RecountTallies | null = null;
	#releaseHash: string | null = null;
	#total = 0;

	constructor(source: FileSource, options: RecountOptions) {
		this.#source = source;
		this.#options = options;
	}

	async all(): Promise<void> {
		const lines = fileLines(this.#source, LIMITS.releaseLine, (bytes) => {
			this.#lines += 1;
			if (this.#options.jws !== undefined) this.#hasher.update(bytes);
		});
		const { head, end } = await this.#read(fileParts(lines));
		this.#checks.set('form', true).set('signatures', true);
		await this.#check('tallies', async () =>
			this.#tallies?.compare(head.terms.tallies, `line ${head.lines.terms}, terms`),
		);
		await this.#check('release', () => this.#release(head, end));
		const { jws } = this.#options;
		if (jws !== undefined) await this.#check('host', () => this.#host(jws));
	}

	/** Checks 1 to 3, line by line: of two faults, the one on the earlier line is found. */
	async #read(parts: AsyncGenerator<FilePart>): Promise<{ head: Head; end: End }> {
		let head: Head | null = null;
		let batch: Item[] = [];
		let running: Promise<Fault | null> = Promise.resolve(null);
		const settle = async (): Promise<void> => {
			const fault = await running;
			if (fault !== null) this.#fail('signatures', fault);
		};
		try {
			for await (const part of parts) {
				if (part.part === 'head') {
					head = part;
					await this.#check('chain', () => this.#chain(part));
					this.#now = 'form';
				} else if (part.part === 'signature') {
					batch.push(part);
					if (batch.length < BATCH) continue;
					await settle();
					running = this.#start(batch);
					batch = [];
				} else if (head !== null) {
					await settle();
					running = this.#start(batch);
					await settle();
					return { head, end: part };
				}
			}
		} catch (fault) {
			// Something is wrong with this line; a signature before it may be wrong too.
			await settle();
			running = this.#start(batch);
			await settle();
			throw fault;
		}
		throw new Fault('release-form', `line ${this.#lines + 1}`, 'The file ends before its end.');
	}

	async #chain(head: Head): Promise<void> {
		this.#charters = head.chain.charters.length;
		this.#approvals = head.chain.approvals.reduce((sum, list) => sum + list.length, 0);
		this.#total = head.terms.tallies.reduce((sum, tally) => sum + tally.named + tally.anonymous, 0);
		const chain = await checkChain(null, head.chain);
		this.#context = { chain, issuers: new Map() };
		this.#tallies = new RecountTallies(chain.charter);
	}

	#start(items: readonly Item[]): Promise<Fault | null> {
		const running = this.#batch(items);
		// Awaited later: until then, a rejection is nobody's.
		running.catch(() => undefined);
		return running;
	}

	/** Never rejects with a Fault: it runs while the next lines are read. */
	async #batch(items: readonly Item[]): Promise<Fault | null> {
		const digests = await Promise.all(
			items.map(({ signature }) => ('entry' in signature ? entryDigest(signature.entry) : stubDigest(signature.stub))),
		);
		const faults = await Promise.all(items.map((item, at) => this.#signature(item, digests[at] ?? '')));
		if (items.length > 0) this.#options.progress?.(this.#digests.length, Math.max(this.#total, this.#digests.length));
		return faults.find((fault) => fault !== null) ?? null;
	}

	/** What compares it with those before it happens at once, in order; the rest side by side. */
	async #signature({ signature, line, number }: Item, digest: string): Promise<Fault | null> {
		const place = signaturePlace(line, number);
		const key = 'entry' in signature ? signature.entry.statement.key : signature.stub.key;
		const last = this.#digests.at(-1);
		const ascends = last === undefined || compareDigests(last, digest) < 0;
		const again = this.#keys.has(key);
		this.#digests.push(digest);
		this.#keys.add(key);
		if ('entry' in signature) this.#tallies?.addEntry(signature.entry, place);
		else this.#tallies?.addStub(signature.stub);
		const context = this.#context;
		if (context === null) return null;
		const fault = await caught(place, () =>
			'entry' in signature ? verifyEntry(context, signature.entry) : verifyStub(context, signature.stub, digest),
		);
		if (fault !== null) return fault;
		if (!ascends)
			return new Fault('order', place, 'The digest of this signature does not come after the one before it.');
		if (again) return new Fault('key-twice', place, 'An earlier signature has the same key.');
		return null;
	}

	async #release(head: Head, end: End): Promise<void> {
		const context = this.#context;
		if (context === null) return;
		const subject = await releaseHash(head.chain, head.terms, this.#digests);
		this.#releaseHash = subject;
		const { root, charter } = context.chain;
		if (this.#options.unapproved && end.approvals.length === 0) return;
		const fault = await caught(`line ${end.line}`, () =>
			requireApprovals(charter, end.approvals, { kind: 'release', root, subject }),
		);
		if (fault !== null) throw fault;
		this.#approvals += end.approvals.length;
	}

	async #host(jws: string): Promise<void> {
		const host = this.#context?.chain.charter.host;
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
		await check();
		this.#checks.set(name, true);
	}

	#fail(name: CheckName, fault: Fault): never {
		this.#now = name;
		throw fault;
	}

	report(fault: Fault | null): RecountReport {
		if (fault !== null) this.#checks.set(this.#now, false);
		const none = { signatures: 0, named: 0, withdrawn: 0, struck: 0, attestations: 0, conditions: 0 };
		const counted = {
			...(this.#tallies?.counted ?? none),
			lines: this.#lines,
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
			root: this.#context?.chain.root ?? null,
			fingerprint: this.#context?.chain.fingerprint ?? null,
			releaseHash: this.#releaseHash,
			cannotShow: CANNOT_SHOW,
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
