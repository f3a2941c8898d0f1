/**
 * Opening the names (docs/protocol.md, sections 6 and 7), in the organizer's client only. Everything that the server hands over is checked
 * first, as a signer's own request was; what does not hold is left out and said.
 */
import * as v from 'valibot';
import { contributionsAnswer, type DeskView, sealedPage } from '../api/desk.ts';
import type { SignatureRequest } from '../api/signing.ts';
import type { Bytes } from '../bytes.ts';
import type { OpenedSignature } from '../compose-release.ts';
import { listShares, openContribution, sealListed } from '../contribution.ts';
import { Fault } from '../fault.ts';
import { type OpenedShare, siftShares } from '../sealed-name.ts';
import { Slices } from '../slices.ts';
import type { Statement } from '../statement.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import { type Crew, crewHere, type OpenedOne, type Opener, type Sealed, type SealedPart } from './opening-crew.ts';
import type { Organizer } from './organizer.ts';

export type { Sealed, SealedPart } from './opening-crew.ts';

/** What is done of what. `phase` says of which work. */
export type Progress = { phase: 'fetch' | 'check' | 'share' | 'open'; done: number; of: number };
export type OnProgress = (progress: Progress) => void;
/** Who is told, and who does the work where it is not done here. */
export type Working = OnProgress | { onProgress: OnProgress; crew: Crew };

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
	working: Working,
): Promise<SealedSignatures> {
	const letter = letterOf(standing);
	const read = await chunked(all, 'check', working, (crew, some) => crew.check(letter, some));
	const signatures = all.flatMap((request, at) => {
		const statement = read[at];
		return statement ? [{ request, statement }] : [];
	});
	return { signatures, refused: all.length - signatures.length };
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
	working: Working,
): Promise<WrongShare[]> {
	const list = await openShares(organizer, standing, sealed, working);
	await sendShares(call, organizer, standing, list);
	return list.filter(({ share }) => share === null).map(({ key }) => ({ key, organizer: organizer.id }));
}

/** Of a signer's key. `share` null: it is not the one that the signature commits to. */
export type OwnShare = { key: string; share: Bytes | null };

/** This organizer's shares, of two parts under one key the first alone. */
export async function openShares(
	organizer: Organizer,
	standing: Standing,
	sealed: readonly SealedPart[],
	working: Working,
): Promise<OwnShare[]> {
	const letter = letterOf(standing);
	const by = openerOf(organizer);
	const keys = new Set<string>();
	const once = sealed.filter(({ statement: { key } }) => !keys.has(key) && keys.add(key));
	// No more than is needed goes to a worker: neither credential nor statement.
	const parts = once.map(({ request: { sealed }, statement: { key } }) => ({
		request: { sealed },
		statement: { key },
	}));
	const shares = await chunked(parts, 'share', working, (crew, some) => crew.share(letter, by, some));
	return parts.map(({ statement: { key } }, at) => ({ key, share: shares[at] ?? null }));
}

/** Seals the shares that are right to each organizer, and hands them over. @param list each key once */
export async function sendShares(
	call: Call,
	organizer: Organizer,
	{ root, charter }: Standing,
	list: readonly OwnShare[],
): Promise<void> {
	const slices = new Slices();
	const listed = await listShares(list.flatMap(({ key, share }) => (share === null ? [] : [{ key, share }])));
	const sealedTo: { to: string; sealed: string }[] = [];
	for (const { id, sealing } of charter.organizers) {
		await slices.next();
		sealedTo.push({ to: id, sealed: await sealListed({ root, from: organizer.id, to: id }, sealing, listed) });
	}
	await slices.next();
	await call('PUT', '/api/desk/contribution', { keysHash: listed.keysHash, sealed: sealedTo });
}

/** `bySender`: shares by signer key. `unreadable`: ids of senders. */
export type Contributions = { bySender: Map<string, Map<string, Bytes>>; unreadable: string[] };

