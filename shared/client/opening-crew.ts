/**
 * What an opening does with each signature by itself: check it, open one's own share of it, open its name. Any number of workers can do that in chunks; without them it is
 * done here. In which order, and what comes of it, opening.ts says.
 */
import type { SignatureRequest } from '../api/signing.ts';
import { readAttestation } from '../attestation.ts';
import type { Bytes } from '../bytes.ts';
import type { OpenedSignature } from '../compose-release.ts';
import type { IssuerCache } from '../credential.ts';
import { Fault } from '../fault.ts';
import {
	checkContents,
	type OpenedShare,
	openSealedOf,
	openShare,
	openShareOf,
	readSealed,
	type SealedContents,
	siftSharesOf,
} from '../sealed-name.ts';
import { type CheckedParts, checkedParts, checkSignature } from '../sign.ts';
import type { Statement } from '../statement.ts';
import type { Standing } from './deciding.ts';

/** What a share is opened of: a sealed part, and the key that it is sealed for. */
export type SealedPart = { request: { sealed: string }; statement: { key: string } };
/** A signature as it lies on the server, with the statement that was read of it. */
export type Sealed = { request: SignatureRequest; statement: Statement };
/** With what each contribution holds for it: no bytes where its sender could not open the own share. */
export type SharedOut = Sealed & { shares: readonly OpenedShare[] };

/** As the server handed it over, with what the others' contributions hold for it. */
export type Brought = { request: SignatureRequest; shares: readonly OpenedShare[] };

/** `wrong`: of shares that do not match their commitment, whose. `opened`: null where it stays shut, and `missing` says whether other shares may open it. */
export type OpenedOne = { opened: OpenedSignature | null; missing: boolean; wrong: string[] };
/** The same without what lies with whoever asked. */
export type OpenedContents = { contents: SealedContents | null; missing: boolean; wrong: string[] };
/** Of a signature that holds. `share`: one's own; null where it is not the one committed to, or was not asked for. */
export type Taken = OpenedContents & { statement: Statement; share: Bytes | null };

type Letter = Pick<Standing, 'root' | 'charter'>;
/** Whose shares: the id, and the private X25519 key, which goes to a worker without anybody being able to export it. */
export type Opener = { organizer: string; sealing: CryptoKey };

/** Each answers one for one, in order; null for what does not hold, or does not open. */
export interface Crew {
	/** How many chunks are worked on at once. */
	readonly parallel: number;
	check(letter: Letter, requests: readonly SignatureRequest[]): Promise<(Statement | null)[]>;
	share(letter: Letter, by: Opener, parts: readonly SealedPart[]): Promise<(Bytes | null)[]>;
	open(letter: Letter, all: readonly SharedOut[]): Promise<OpenedOne[]>;
	/** All three at once, so that nothing is sent or read twice. @param by null where the own shares are among those brought */
	take(letter: Letter, by: Opener | null, all: readonly Brought[]): Promise<(Taken | null)[]>;
}

/** On this thread; a chunk's signatures at once, so that WebCrypto has work while another is read. */
export function crewHere(): Crew {
	const issuers: IssuerCache = new Map();
	return {
		parallel: 1,
		check: ({ charter, root }, requests) =>
			Promise.all(requests.map((request) => orNull(checkSignature(charter, root, request, issuers)))),
		share: ({ root }, { organizer, sealing }, parts) =>
			Promise.all(
				parts.map(({ request, statement: { key } }) =>
					orNull(openShare(request.sealed, root, key, organizer, sealing)),
				),
			),
		open: (letter, all) => Promise.all(all.map((one) => openOne(letter, one))),
		take: (letter, by, all) => Promise.all(all.map((one) => orNull(takeOne(letter, by, one, issuers)))),
	};
}

/** @throws whatever is no Fault */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
	try {
		return await work;
	} catch (fault) {
		if (fault instanceof Fault) return null;
		throw fault;
	}
}

async function openOne(letter: Letter, { request, statement, shares }: SharedOut): Promise<OpenedOne> {
	const { root, charter } = letter;
	const { sealed, ...rest } = request;
	const { group, key } = statement;
	// `check` has verified it.
	const { attestation } = request;
	const mailbox = attestation === null ? null : (readAttestation(attestation, { root, group, key })?.mailbox ?? null);
	const parts = { statement, sealed: readSealed(sealed, charter), mailbox };
	const { contents, ...found } = await openContents(letter, parts, shares);
	return { opened: contents && { ...rest, contents }, ...found };
}

async function openContents(
	{ charter, root }: Letter,
	{ statement, sealed, mailbox }: CheckedParts,
	shares: readonly OpenedShare[],
): Promise<OpenedContents> {
	const { good, wrong } = siftSharesOf(sealed, shares);
	const whose = wrong.map(({ organizer }) => organizer);
	try {
		const contents = await openSealedOf(sealed, { root, key: statement.key }, good, charter.threshold);
		await checkContents(statement, contents, mailbox === null ? null : { mailbox });
		return { contents, missing: false, wrong: whose };
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		return { contents: null, missing: fault.code === 'shares-missing', wrong: whose };
	}
}

/** @throws Fault where the signature does not hold */
async function takeOne(
	letter: Letter,
	by: Opener | null,
	{ request, shares }: Brought,
	issuers: IssuerCache,
): Promise<Taken> {
	const { charter, root } = letter;
	const parts = await checkedParts(charter, root, request, issuers);
	const { statement, sealed } = parts;
	if (by === null) return { statement, share: null, ...(await openContents(letter, parts, shares)) };
	const { organizer, sealing } = by;
	const share = await orNull(openShareOf(sealed, { root, key: statement.key }, organizer, sealing));
	// As a contribution lists it: no bytes in place of a wrong one.
	const all = [...shares, { organizer, share: share ?? NONE }].sort((a, b) => (a.organizer < b.organizer ? -1 : 1));
	return { statement, share, ...(await openContents(letter, parts, all)) };
}

const NONE: Bytes = new Uint8Array(0);
