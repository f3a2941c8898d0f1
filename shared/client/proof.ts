/** Receiving the credential, and for a name the attestation. Everything that comes is verified before it is kept. */
import * as v from 'valibot';
import { proofAnswer, voucherAnswer } from '../api/signing.ts';
import { mailboxCommitment, verifyAttestation } from '../attestation.ts';
import { fromB64u } from '../bytes.ts';
import type { Group } from '../charter.ts';
import { Fault } from '../fault.ts';
import { signerKeys } from '../keys.ts';
import type { Call } from './call.ts';
import { blinding } from './later.ts';
import type { SignerRecord } from './signer-record.ts';

type Proved = NonNullable<SignerRecord['proved']>;
type Proving = NonNullable<SignerRecord['proving']>;

/**
 * @param record holds `proving`, sent as it is
 * @throws Fault `issuer-dishonest`, `attestation-invalid`: the server does not act by the charter. The caller drops everything and warns.
 */
export async function receiveProof(call: Call, group: Group, record: SignerRecord): Promise<Proved> {
	const { proving, blinded, proved } = record;
	if (!proving) throw new Error('Nothing was asked for.');
	// Before the server is asked: nothing that it answers may be taken for dishonest because a part of the page is missing.
	await blinding();
	const answer = await send(call, proving);
	if (answer.group !== group.id) throw dishonest();
	const credential = await receiveCredential(group, blinded, answer.blindSignature, proved);
	const attest = proving.by === 'mailbox' ? proving.body.attest : null;
	if (!attest) return { group: group.id, credential, attestation: null };

	const { publicKey: key } = await signerKeys(fromB64u(record.seed ?? '', 16), record.root);
	const spoken = { root: record.root, group: group.id, key };
	const verified = answer.attestation && (await verifyAttestation(group.attester, answer.attestation, spoken));
	const mailbox = await mailboxCommitment(attest.address, attest.salt);
	if (!answer.attestation || !verified || verified.mailbox !== mailbox) {
		throw new Fault('attestation-invalid', 'attestation', 'The server did not confirm the address that was given.');
	}
	return { group: group.id, credential, attestation: answer.attestation };
}

async function send(call: Call, proving: Proving): Promise<v.InferOutput<typeof proofAnswer>> {
	if (proving.by === 'mailbox') return v.parse(proofAnswer, await call('POST', '/api/proofs', proving.body));
	return { ...v.parse(voucherAnswer, await call('POST', '/api/vouchers', proving.body)), attestation: null };
}

async function receiveCredential(
	group: Group,
	blinded: SignerRecord['blinded'],
	blindSignature: string | null,
	proved: SignerRecord['proved'],
): Promise<string> {
	if (blinded?.group === group.id && blindSignature !== null) {
		const { finalizeCredential } = await blinding();
		return finalizeCredential(group.issuer, blinded, blindSignature);
	}
	// From anonymous to named: the credential stays what it was.
	if (!blinded && proved?.group === group.id) return proved.credential;
	throw dishonest();
}

const dishonest = () =>
	new Fault('issuer-dishonest', 'credential', 'The server did not answer what the charter promises. Do not sign here.');