/** Reads the contributions sealed to this organizer. */
export async function readContributions(call: Call, organizer: Organizer, standing: Standing): Promise<Contributions> {
	const bySender = new Map<string, Map<string, Bytes>>();
	const unreadable: string[] = [];
	const slices = new Slices();
	for (const one of v.parse(contributionsAnswer, await call('GET', '/api/desk/contributions'))) {
		await slices.next();
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
	working: Working,
): Promise<Opening> {
	const contributions = await readContributions(call, organizer, standing);
	const { bySender } = contributions;
	const letter = letterOf(standing);
	const all = await chunked(sealed, 'open', working, (crew, some) =>
		crew.open(
			letter,
			some.map((one) => ({ ...one, shares: sharesOf(one.statement.key, bySender) })),
		),
	);
	const found = all.map((one, at) => ({ ...one, statement: (sealed[at] as Sealed).statement }));
	return openingOf(standing, contributions, found);
}

/** What is said of an opening, of what was found of each signature. */
export function openingOf(
	{ charter }: Standing,
	{ bySender, unreadable }: Contributions,
	all: readonly (OpenedOne & { statement: Statement })[],
): Opening {
	const opening: Opening = {
		names: [],
		unreadable: [],
		waiting: [],
		wrongShares: [],
		unreadableContributions: unreadable,
	};
	// With everybody's contribution in there is no other share to wait for.
	const everybody = bySender.size === charter.organizers.length;
	for (const { statement, opened, missing, wrong } of all) {
		const { key, group } = statement;
		for (const whose of wrong) opening.wrongShares.push({ key, organizer: whose });
		if (opened !== null) opening.names.push({ key, statement, opened });
		else opening[missing && !everybody ? 'waiting' : 'unreadable'].push({ key, group });
	}
	opening.names.sort((a, b) => (a.key < b.key ? -1 : 1));
	return opening;
}

/** Parts the shares that match their commitment from those that do not; a sender leaves out what it could not open itself. */
export async function sift(one: SealedPart, bySender: Contributions['bySender']) {
	const { key } = one.statement;
	const { good, wrong } = await siftShares(one.request.sealed, sharesOf(key, bySender));
	return { good, wrong: wrong.map(({ organizer }) => ({ key, organizer })) };
}

const NONE: Bytes = new Uint8Array(0);

/** What each contribution holds for this key. */
export const sharesOf = (key: string, bySender: Contributions['bySender']): OpenedShare[] =>
	[...bySender].map(([organizer, list]) => ({ organizer, share: list.get(key) ?? NONE }));

/** The two things of it that work on single signatures needs. */
export const letterOf = ({ root, charter }: Standing) => ({ root, charter });

export const openerOf = ({ id, secrets }: Organizer): Opener => ({ organizer: id, sealing: secrets.sealing });

/** How many names the desk can expect to open. */
export function sealedCount(view: DeskView): number | null {
	return view.counts?.live ?? null;
}

/** In pieces, so that the page stays fluid, progress is seen and many can work; order is kept. */
async function chunked<T, R>(
	all: readonly T[],
	phase: Progress['phase'],
	working: Working,
	work: (crew: Crew, some: readonly T[]) => Promise<R[]>,
): Promise<R[]> {
	const { onProgress, crew } = typeof working === 'function' ? { onProgress: working, crew: crewHere() } : working;
	const results: R[][] = [];
	let begun = 0;
	let done = 0;
	onProgress({ phase, done, of: all.length });
	const hand = async () => {
		while (begun < all.length) {
			const from = begun;
			const some = all.slice(from, from + CHUNK);
			begun += some.length;
			try {
				results[from / CHUNK] = await work(crew, some);
				done += some.length;
				onProgress({ phase, done, of: all.length });
			} catch (failure) {
				// The others begin nothing more.
				begun = all.length;
				throw failure;
			}
		}
	};
	await Promise.all(Array.from({ length: crew.parallel }, hand));
	return results.flat();
}
