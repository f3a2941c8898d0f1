/** What a signer's browser says to the server, and hears. No cookie, no Referer, no name in any of it that is not sealed. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { turnSchema } from '../statement.ts';
import { approval, authenticator, bytes, bytes32, count, id, text, time } from './shapes.ts';

export const letterState = v.picklist(['draft', 'open', 'review', 'scheduled', 'released', 'abandoned']);
export type LetterState = v.InferOutput<typeof letterState>;

/**
 * The host restored its database from a copy: while the letter was open, with its keys or without; or when signing was over. What came after that copy is lost, which may be
 * somebody's withdrawal.
 */
export const restored = v.nullable(v.picklist(['with-keys', 'without-keys', 'after-signing']));
export type Restored = v.InferOutput<typeof restored>;
/** Whether by it somebody could. */
export const couldProveTwice = (when: Restored): boolean => when === 'with-keys' || when === 'without-keys';

/** The chain as it stands: documents as the very strings that were signed. */
export const chainShape = v.strictObject({
	charters: v.array(v.string()),
	approvals: v.array(v.array(approval)),
	texts: v.array(v.string()),
});

/** GET /api/links/:link and GET /api/letters/:letter. `chain` is null once nothing is left to read (abandoned). */
export const letterView = v.strictObject({
	letter: id,
	state: letterState,
	/** The server's time: a device's own may be off. */
	now: time,
	chain: v.nullable(chainShape),
	/** Coarse, moved only by a tick: "at least this many", 0 while fewer than the first step. */
	atLeast: v.strictObject({ signatures: count, named: count }),
	/** Groups in which, by the same coarse counts, the charter's `smallestCell` have signed anonymously. */
	enoughAnonymous: v.array(id),
	lastCallUntil: v.nullable(time),
	releaseAt: v.nullable(time),
	slug: v.nullable(v.string()),
	restored,
});
export type LetterView = v.InferOutput<typeof letterView>;

/** POST /api/confirmations → 202, the same bytes whoever asks about whomever. */
/** `work`: what solves a challenge of POST /api/confirmations/work, where `work-needed` was the answer. */
export const confirmationRequest = v.strictObject({
	...{ letter: id, address: text(LIMITS.address) },
	work: v.optional(text(4_000)),
});
/** POST /api/confirmations/work: something for a device to do (altcha). */
export const challenge = v.strictObject({
	parameters: v.looseObject({
		...{ algorithm: v.string(), nonce: v.string(), salt: v.string(), keyPrefix: v.string() },
		...{ cost: v.number(), keyLength: v.number(), expiresAt: v.number() },
	}),
	signature: v.string(),
});
export const workAnswer = v.strictObject({ challenge });
export const confirmationAnswer = v.strictObject({ confirmation: id });

/** POST /api/confirmations/follow: what a magic link belongs to. Spends nothing. */
export const followRequest = v.strictObject({ link: bytes32 });
export const followAnswer = v.strictObject({ letter: id, group: id, confirmation: id });
export type FollowAnswer = v.InferOutput<typeof followAnswer>;

/** A code typed beside its confirmation, or the secret of a magic link. */
export const proofSecret = v.variant('by', [
	v.strictObject({ by: v.literal('code'), confirmation: id, code: v.pipe(v.string(), v.regex(/^\d{8}$/)) }),
	v.strictObject({ by: v.literal('link'), link: bytes32 }),
]);
/** POST /api/proofs. `request` is the blinded message; null only when an earlier credential goes from anonymous to named.
 * `attest` only for named signatures. The same request again gets the same answer; another one is refused. */
export const proofRequest = v.strictObject({
	secret: proofSecret,
	request: v.nullable(bytes(384)),
	attest: v.nullable(v.strictObject({ address: text(LIMITS.address), salt: bytes32, key: bytes32 })),
});
export type ProofRequest = v.InferOutput<typeof proofRequest>;
export const proofAnswer = v.strictObject({
	group: id,
	blindSignature: v.nullable(bytes(384)),
	attestation: v.nullable(v.string()),
});
export type ProofAnswer = v.InferOutput<typeof proofAnswer>;

/** POST /api/vouchers: a voucher (its group's issuer) or a roster code. */
export const voucherRequest = v.strictObject({ letter: id, voucher: text(64), request: bytes(384) });
export const voucherAnswer = v.strictObject({ group: id, blindSignature: bytes(384) });
/** POST /api/vouchers/look: which group a voucher is for, so that the browser knows whose key to use. Spends nothing. */
export const voucherLookRequest = v.strictObject({ letter: id, voucher: text(64) });
export const voucherLookAnswer = v.strictObject({ group: id });

/** POST /api/signatures. Documents travel as the strings that were signed. */
export const signatureRequest = v.strictObject({
	statement: text(LIMITS.statement),
	authenticator,
	credential: bytes(416),
	attestation: v.nullable(text(LIMITS.attestation)),
	sealed: text(LIMITS.sealed),
});
export type SignatureRequest = v.InferOutput<typeof signatureRequest>;
export const signatureAnswer = v.strictObject({ turn: count });

/** POST /api/withdrawals. */
export const withdrawalRequest = v.strictObject({ root: bytes32, key: bytes32, turn: turnSchema, authenticator });
export const withdrawalAnswer = v.strictObject({ turn: count });

/** POST /api/signatures/own: what the server holds of one's own key. `minute` is minutes since 1970, good for ten either way. */
export const ownRequest = v.strictObject({ root: bytes32, key: bytes32, minute: count, authenticator });
export const ownAnswer = v.variant('state', [
	v.strictObject({ state: v.literal('none') }),
	v.strictObject({
		state: v.picklist(['signed', 'withdrawn', 'lapsed', 'published']),
		turn: count,
		statement: v.nullable(v.string()),
		credential: bytes(416),
		attestation: v.nullable(v.string()),
	}),
]);
export type OwnAnswer = v.InferOutput<typeof ownAnswer>;
