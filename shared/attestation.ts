/**
 * The attestation, only for named signatures in mailbox groups: the group's attester says which mailbox, committed to with the
 * signer's salt, stands behind a key (docs/protocol.md, section 4). A JWS in compact form (RFC 7515), EdDSA (RFC 8037).
 */
import * as v from 'valibot';
import { type Bytes, b64u, frame, fromB64u, fromUtf8, utf8 } from './bytes.ts';
import { bytes32, type Ed25519Jwk, id, readDocument, writeDocument } from './document.ts';
import { hmac, signBytes, verifyBytes } from './keys.ts';
import { LIMITS } from './limits.ts';

/** The protected header, this and no other: nothing in it is ever looked up or believed. */
export const ATTESTATION_HEADER = '{"alg":"EdDSA","typ":"undersigned-attestation"}';
const HEADER = b64u(utf8(ATTESTATION_HEADER));

export const attestationSchema = v.strictObject({ root: bytes32, group: id, key: bytes32, mailbox: bytes32 });
export type AttestationPayload = v.InferOutput<typeof attestationSchema>;

/** HMAC-SHA256 with the signer's salt (b64u of 32 bytes) over the normal form. @returns b64u of 32 bytes */
export async function mailboxCommitment(normalForm: string, salt: string): Promise<string> {
	return b64u(hmac(fromB64u(salt, 32), frame('undersigned/mailbox/1', utf8(normalForm))));
}

export function attestationPayload(payload: AttestationPayload): string {
	return writeDocument(attestationSchema, payload, 'attestation');
}

/** @param attester private Ed25519 key of the group. @param payload the document. @returns the JWS */
export async function attest(attester: CryptoKey, payload: string): Promise<string> {
	const input = `${HEADER}.${b64u(utf8(payload))}`;
	return `${input}.${await signBytes(attester, utf8(input))}`;
}

/**
 * @param expected whom it must speak of
 * @param imported of `verifyBytes`: one attester speaks of many
 * @returns the mailbox that was committed to, or null where it does not verify or speaks of another
 */
export async function verifyAttestation(
	attester: Ed25519Jwk,
	jws: string,
	expected: Omit<AttestationPayload, 'mailbox'>,
	imported?: Map<string, Promise<CryptoKey>>,
): Promise<{ mailbox: string } | null> {
	const read = readAttestation(jws, expected);
	if (read === null || !(await verifyBytes(attester.x, read.authenticator, read.signed, imported))) return null;
	return { mailbox: read.mailbox };
}

/**
 * Everything about an attestation but its authenticator.
 * @returns what the attester must have signed, and the mailbox; null where its form is another or it speaks of another
 */
export function readAttestation(
	jws: string,
	expected: Omit<AttestationPayload, 'mailbox'>,
): { signed: Bytes; authenticator: string; mailbox: string } | null {
	if (jws.length > LIMITS.attestation) return null;
	const [header, body, authenticator, ...rest] = jws.split('.');
	if (header !== HEADER || body === undefined || authenticator === undefined || rest.length > 0) return null;
	try {
		const said = readDocument(attestationSchema, fromUtf8(fromB64u(body)), 'attestation', LIMITS.attestation);
		const same = said.root === expected.root && said.group === expected.group && said.key === expected.key;
		return same ? { signed: utf8(`${header}.${body}`), authenticator, mailbox: said.mailbox } : null;
	} catch {
		return null;
	}
}
