/** What an organizer's browser says to the server, and hears. Every route needs the session cookie, but for invitations and logging in. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { daySheetView } from './day.ts';
import { deliveriesShape, deliveryView } from './delivery.ts';
import { embargoLinkView } from './embargo.ts';
import { linkView } from './link.ts';
import { soFarView } from './progress.ts';
import { readinessView } from './readiness.ts';
import { amendmentDroppedView, releaseChangeView } from './release-change.ts';
import { rosterView } from './roster.ts';
import { approval, authenticator, bytes, bytes32, bytesUpTo, count, id, text, time } from './shapes.ts';
import { chainShape, letterState, restored } from './signing.ts';
import { suspensionView } from './suspension.ts';
import { takeDownView } from './take-down.ts';
import { voucherBatchView } from './voucher-batch.ts';

const reference = text(LIMITS.reference);
const writtenText = {
	language: text(LIMITS.language),
	title: text(LIMITS.title),
	addressees: text(LIMITS.addressees),
	text: text(LIMITS.text),
	references: v.pipe(v.array(reference), v.maxLength(LIMITS.references)),
};

/** A letter before it is frozen: everything may still be missing or wrong; freezing checks it. */
export const draftShape = v.strictObject({
	...writtenText,
	/** Drafts of before there were translations have none. */
	translations: v.optional(v.pipe(v.array(v.strictObject(writtenText)), v.maxLength(LIMITS.translations)), []),
	groups: v.pipe(
		v.array(
			v.strictObject({
				id,
				name: text(LIMITS.groupName),
				proof: v.picklist(['mailbox', 'voucher']),
				domains: v.pipe(v.array(text(LIMITS.domain)), v.maxLength(LIMITS.domains)),
				limit: v.nullable(count),
				headcount: v.nullable(v.strictObject({ count, source: text(LIMITS.headcountSource) })),
			}),
		),
		v.maxLength(LIMITS.groups),
	),
	labels: v.pipe(v.array(text(LIMITS.label)), v.maxLength(LIMITS.labels)),
	advice: text(LIMITS.advice),
	press: text(LIMITS.press),
	/** Where the letter is sent at its release: outside of the charter, never published. Drafts of before have none. */
	deliveries: v.optional(deliveriesShape, []),
	threshold: v.nullable(count),
	closesAt: v.nullable(time),
	lastCallHours: count,
	expiresOn: v.nullable(time),
	smallestCell: count,
	codeOnly: v.boolean(),
});
export type Draft = v.InferOutput<typeof draftShape>;

/** POST /api/desk/start, only where the host lets anyone start a letter: → a start invitation. */
export const invitationAnswer = v.strictObject({ invitation: bytes32 });
/** POST /api/desk/invitations/look. Spends nothing. `letter` is null for an invitation to start one. */
export const invitationLook = v.strictObject({ invitation: bytes32 });
export const invitationView = v.strictObject({
	letter: v.nullable(v.strictObject({ title: v.string(), organizers: v.array(v.string()) })),
});

/** POST /api/desk/enrol/options → WebAuthn creation options. */
export const enrolOptionsRequest = v.strictObject({ invitation: bytes32, name: text(LIMITS.organizerName) });
/** POST /api/desk/enrol. `authenticator` by the new key over frame("undersigned/enrol/1", utf8(challenge of the options), key, sealing). Sets the cookie. */
export const enrolRequest = v.strictObject({
	invitation: bytes32,
	name: text(LIMITS.organizerName),
	passkey: v.looseObject({ id: v.string() }),
	key: bytes32,
	sealing: bytes32,
	authenticator,
});
/** POST /api/desk/login/options → WebAuthn request options (discoverable); POST /api/desk/login. Sets the cookie. */
export const loginRequest = v.strictObject({ passkey: v.looseObject({ id: v.string() }) });
/** POST /api/desk/login/words/options → {challenge}; POST /api/desk/login/words: by the organizer's key over frame("undersigned/login/1", utf8(origin), utf8(challenge)). */
export const wordsChallenge = v.strictObject({ challenge: v.string() });
export const wordsLoginRequest = v.strictObject({ key: bytes32, challenge: text(100), authenticator });
/** Answer to every login and to enrolling. `wrappedSeed` is of the passkey just used; null without PRF or after words. */
export const sessionAnswer = v.strictObject({
	organizer: id,
	letter: id,
	name: v.string(),
	key: bytes32,
	passkeyId: v.nullable(v.string()),
	wrappedSeed: v.nullable(v.string()),
});
export type SessionAnswer = v.InferOutput<typeof sessionAnswer>;
/** POST /api/desk/passkeys/options → creation options; POST /api/desk/passkeys {passkey} → {passkeyId}: one more passkey for this organizer. */
export const passkeyRequest = loginRequest;
/** PUT /api/desk/seed: the seed wrapped under a passkey's PRF output. iv (12) ‖ AES-256-GCM(HKDF(prf), seed). */
export const seedRequest = v.strictObject({ passkeyId: text(1400), wrapped: bytes(12 + 32 + 16) });
/** POST /api/desk/words-checked {}: this organizer has repeated words asked back. */

