/**
 * Entries and stubs (docs/protocol.md, section 7): what a release shows of one signature, and what is left of it once it was withdrawn or struck.
 * Both have the same digest, so that an approval of the release still verifies after an entry has become a stub.
 */
import * as v from 'valibot';
import { type Approval, approvalSchema } from './approval.ts';
import { type Bytes, b64u, frame, fromB64u, hash, sha256, u32, utf8 } from './bytes.ts';
import { authenticator, bytes32, encoded, id, text, writeDocument } from './document.ts';
import { LIMITS } from './limits.ts';
import { displaySchema, statementSchema, type Withdrawal, withdrawalSchema, writeStatement } from './statement.ts';

const shown = v.picklist(['named', 'anonymous']);

/** Why organizers struck a signature, in the order in which tallies list the reasons. */
export const STRIKE_REASONS = ['not-a-person', 'not-this-person', 'twice', 'addressee', 'asked', 'other'] as const;
export const strikeReasonSchema = v.picklist(STRIKE_REASONS);
export type StrikeReason = (typeof STRIKE_REASONS)[number];

export const entrySchema = v.strictObject({
	statement: statementSchema,
	authenticator,
	credential: encoded(416),
	attestation: v.nullable(text(1, LIMITS.attestation)),
	display: v.nullable(displaySchema),
	displaySalt: v.nullable(bytes32),
	label: v.nullable(text(1, LIMITS.label)),
	labelSalt: v.nullable(bytes32),
});
/** The statement and the display stand in it as documents in a document, not as strings. */
export type Entry = v.InferOutput<typeof entrySchema>;

const strikeSchema = v.strictObject({
	reason: strikeReasonSchema,
	approvals: v.pipe(v.array(approvalSchema), v.maxLength(LIMITS.organizers)),
});
/** M organizers approve of it: approval kind `strike`, subject `strikeSubject`. */
export type Strike = { reason: StrikeReason; approvals: Approval[] };

export const stubSchema = v.strictObject({
	key: bytes32,
	group: id,
	shown,
	// The statement's, so it ends where that one does.
	turn: statementSchema.entries.turn,
	credential: encoded(416),
	statementHash: bytes32,
	rest: bytes32,
	withdrawal: v.nullable(withdrawalSchema),
	strike: v.nullable(strikeSchema),
});
/** Exactly one of `withdrawal` and `strike` is not null; a recount refuses others. */
export type Stub = v.InferOutput<typeof stubSchema>;

/** Why an entry became a stub. */
export type StubCause = { withdrawal: Withdrawal } | { strike: Strike };

const restSchema = v.strictObject({
	authenticator: entrySchema.entries.authenticator,
	attestation: entrySchema.entries.attestation,
	display: entrySchema.entries.display,
	displaySalt: entrySchema.entries.displaySalt,
	label: entrySchema.entries.label,
	labelSalt: entrySchema.entries.labelSalt,
});

/** The document as it stands in a release file and on the signer's "this one is mine". */
export function writeEntry(entry: Entry): string {
	return writeDocument(entrySchema, entry);
}

export function writeStub(stub: Stub): string {
	return writeDocument(stubSchema, stub);
}

/** H over the seven fields that a stub keeps: 32 bytes, b64u. */
export async function entryDigest(entry: Entry): Promise<string> {
	return await stubDigest(await sevenFields(entry));
}

/** The digest of the entry that the stub stands for. */
export async function stubDigest(stub: Omit<Stub, 'withdrawal' | 'strike'>): Promise<string> {
	return b64u(await sha256(digestBytes(stub, fromB64u(stub.statementHash, 32), fromB64u(stub.rest, 32))));
}

/** What a digest is the hash of: the seven fields, the two hashes as bytes. */
function digestBytes(
	{ key, group, shown, turn, credential }: Pick<Stub, 'key' | 'group' | 'shown' | 'turn' | 'credential'>,
	statementHash: Uint8Array,
	rest: Uint8Array,
): Bytes {
	const [signer, proof] = [fromB64u(key, 32), fromB64u(credential, 416)];
	return frame('undersigned/entry/1', signer, utf8(group), utf8(shown), u32(turn), proof, statementHash, rest);
}

/** SHA-256, at once. */
export type Sha256 = (bytes: Bytes) => Uint8Array;

/**
 * The digest as bytes, of one of a hundred thousand: hashed at once, and without writing the documents anew.
 * @param signature as it was read from a file, so that its fields are in their order
 */
export function readDigest(signature: { entry: Entry } | { stub: Stub }, sha256: Sha256): Uint8Array {
	if ('stub' in signature) {
		const { stub } = signature;
		return sha256(digestBytes(stub, fromB64u(stub.statementHash, 32), fromB64u(stub.rest, 32)));
	}
	const { statement, credential, authenticator, attestation, display, displaySalt, label, labelSalt } = signature.entry;
	const rest = JSON.stringify({ authenticator, attestation, display, displaySalt, label, labelSalt });
	return sha256(
		digestBytes(
			{ ...statement, credential },
			sha256(frame('undersigned/statement-hash/1', utf8(JSON.stringify(statement)))),
			sha256(frame('undersigned/rest/1', utf8(rest))),
		),
	);
}

/** What is left of an entry that was withdrawn or struck: no name, no label, no attestation. */
export async function toStub(entry: Entry, cause: StubCause): Promise<Stub> {
	return {
		...(await sevenFields(entry)),
		withdrawal: 'withdrawal' in cause ? cause.withdrawal : null,
		strike: 'strike' in cause ? cause.strike : null,
	};
}

/** What organizers approve of when they strike a released entry: its digest together with the reason, 32 bytes, b64u. */
export async function strikeSubject(digest: string, reason: StrikeReason): Promise<string> {
	return b64u(await hash('undersigned/strike/1', fromB64u(digest, 32), utf8(reason)));
}

async function sevenFields(entry: Entry): Promise<Omit<Stub, 'withdrawal' | 'strike'>> {
	const { statement, credential, authenticator, attestation, display, displaySalt, label, labelSalt } = entry;
	const rest = writeDocument(restSchema, { authenticator, attestation, display, displaySalt, label, labelSalt });
	const [statementHash, restHash] = await Promise.all([
		documentHash('undersigned/statement-hash/1', writeStatement(statement)),
		documentHash('undersigned/rest/1', rest),
	]);
	return {
		key: statement.key,
		group: statement.group,
		shown: statement.shown,
		turn: statement.turn,
		credential,
		statementHash,
		rest: restHash,
	};
}

async function documentHash(tag: string, document: string): Promise<string> {
	return b64u(await hash(tag, utf8(document)));
}
