import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { ATTESTATION_HEADER, type AttestationPayload, attestationPayload } from '../../shared/attestation.ts';
import { utf8 } from '../../shared/bytes.ts';

const header: { alg: string; typ: string } = JSON.parse(ATTESTATION_HEADER);

/** The JWS of docs/protocol.md, section 4. Deterministic, like Ed25519: the same payload gets the same JWS. */
export function attest(attester: KeyObject, payload: AttestationPayload): Promise<string> {
	return new CompactSign(utf8(attestationPayload(payload))).setProtectedHeader(header).sign(attester);
}
