/**
 * Opening the names (docs/protocol.md, sections 6 and 7), in the organizer's client only. Everything that the server hands over is checked
 * first, as a signer's own request was; what does not hold is left out and said.
 */
import * as v from 'valibot';
import { contributionsAnswer, type DeskView, sealedPage } from '../api/desk.ts';
import type { SignatureRequest } from '../api/signing.ts';
import { readAttestation } from '../attestation.ts';
import type { Bytes } from '../bytes.ts';
import type { OpenedSignature } from '../compose-release.ts';
import { openContribution, sealContribution } from '../contribution.ts';
import { Fault } from '../fault.ts';
import { checkContents, type OpenedShare, openSealed, openShare, siftShares } from '../sealed-name.ts';
import { checkSignature } from '../sign.ts';
import type { Statement } from '../statement.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import type { Organizer } from './organizer.ts';

/** What is done of what. `phase` says of which work. */
export type Progress = { phase: 'fetch' | 'check' | 'share' | 'open'; done: number; of: number };
export type OnProgress = (progress: Progress) => void;

/** What a share is opened of: a sealed part, and the key that it is sealed for. */
export type SealedPart = { request: { sealed: string }; statement: { key: string } };
/** A signature as it lies on the server, with the statement that was read of it. */
export type Sealed = { request: SignatureRequest; statement: Statement };
/** `refused`: keys of what the server handed over although it does not hold. There should be none; tell the host. */
export type SealedSignatures = { signatures: Sealed[]; refused: number };

/** Anonymous signatures are opened too: their label counts. The proven mailbox stands in `opened.contents.address`, null where there is none. */
export type OpenedName = { key: string; statement: Statement; opened: OpenedSignature };
/** A share that did not match its commitment: whose share, of whose signature. */
export type WrongShare = { key: string; organizer: string };
export type Unopened = { key: string; group: string };
export type Opening = {
	names: OpenedName[];
	/** Lapse, and are tallied: no organizer can ever open them. */
	unreadable: Unopened[];
	/** Too few good shares so far; one more contribution may open them. */
	waiting: Unopened[];
	wrongShares: WrongShare[];
	/** Ids of organizers whose contribution could not be read. */
	unreadableContributions: string[];
};

const CHUNK = 64;

/** What was fetched so far. `next`: the key to ask after, '' for the first page; null when nothing is left to fetch. */
export type Fetched = { signatures: SignatureRequest[]; next: string | null };

/**
 * All sealed signatures, page by page.
 * @param count how many there are, for the progress; null when unknown
 * @param fetched grows with each page, so that who calls again after a failure goes on where it stopped
 */
export async function fetchSealed(
	call: Call,
	count: number | null,
	onProgress: OnProgress,
	fetched: Fetched = { signatures: [], next: '' },
): Promise<SignatureRequest[]> {
	while (fetched.next !== null) {
		const query = fetched.next === '' ? '' : `?after=${fetched.next}`;
		const page = v.parse(sealedPage, await call('GET', `/api/desk/signatures${query}`));
		fetched.signatures.push(...page.signatures);
		fetched.next = page.next;
		const done = fetched.signatures.length;
		onProgress({ phase: 'fetch', done, of: Math.max(count ?? 0, done) });
	}
	return fetched.signatures;
}

/** Checks credential, authenticator, attestation and form of each, so that the server can add nobody. */
export async function checkSealed(
	standing: Standing,
	all: SignatureRequest[],
	onProgress: OnProgress,
): Promise<SealedSignatures> {
	const keys = new Map();
	const read = await chunked(all, 'check', onProgress, async (request) => {
		try {
			return { request, statement: await checkSignature(standing.charter, standing.root, request, keys) };
		} catch (fault) {
			if (fault instanceof Fault) return null;
			throw fault;
		}
	});
	const signatures = read.filter((one) => one !== null);
	return { signatures, refused: read.length - signatures.length };
}

/**
 * Opens this organizer's share of every sealed part, and seals the list to each organizer. May be repeated: the last one counts.
 * Of two parts under one key the first counts: a signer can ask to be taken off under the key of the signature, and could otherwise keep every name shut.
 * @param sealed signatures first
 * @returns wrong shares among one's own: a signer's browser that sealed something else than it committed to
 */
