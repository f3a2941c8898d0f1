/**
 * Builds a release from opened signatures (docs/protocol.md, sections 6 to 8). Deterministic: every organizer's browser and the server, given the
 * same facts in whatever order, get the same bytes, so that approving one hash is approving one list. Checks commitments, not signatures:
 * sign.ts checked those before, and the recount does again.
 */
import { verifyAttestation } from './attestation.ts';
import { type Chain, type CheckedChain, checkChain } from './chain.ts';
import type { Charter } from './charter.ts';
import { type Entry, entryDigest, type StrikeReason, toStub } from './entry.ts';
import { Fault } from './fault.ts';
import { type Release, type ReleasedSignature, releaseHash, sortByDigest, type Terms } from './release.ts';
import { checkContents, type SealedContents } from './sealed-name.ts';
import { conditionHolds, settle, shownLabels } from './settle.ts';
import { readStatement, type Statement, verifyWithdrawal, type Withdrawal } from './statement.ts';
import { countTallies, type IssuedCount } from './tally.ts';

/**
 * A signature whose sealed part was opened. With a `withdrawal` (of a higher turn) it counts, and stands as a stub: the release hash stays that
 * of before. One that was withdrawn before anybody approved is simply not passed.
 */
export type OpenedSignature = {
	/** The document. */
	statement: string;
	authenticator: string;
	credential: string;
	attestation: string | null;
	contents: SealedContents;
	withdrawal?: Withdrawal | null;
};

export type ReleaseFacts = {
	chain: Chain;
	opened: readonly OpenedSignature[];
	/** Agreed by approving the release. A key that no signature bears any more is passed over. */
	strikes: readonly { key: string; reason: StrikeReason }[];
	/** Signatures whose sealed part could not be opened: they lapse. */
	unreadable: readonly { key: string; group: string }[];
	issuedCounts: readonly IssuedCount[];
} & Pick<Terms, 'slug' | 'press' | 'attempt' | 'releaseAt' | 'deliveries'>;

/** `mismatch`: contents that break a commitment; `text`: signed another text; `condition`, `small-group`: lapsed in settling. */
export type LeftOutWhy = 'struck' | 'unreadable' | 'mismatch' | 'text' | 'condition' | 'small-group';
/** In ascending order of `key`. `reason` is null unless struck. */
export type LeftOut = { key: string; group: string; why: LeftOutWhy; reason: StrikeReason | null };

export type ComposedRelease = {
	/** Without approvals. */
	release: Release;
	/** b64u of 32 bytes. */
	releaseHash: string;
	leftOut: LeftOut[];
};

/** A signature on its way into the release. */
type Candidate = Statement & { opened: OpenedSignature };

const CHUNK = 256;

/** @throws Fault of the chain, of a statement's form, `key-twice`, `withdrawal-invalid`, `turn-too-low`, `statement-group`, `statement-root` */
export async function composeRelease(facts: ReleaseFacts): Promise<ComposedRelease> {
	const checked = await checkChain(null, facts.chain);
	const { charter } = checked;
	const { standing, leftOut } = await sift(facts, checked);
	const { kept, lapsed } = settle(standing, charter.smallestCell);
	const counts = { signatures: kept.length, named: kept.filter((one) => one.shown === 'named').length };
	for (const one of lapsed) {
		const why = conditionHolds(one.condition, counts) ? 'small-group' : 'condition';
		leftOut.push({ key: one.key, group: one.group, why, reason: null });
	}
	leftOut.sort((a, b) => (a.key < b.key ? -1 : 1));

	const labels = labelsByGroup(charter, kept);
	const signatures = sortByDigest(await inChunks(kept, (one) => release(one, labels.get(one.group) ?? new Set())));
	const terms: Terms = {
		slug: facts.slug,
		press: facts.press,
		tallies: countTallies(
			charter,
			kept,
			leftOut.map(({ group, reason }) => ({ group, struck: reason })),
			facts.issuedCounts,
		),
		attempt: facts.attempt,
		releaseAt: facts.releaseAt,
		deliveries: facts.deliveries,
	};
	const digests = signatures.map((one) => one.digest);
	return {
		release: { chain: facts.chain, terms, signatures, approvals: [] },
		releaseHash: await releaseHash(facts.chain, terms, digests),
		leftOut,
	};
}

