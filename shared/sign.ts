/** A whole signature, made and checked: what the signer's browser sends and the server looks at (docs/protocol.md, section 6). */
import { verifyAttestation } from './attestation.ts';
import { b64u, randomBytes } from './bytes.ts';
import type { Charter } from './charter.ts';
import { type IssuerCache, importIssuer, verifyCredential } from './credential.ts';
import { Fault } from './fault.ts';
import type { KeyPair } from './keys.ts';
import { readSealed, type SealedContents, type SealedPart, seal, sealedHash } from './sealed-name.ts';
import {
	type Condition,
	cleanName,
	displayCommitment,
	labelCommitment,
	readStatement,
	type Statement,
	signStatement,
	verifyStatement,
	writeStatement,
} from './statement.ts';

/** How the signer wants to appear. Address and salt: those of the attestation, in mailbox groups only. */
export type Appearance =
	| { shown: 'named'; name: string; title: string; address?: string | undefined; addressSalt?: string | undefined }
	| { shown: 'anonymous'; label: string | null };

/** Documents as the strings that were signed. */
export type SignatureRequest = {
	statement: string;
	authenticator: string;
	/** b64u of 416 bytes. */
	credential: string;
	/** A JWS, or null for the anonymous and in voucher groups. */
	attestation: string | null;
	sealed: string;
};

export type SignatureParts = {
	charter: Charter;
	/** b64u. */
	root: string;
	/** Hash of the text that the signer read, b64u. */
	textHash: string;
	/** Id. */
	group: string;
	keys: KeyPair;
	/** Higher than every turn that this key has used. */
	turn: number;
	appear: Appearance;
	condition: Condition;
	credential: string;
	attestation: string | null;
};

/** @throws Fault `name-characters`, `name-length`, or of form */
export async function composeSignature(parts: SignatureParts): Promise<SignatureRequest> {
	const { charter, root, textHash, group, keys, turn, appear, condition, credential, attestation } = parts;
	const contents = contentsOf(appear);
	const sealed = await seal(charter, root, keys.publicKey, contents);
	const { display, displaySalt } = contents;
	const statement = writeStatement({
		root,
		text: textHash,
		group,
		key: keys.publicKey,
		turn,
		shown: appear.shown,
		label: await labelCommitment(contents.label, contents.labelSalt),
		display: display && displaySalt ? await displayCommitment(display, displaySalt) : null,
		sealed: sealed.hash,
		condition,
	});
	const authenticator = await signStatement(keys.privateKey, statement);
	return { statement, authenticator, credential, attestation, sealed: sealed.document };
}

function contentsOf(appear: Appearance): SealedContents {
	// The salt is there without a label too: otherwise nobody could tell its commitment from a guess at "none".
	const labelSalt = b64u(randomBytes(32));
	if (appear.shown === 'anonymous') {
		const label = appear.label ?? '';
		return { label, labelSalt, display: null, displaySalt: null, address: null, addressSalt: null };
	}
	return {
		label: '',
		labelSalt,
		display: { name: cleanName(appear.name), title: cleanName(appear.title) },
		displaySalt: b64u(randomBytes(32)),
		address: appear.address ?? null,
		addressSalt: appear.addressSalt ?? null,
	};
}

/**
 * Everything that can be checked before the opening, so that nothing invalid is ever stored. The turn is for the caller, who knows
 * the last one.
 * @param charter the last one. @param issuers owned by the caller
 * @returns the statement that holds
 * @throws Fault, by the part that does not
 */
export async function checkSignature(
	charter: Charter,
	root: string,
	request: SignatureRequest,
	issuers?: IssuerCache,
): Promise<Statement> {
	return (await checkedParts(charter, root, request, issuers)).statement;
}

/** What was read of a signature that holds. `mailbox`: the commitment that was attested, null where none is. */
export type CheckedParts = { statement: Statement; sealed: SealedPart; mailbox: string | null };

/** As `checkSignature`, for whoever goes on with what was read: nothing of it has to be read twice. */
export async function checkedParts(
	charter: Charter,
	root: string,
	request: SignatureRequest,
	issuers?: IssuerCache,
): Promise<CheckedParts> {
	const statement = readStatement(request.statement);
	const { key, group: id } = statement;
	if (statement.root !== root) throw new Fault('statement-root', 'statement', 'This was signed for another letter.');
	if (statement.text !== charter.text)
		throw new Fault('statement-text', 'statement', 'This was signed under another text.');
	const group = charter.groups.find((group) => group.id === id);
	if (!group) throw new Fault('statement-group', 'statement', 'The letter has no such group.');

	// The sealed part first: a hash costs least.
	if ((await sealedHash(request.sealed)) !== statement.sealed) {
		throw new Fault('sealed-mismatch', 'sealed', 'The sealed part is not the one that was signed.');
	}
	const sealed = readSealed(request.sealed, charter);
	if (!(await verifyStatement(request.statement, statement, request.authenticator))) {
		throw new Fault('authenticator-invalid', 'authenticator', 'The statement was not signed by its key.');
	}
	if (!(await verifyCredential(await importIssuer(group.issuer, issuers), root, id, key, request.credential))) {
		throw new Fault(
			'credential-invalid',
			'credential',
			'The credential was not issued for this letter, group and key.',
		);
	}

	const due = statement.shown === 'named' && group.proof === 'mailbox';
	if (due && request.attestation === null) {
		throw new Fault('attestation-missing', 'attestation', 'A named signature of this group needs an attested mailbox.');
	}
	if (!due && request.attestation !== null) {
		throw new Fault('attestation-unexpected', 'attestation', 'This signature must not have an attestation.');
	}
	if (request.attestation === null) return { statement, sealed, mailbox: null };
	const attested = await verifyAttestation(group.attester, request.attestation, { root, group: id, key }, issuers);
	if (attested === null) {
		throw new Fault('attestation-invalid', 'attestation', 'The attestation is not for this letter, group and key.');
	}
	return { statement, sealed, mailbox: attested.mailbox };
}
