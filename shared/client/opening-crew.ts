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
import { checkContents, type OpenedShare, openSealed, openShare, siftShares } from '../sealed-name.ts';
import { checkSignature } from '../sign.ts';
import type { Statement } from '../statement.ts';
import type { Standing } from './deciding.ts';

/** What a share is opened of: a sealed part, and the key that it is sealed for. */
export type SealedPart = { request: { sealed: string }; statement: { key: string } };
/** A signature as it lies on the server, with the statement that was read of it. */
export type Sealed = { request: SignatureRequest; statement: Statement };
/** With what each contribution holds for it: no bytes where its sender could not open the own share. */
export type SharedOut = Sealed & { shares: readonly OpenedShare[] };

/** `wrong`: of shares that do not match their commitment, whose. `opened`: null where it stays shut, and `missing` says whether other shares may open it. */
export type OpenedOne = { opened: OpenedSignature | null; missing: boolean; wrong: string[] };

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

async function openOne({ charter, root }: Letter, one: SharedOut): Promise<OpenedOne> {
	const { request, statement, shares } = one;
	const { key } = statement;
	const { good, wrong } = await siftShares(request.sealed, shares);
	const whose = wrong.map(({ organizer }) => organizer);
	try {
		const contents = await openSealed(request.sealed, root, key, good, charter.threshold);
		const { sealed: _, ...rest } = request;
		// `check` has verified it.
		const { attestation } = request;
		const proven = attestation === null ? null : readAttestation(attestation, { root, group: statement.group, key });
		await checkContents(statement, contents, proven);
		return { opened: { ...rest, contents }, missing: false, wrong: whose };
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		return { opened: null, missing: fault.code === 'shares-missing', wrong: whose };
	}
}