/** Parts what may stand from what is struck, unreadable, or of another text, before conditions are counted. */
async function sift(
	facts: ReleaseFacts,
	checked: CheckedChain,
): Promise<{ standing: Candidate[]; leftOut: LeftOut[] }> {
	const { charter, root } = checked;
	const strikes = new Map(facts.strikes.map((strike) => [strike.key, strike.reason]));
	const keys = new Set<string>();
	const once = (key: string): void => {
		if (keys.has(key)) throw new Fault('key-twice', `signature of ${key}`, 'Two signatures have the same key.');
		keys.add(key);
	};
	const leftOut: LeftOut[] = [];
	for (const { key, group } of facts.unreadable) {
		once(key);
		const reason = strikes.get(key) ?? null;
		leftOut.push({ key, group, why: reason === null ? 'unreadable' : 'struck', reason });
	}
	const candidates: Candidate[] = facts.opened.map((opened) => ({ ...readStatement(opened.statement), opened }));
	const why = await inChunks(candidates, async (one): Promise<LeftOutWhy | null> => {
		once(one.key);
		if (one.root !== root)
			throw new Fault('statement-root', `signature of ${one.key}`, 'This signature is of another letter.');
		if (strikes.has(one.key)) return 'struck';
		if (one.text !== charter.text) return 'text';
		await requireWithdrawal(one);
		return (await contentsHold(charter, one)) ? null : 'mismatch';
	});
	const standing = candidates.filter((one, at) => {
		const out = why[at];
		if (!out) return true;
		leftOut.push({ key: one.key, group: one.group, why: out, reason: strikes.get(one.key) ?? null });
		return false;
	});
	return { standing, leftOut };
}

async function requireWithdrawal({ root, key, turn, opened }: Candidate): Promise<void> {
	const { withdrawal } = opened;
	if (!withdrawal) return;
	const place = `withdrawal of ${key}`;
	if (withdrawal.turn <= turn) throw new Fault('turn-too-low', place, 'This withdrawal is older than the signature.');
	if (!(await verifyWithdrawal(root, key, withdrawal))) {
		throw new Fault('withdrawal-invalid', place, 'This withdrawal was not made by the key of the signature.');
	}
}

/** Whether the opened contents are those that the statement commits to, with the proven mailbox where there is one. */
async function contentsHold(charter: Charter, one: Candidate): Promise<boolean> {
	const group = charter.groups.find(({ id }) => id === one.group);
	if (group === undefined)
		throw new Fault('statement-group', `signature of ${one.key}`, 'Its group is not in the charter.');
	const { attestation, contents } = one.opened;
	const due = one.shown === 'named' && group.proof === 'mailbox';
	if (due !== (attestation !== null)) return false;
	const proven = attestation === null ? null : await verifyAttestation(group.attester, attestation, one);
	try {
		await checkContents(one, contents, proven);
		return true;
	} catch (fault) {
		if (fault instanceof Fault) return false;
		throw fault;
	}
}

/** The charter's label that a signature bears, null for none. Named ones bear none. */
function labelOf(charter: Charter, one: Candidate): string | null {
	const { label } = one.opened.contents;
	return one.shown === 'anonymous' && charter.labels.includes(label) ? label : null;
}

function labelsByGroup(charter: Charter, kept: readonly Candidate[]): Map<string, Set<string>> {
	return new Map(
		charter.groups.map(({ id }) => {
			const anonymous = kept.filter((one) => one.group === id && one.shown === 'anonymous');
			const labels = anonymous.map((one) => labelOf(charter, one));
			return [id, shownLabels(labels, charter.smallestCell, charter.labels)];
		}),
	);
}

async function release(one: Candidate, shown: ReadonlySet<string>): Promise<ReleasedSignature> {
	const { opened, ...statement } = one;
	const { contents, authenticator, credential, attestation, withdrawal } = opened;
	const labelled = one.shown === 'anonymous' && shown.has(contents.label);
	const entry: Entry = {
		statement,
		authenticator,
		credential,
		attestation,
		display: contents.display,
		displaySalt: contents.displaySalt,
		label: labelled ? contents.label : null,
		labelSalt: labelled ? contents.labelSalt : null,
	};
	const digest = await entryDigest(entry);
	return withdrawal ? { digest, stub: await toStub(entry, { withdrawal }) } : { digest, entry };
}

/** Not all at once: a letter can have 100,000 signatures. */
async function inChunks<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	for (let from = 0; from < all.length; from += CHUNK) {
		results.push(...(await Promise.all(all.slice(from, from + CHUNK).map(work))));
	}
	return results;
}
