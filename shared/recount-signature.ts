/**
 * What a recount verifies of one signature (docs/protocol.md, section 9, check 3), once its digest and its key are known to be in order.
 * Nothing here depends on another signature, so signatures are verified side by side.
 */
import { requireApprovals } from './approval.ts';
import { readAttestation } from './attestation.ts';
import { type Bytes, b64u } from './bytes.ts';
import type { CheckedChain } from './chain.ts';
import type { Group } from './charter.ts';
import { readCredential } from './credential.ts';
import { type Entry, type Stub, strikeSubject } from './entry.ts';
import { Fault, type FaultCode } from './fault.ts';
import { ed25519Inputs } from './keys.ts';
import type { Primitives } from './primitives.ts';
import { displayBytes, labelBytes, statementBytes, withdrawalBytes } from './statement.ts';

/** What signatures are verified against, and with. The sizes of the issuers' keys were checked with the charter. */
export type RecountContext = { chain: Pick<CheckedChain, 'root' | 'charter'>; primitives: Primitives };

/**
 * @param entry as it was read from the file, so that its fields are in their order and it need not be written anew
 * @throws Fault whose place says which part of the signature it is
 */
export async function verifyEntry(context: RecountContext, entry: Entry): Promise<void> {
	const { chain } = context;
	const { statement } = entry;
	const group = groupOf(chain, statement.group);
	refuseUnless(statement.root === chain.root, 'statement-root', 'root', 'The statement names another letter.');
	refuseUnless(
		statement.text === chain.charter.text,
		'statement-text',
		'text',
		'The statement names another text than the last one.',
	);
	await requireCredential(context, group, { key: statement.key, credential: entry.credential });
	refuseUnless(
		await verifyKey(context, statement.key, entry.authenticator, statementBytes(JSON.stringify(statement))),
		'authenticator-invalid',
		'authenticator',
		'The statement was not signed by its key.',
	);
	await requireAttestation(context, group, entry);
	requireDisplay(context, entry);
	requireLabel(context, entry);
}

/** @throws Fault whose place says which part of the stub it is */
export async function verifyStub(context: RecountContext, stub: Stub, digest: Uint8Array): Promise<void> {
	const { chain } = context;
	const { root, charter } = chain;
	const { withdrawal, strike } = stub;
	await requireCredential(context, groupOf(chain, stub.group), stub);
	refuseUnless(
		(withdrawal === null) !== (strike === null),
		'entry-mismatch',
		'stub',
		'A stub is withdrawn or struck, one of the two.',
	);
	if (withdrawal !== null) {
		refuseUnless(
			withdrawal.turn > stub.turn,
			'turn-too-low',
			'withdrawal',
			'The withdrawal is not later than the signature.',
		);
		const signed = withdrawalBytes(root, stub.key, withdrawal.turn);
		const holds = await verifyKey(context, stub.key, withdrawal.authenticator, signed);
		refuseUnless(holds, 'withdrawal-invalid', 'withdrawal', 'The withdrawal was not made by the key of the signature.');
	}
	if (strike !== null) {
		const subject = await strikeSubject(b64u(digest), strike.reason);
		await requireApprovals(charter, strike.approvals, { kind: 'strike', root, subject });
	}
}

function groupOf(chain: RecountContext['chain'], id: string): Group {
	const group = chain.charter.groups.find((one) => one.id === id);
	if (group === undefined) throw new Fault('statement-group', 'group', 'This group is not in the charter.');
	return group;
}

async function requireCredential(
	{ chain, primitives }: RecountContext,
	group: Group,
	{ key, credential }: { key: string; credential: string },
): Promise<void> {
	const read = readCredential(chain.root, group.id, key, credential);
	const holds = read !== null && (await primitives.rsaPss(group.issuer, read.prepared, read.signature));
	refuseUnless(
		holds,
		'credential-invalid',
		'credential',
		"The credential was not issued with the group's key for this signer's key.",
	);
}

/** Whether this key made this authenticator over these bytes. @param kept whether it is an attester's, which comes again */
async function verifyKey(
	{ primitives }: RecountContext,
	publicKey: string,
	authenticator: string,
	bytes: Bytes,
	kept = false,
): Promise<boolean> {
	const inputs = ed25519Inputs(publicKey, authenticator);
	return inputs !== null && (await primitives.ed25519(inputs.key, inputs.authenticator, bytes, kept));
}

async function requireAttestation(
	context: RecountContext,
	group: Group,
	{ statement, attestation }: Entry,
): Promise<void> {
	if (statement.shown === 'anonymous' || group.proof === 'voucher') {
		refuseUnless(
			attestation === null,
			'attestation-unexpected',
			'attestation',
			'Only names in mailbox groups have an attestation.',
		);
		return;
	}
	if (attestation === null)
		throw new Fault('attestation-missing', 'attestation', 'This name has no attestation of its mailbox.');
	const { root } = context.chain;
	const read = readAttestation(attestation, { root, group: group.id, key: statement.key });
	refuseUnless(
		read !== null && (await verifyKey(context, group.attester.x, read.authenticator, read.signed, true)),
		'attestation-invalid',
		'attestation',
		"The attestation is not by the group's attester for this key.",
	);
}

function requireDisplay({ primitives }: RecountContext, { statement, display, displaySalt }: Entry): void {
	const named = statement.shown === 'named';
	if (display === null || displaySalt === null) {
		refuseUnless(
			!named && display === displaySalt,
			'entry-mismatch',
			'display',
			'A name has a display and its salt, and nobody else has.',
		);
		return;
	}
	const committed = displayBytes(JSON.stringify(display), displaySalt);
	const holds = named && b64u(primitives.sha256(committed)) === statement.display;
	refuseUnless(holds, 'display-mismatch', 'display', 'The name is not the one that was signed.');
}

function requireLabel({ chain, primitives }: RecountContext, { statement, label, labelSalt }: Entry): void {
	if (label === null || labelSalt === null) {
		refuseUnless(label === labelSalt, 'entry-mismatch', 'label', 'A label stands with its salt, or neither does.');
		return;
	}
	refuseUnless(statement.shown === 'anonymous', 'entry-mismatch', 'label', 'Only anonymous signatures show a label.');
	refuseUnless(
		chain.charter.labels.includes(label),
		'statement-label',
		'label',
		"This label is not one of the charter's.",
	);
	const holds = b64u(primitives.sha256(labelBytes(label, labelSalt))) === statement.label;
	refuseUnless(holds, 'label-mismatch', 'label', 'The label is not the one that was signed.');
}

function refuseUnless(holds: boolean, code: FaultCode, place: string, message: string): void {
	if (!holds) throw new Fault(code, place, message);
}
