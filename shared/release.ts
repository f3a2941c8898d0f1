/**
 * The release (docs/protocol.md, section 8): what M organizers approve of, as one hash. How it stands in a file is in release-file.ts, how it is
 * built from opened signatures in compose-release.ts.
 */
import * as v from 'valibot';
import type { Approval } from './approval.ts';
import { type Bytes, b64u, fromB64u, hash, joinBytes, utf8 } from './bytes.ts';
import type { Chain } from './chain.ts';
import { compareBytes } from './contribution.ts';
import { bytes32, encoded, text, time, writeDocument } from './document.ts';
import type { Entry, Stub } from './entry.ts';
import { LIMITS } from './limits.ts';
import { tallySchema } from './tally.ts';

export const slugSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{3,60}$/));

export const termsSchema = v.strictObject({
	slug: slugSchema,
	press: text(1, LIMITS.press),
	tallies: v.pipe(v.array(tallySchema), v.minLength(1), v.maxLength(LIMITS.groups)),
	attempt: encoded(16),
	releaseAt: time,
	deliveries: bytes32,
});
/** `attempt` is 16 random bytes, ended by a stop; `deliveries` is `deliveriesHash`; `tallies` in the order of the charter's groups. */
export type Terms = v.InferOutput<typeof termsSchema>;

/** A signature in a release: its entry, or what is left of it. */
export type ReleasedSignature = { digest: string; entry: Entry } | { digest: string; stub: Stub };

/** `signatures` ascend by the bytes of their digests; they are numbered by it from 1. `approvals` is [] until M organizers have approved. */
export type Release = { chain: Chain; terms: Terms; signatures: ReleasedSignature[]; approvals: Approval[] };

/** What a release says, for those who show it: digests are for those who check it. */
export type ReleaseContent = Omit<Release, 'signatures'> & { signatures: readonly SignatureContent[] };
export type SignatureContent = { entry: Entry } | { stub: Stub };

export function writeTerms(terms: Terms): string {
	return writeDocument(termsSchema, terms, 'terms');
}

/** H over the addresses, each as a part, in their order: 32 bytes, b64u. */
export async function deliveriesHash(addresses: readonly string[]): Promise<string> {
	return b64u(await hash('undersigned/deliveries/1', ...addresses.map((address) => utf8(address))));
}

/** What organizers approve of (approval kind `release`): 32 bytes, b64u. `digests` in ascending order, as `sortByDigest` leaves them; or their bytes, joined. */
export async function releaseHash(chain: Chain, terms: Terms, digests: readonly string[] | Bytes): Promise<string> {
	return b64u(
		await hash(
			'undersigned/release/1',
			utf8(`[${chain.charters.join(',')}]`),
			utf8(`[${chain.approvals.map((approvals) => writeApprovals(approvals)).join(',')}]`),
			utf8(`[${chain.texts.join(',')}]`),
			utf8(writeTerms(terms)),
			digests instanceof Uint8Array ? digests : joinBytes(digests.map((digest) => fromB64u(digest, 32))),
		),
	);
}

/** One JSON array, fields in their order. */
export function writeApprovals(approvals: readonly Approval[]): string {
	return JSON.stringify(approvals.map(({ organizer, authenticator }) => ({ organizer, authenticator })));
}

/** Below zero where digest `a` comes before `b`: by their bytes, which is not the order of their base64url. */
export function compareDigests(a: string, b: string): number {
	return compareBytes(fromB64u(a, 32), fromB64u(b, 32));
}

/** In ascending order of digests: the order of a release file. */
export function sortByDigest<T extends { digest: string }>(signatures: readonly T[]): T[] {
	return signatures
		.map((signature) => ({ signature, bytes: fromB64u(signature.digest, 32) }))
		.sort((a, b) => compareBytes(a.bytes, b.bytes))
		.map(({ signature }) => signature);
}