/**
 * PUT /api/desk/draft. Answers 409 `draft-changed` with the present one as `present: {version, draft}` in the problem, when `version` is not the last; 409 `draft-frozen` while it is
 * frozen and `unfreeze` does not say that somebody goes back to writing: what saves itself ends no freeze, and nobody's approval.
 */
export const draftRequest = v.strictObject({
	version: count,
	draft: draftShape,
	unfreeze: v.optional(v.boolean(), false),
});
export const draftAnswer = v.strictObject({ version: count });
/** POST /api/desk/freeze {version} → the charter's fingerprint. */
export const freezeRequest = v.strictObject({ version: count });
export const freezeAnswer = v.strictObject({ fingerprint: bytes32 });
/** POST /api/desk/charter/approve. With the last of all N the letter is open. */
export const approveCharterRequest = v.strictObject({ fingerprint: bytes32, authenticator });
/** POST /api/desk/invitations {note} → invitationAnswer; DELETE /api/desk/invitations/:id; DELETE /api/desk/organizers/:id (draft only). */
export const noteRequest = v.strictObject({ note: text(LIMITS.note) });
/** POST /api/desk/links {note} → {link}; DELETE /api/desk/links/:link revokes. */
export const linkAnswer = v.strictObject({ link: id });
/** POST /api/desk/vouchers → the vouchers, shown this once. DELETE /api/desk/vouchers/:batch revokes the unused ones. */
export const voucherBatchRequest = v.strictObject({
	group: id,
	count: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.vouchersPerBatch)),
	note: text(LIMITS.note),
});
export const voucherBatchAnswer = v.strictObject({ batch: id, vouchers: v.array(v.string()) });
/** POST /api/desk/decisions: close early, or abandon; acts with the M-th. DELETE /api/desk/decisions/:kind takes one's own back. */
export const decisionRequest = v.strictObject({
	kind: v.picklist(['close', 'abandon']),
	subject: bytes32,
	authenticator,
});
export const decisionAnswer = v.strictObject({ state: letterState });
/** POST /api/desk/amendments: propose (and approve) a new charter; POST /api/desk/amendments/approve {fingerprint, authenticator}; DELETE /api/desk/amendments/:fingerprint drops it. Applies with the M-th. */
export const amendmentRequest = v.strictObject({
	charter: text(LIMITS.document),
	text: text(LIMITS.document),
	authenticator,
});
/** Answer to proposing and to approving an amendment. */
export const amendmentAnswer = v.strictObject({ fingerprint: bytes32, applied: v.boolean() });

/** GET /api/desk/signatures?after=KEY: after last call, pages of at most LIMITS.signaturesPerPage in the order of keys. */
export const sealedSignature = v.strictObject({
	statement: v.string(),
	authenticator,
	credential: bytes(416),
	attestation: v.nullable(v.string()),
	sealed: v.string(),
});
export type SealedSignature = v.InferOutput<typeof sealedSignature>;
export const sealedPage = v.strictObject({ signatures: v.array(sealedSignature), next: v.nullable(bytes32) });
/** PUT /api/desk/contribution: one's shares, sealed to each organizer. GET /api/desk/contributions: those sealed to me. */
export const contributionRequest = v.strictObject({
	keysHash: bytes32,
	sealed: v.pipe(
		v.array(v.strictObject({ to: id, sealed: bytesUpTo(LIMITS.contribution) })),
		v.maxLength(LIMITS.organizers),
	),
});
export const contributionsAnswer = v.array(v.strictObject({ from: id, keysHash: bytes32, sealed: v.string() }));
export const strikeReason = v.picklist(['not-a-person', 'not-this-person', 'twice', 'addressee', 'asked', 'other']);
/** PUT /api/desk/strikes: propose to strike, or with null put back. */
export const strikeRequest = v.strictObject({ key: bytes32, reason: v.nullable(strikeReason) });
/** PUT /api/desk/release: a draft release, sealed to the organizers: `box` = iv ‖ AES-256-GCM(data key, `deliveries` as a JSON array of addresses ‖ "\n" ‖ release file), `keys` = data key sealed to each
 * (HPKE, info and AAD tag "undersigned/draft-release/2", AAD frame(tag, root, utf8(organizer), attempt)). Ends earlier approvals. */
