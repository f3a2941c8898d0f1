/** What a recount says (docs/protocol.md, section 9). In words: recount-words.ts. */
import type { FaultCode } from './fault.ts';

/** In the order in which they are made. */
export const CHECK_NAMES = ['form', 'chain', 'signatures', 'tallies', 'release', 'host'] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** `ok` is null for a check that was not reached, or could not be made: no JWS at hand. `detail` says in words what was `counted`. */
export type RecountCheck = { name: CheckName; ok: boolean | null; counted: number; detail: string };

/** As far as the recount came. `withdrawn` and `struck` are stubs; `attestations` those verified; `conditions` those of entries. */
export type RecountCounts = {
	lines: number;
	charters: number;
	/** Of charters and of the release. */
	approvals: number;
	signatures: number;
	named: number;
	withdrawn: number;
	struck: number;
	attestations: number;
	conditions: number;
	/** Groups of which the host states more vouchers than the charter allows. */
	beyondLimit: number;
};

/** What a reader compares with the page that they read; `releaseAt` is an instant in UTC. */
export type WhichLetter = { title: string; addressees: string; slug: string; releaseAt: string };

export type RecountReport = {
	/** Whether the file holds in everything that was checked. */
	ok: boolean;
	checks: RecountCheck[];
	fault: { place: string; code: FaultCode; message: string } | null;
	counted: RecountCounts;
	/** Null where the file does not hold. */
	letter: WhichLetter | null;
	/** Fingerprint of the first charter, b64u; null where the file ended before it was known. Compare it with the invite link. */
	root: string | null;
	/** Of the last charter, b64u. */
	fingerprint: string | null;
	/** b64u. */
	releaseHash: string | null;
	cannotShow: readonly string[];
};