export async function contribute(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	sealed: readonly SealedPart[],
	onProgress: OnProgress,
): Promise<WrongShare[]> {
	const wrong: WrongShare[] = [];
	const { root, charter } = standing;
	const keys = new Set<string>();
	const once = sealed.filter(({ statement: { key } }) => !keys.has(key) && keys.add(key));
	const opened = await chunked(once, 'share', onProgress, async ({ request, statement: { key } }) => {
		try {
			return { key, share: await openShare(request.sealed, root, key, organizer.id, organizer.secrets.sealing) };
		} catch (fault) {
			if (!(fault instanceof Fault)) throw fault;
			wrong.push({ key, organizer: organizer.id });
			return null;
		}
	});
	const list = opened.filter((one) => one !== null);
	const sealedTo: { to: string; sealed: string }[] = [];
	let keysHash = '';
	for (const to of charter.organizers) {
		const one = await sealContribution({ root, from: organizer.id, to: to.id }, to.sealing, list);
		keysHash = one.keysHash;
		sealedTo.push({ to: to.id, sealed: one.sealed });
	}
	await call('PUT', '/api/desk/contribution', { keysHash, sealed: sealedTo });
	return wrong;
}

/** Reads the contributions sealed to this organizer: for each sender its shares by signer key. */
export async function readContributions(call: Call, organizer: Organizer, standing: Standing) {
	const bySender = new Map<string, Map<string, Bytes>>();
	const unreadable: string[] = [];
	for (const one of v.parse(contributionsAnswer, await call('GET', '/api/desk/contributions'))) {
		const route = { root: standing.root, from: one.from, to: organizer.id };
		try {
			bySender.set(one.from, await openContribution(route, organizer.secrets.sealing, one.keysHash, one.sealed));
		} catch (fault) {
			if (!(fault instanceof Fault)) throw fault;
			unreadable.push(one.from);
		}
	}
	return { bySender, unreadable };
}

/**
 * Opens every name that M contributions cover. A wrong share is located, and another subset of M opens what it can.
 * Nothing opened leaves the client.
 */
export async function openNames(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	sealed: Sealed[],
	onProgress: OnProgress,
): Promise<Opening> {
	const { bySender, unreadable } = await readContributions(call, organizer, standing);
	const opening: Opening = {
		names: [],
		unreadable: [],
		waiting: [],
		wrongShares: [],
		unreadableContributions: unreadable,
	};
	await chunked(sealed, 'open', onProgress, async (one) => {
		const { key, group } = one.statement;
		const { good, wrong } = await sift(one, bySender);
		opening.wrongShares.push(...wrong);
		try {
			opening.names.push(await openOne(one, standing, good));
		} catch (fault) {
			if (!(fault instanceof Fault)) throw fault;
			// With everybody's contribution in there is no other share to wait for.
			const final = fault.code !== 'shares-missing' || bySender.size === standing.charter.organizers.length;
			opening[final ? 'unreadable' : 'waiting'].push({ key, group });
		}
	});
	opening.names.sort((a, b) => (a.key < b.key ? -1 : 1));
	return opening;
}

/** Parts the shares that match their commitment from those that do not; a sender leaves out what it could not open itself. */
export async function sift({ request, statement: { key } }: SealedPart, bySender: Map<string, Map<string, Bytes>>) {
	const shares = [...bySender].map(([organizer, list]) => ({ organizer, share: list.get(key) ?? NONE }));
	const { good, wrong } = await siftShares(request.sealed, shares);
	return { good, wrong: wrong.map(({ organizer }) => ({ key, organizer })) };
}

const NONE: Bytes = new Uint8Array(0);

async function openOne(
	{ request, statement }: Sealed,
	{ charter, root }: Standing,
	shares: OpenedShare[],
): Promise<OpenedName> {
	const { key } = statement;
	const contents = await openSealed(request.sealed, root, key, shares, charter.threshold);
	const { sealed: _, ...rest } = request;
	const opened = { ...rest, contents };
	// `checkSealed` has verified it.
	const { attestation } = request;
	const proven = attestation === null ? null : readAttestation(attestation, { root, group: statement.group, key });
	await checkContents(statement, contents, proven);
	return { key, statement, opened };
}

/** How many names the desk can expect to open. */
export function sealedCount(view: DeskView): number | null {
	return view.counts?.live ?? null;
}

/** In pieces, so that the page stays fluid and progress is seen; order is kept. */
async function chunked<T, R>(
	all: readonly T[],
	phase: Progress['phase'],
	onProgress: OnProgress,
	work: (one: T) => Promise<R>,
) {
	const results: R[] = [];
	onProgress({ phase, done: 0, of: all.length });
	for (let from = 0; from < all.length; from += CHUNK) {
		results.push(...(await Promise.all(all.slice(from, from + CHUNK).map(work))));
		onProgress({ phase, done: results.length, of: all.length });
	}
	return results;
}