export const releaseDraftRequest = v.strictObject({
	attempt: bytes(16),
	/** Refused at once where another letter has it. */
	slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]{3,60}$/)),
	releaseHash: bytes32,
	releaseAt: time,
	box: bytesUpTo(LIMITS.releaseFile),
	keys: v.pipe(v.array(v.strictObject({ organizer: id, sealed: bytesUpTo(200) })), v.maxLength(LIMITS.organizers)),
});
export type ReleaseDraftRequest = v.InferOutput<typeof releaseDraftRequest>;
/** GET /api/desk/release → the draft with the key sealed to me. */
export const releaseDraftAnswer = v.strictObject({
	attempt: bytes(16),
	releaseHash: bytes32,
	releaseAt: time,
	box: v.string(),
	key: v.string(),
});
/** POST /api/desk/release/approve. `release` (the release file without approvals) and `deliveries` (the addresses in its terms' hash) must come with the M-th, else 409 `release-needed`. DELETE takes one's own back. */
export const approveReleaseRequest = v.strictObject({
	attempt: bytes(16),
	releaseHash: bytes32,
	authenticator,
	release: v.nullable(text(LIMITS.releaseFile)),
	deliveries: v.optional(deliveriesShape, []),
});
export const approveReleaseAnswer = decisionAnswer;
/** POST /api/desk/stop: back from scheduled to review. */
export const stopRequest = v.strictObject({ authenticator });

const coarse = v.strictObject({ group: id, named: count, anonymous: count });
/** GET /api/desk: the whole desk. The same for every organizer, but for `you`. */
export const deskView = v.strictObject({
	you: v.strictObject({ organizer: id, name: v.string() }),
	letter: v.strictObject({
		id,
		state: letterState,
		now: time,
		...{ closesAt: v.nullable(time), lastCallUntil: v.nullable(time) },
		...{ releaseAt: v.nullable(time), expiresOn: v.nullable(time) },
		/** A draft is erased then, unless somebody changes it. */
		draftExpiresOn: v.nullable(time),
		slug: v.nullable(v.string()),
		restored,
		/** Once it is released. */
		takeDowns: v.array(takeDownView),
	}),
	draft: v.nullable(v.strictObject({ version: count, draft: draftShape })),
	organizers: v.array(
		v.strictObject({
			id,
			name: v.string(),
			key: bytes32,
			sealing: bytes32,
			passkey: v.boolean(),
			wordsChecked: v.boolean(),
			/** Whether they have used the one stop that acts alone. */
			stopUsed: v.boolean(),
		}),
	),
	/** Of organizers about whom something was decided or is proposed. */
	suspensions: v.array(suspensionView),
	/** The sheet for the day of the release. */
	day: daySheetView,
	invitations: v.array(v.strictObject({ id, note: v.string(), expiresAt: time })),
	/** What was tried, while it is a draft. */
	readiness: readinessView,
	/** The frozen or standing chain, with the approvals that there are. */
	chain: v.nullable(chainShape),
	amendment: v.nullable(v.strictObject({ charter: v.string(), text: v.string(), approvals: v.array(approval) })),
	/** The oldest first, while it is open. */
	amendmentsDropped: v.array(amendmentDroppedView),
	links: v.array(linkView),
	/** While in review or scheduled. */
	embargoLinks: v.array(embargoLinkView),
	voucherBatches: v.array(voucherBatchView),
	/** Coarse, moved only by a tick: "at least". */
	progress: v.array(coarse),
	soFar: soFarView,
	/** Writing to everybody on a list; none once it is closed. */
	roster: rosterView,
	decisions: v.array(v.strictObject({ kind: v.picklist(['close', 'abandon']), approvals: v.array(approval) })),
	/** Exact, once last call is over: credentials, and signatures that lapsed when signing closed. Empty before. */
	issued: v.array(v.strictObject({ group: id, mailbox: count, roster: count, voucher: count, lapsed: count })),
	counts: v.nullable(v.strictObject({ live: count, withdrawnInLastCall: count })),
	contributed: v.array(id),
	strikes: v.array(v.strictObject({ key: bytes32, reason: strikeReason, organizer: id })),
	/** Withdrawals since last call, so that a release that is built leaves them out. */
	withdrawn: v.array(v.strictObject({ key: bytes32, turn: count, authenticator })),
	release: v.nullable(
		v.strictObject({
			attempt: bytes(16),
			releaseHash: bytes32,
			releaseAt: time,
			proposer: id,
			approvedBy: v.array(id),
			/** Once it is scheduled: whose stop waits for another organizer's. */
			stoppedBy: v.array(id),
		}),
	),
	/** The oldest first; gone with the release. */
	releaseChanges: v.array(releaseChangeView),
	/** Of a scheduled or released letter, in their order; for 30 days after the release. */
	deliveries: v.array(deliveryView),
	/** Of a released letter: agreed ones in their order, numbered from 1, then those that wait. */
	posts: v.array(
		v.strictObject({
			subject: bytes32,
			document: v.string(),
			/** Forgotten 30 days after the release, where it is agreed. */
			proposer: v.nullable(id),
			number: v.nullable(count),
			approvals: v.array(approval),
		}),
	),
	lateStrikes: v.array(
		v.strictObject({
			number: count,
			digest: bytes32,
			reason: strikeReason,
			proposer: v.nullable(id),
			agreed: v.boolean(),
			approvals: v.array(approval),
		}),
	),
});
export type DeskView = v.InferOutput<typeof deskView>;
