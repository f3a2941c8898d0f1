/**
 * What a recount verifies of one signature (docs/protocol.md, section 9, check 3), once its digest and its key are known to be in order.
 * Nothing here depends on another signature, so signatures are verified side by side.
 */
import { requireApprovals } from './approval.ts';
import { verifyAttestation } from './attestation.ts';
import type { CheckedChain } from './chain.ts';
import type { Group } from './charter.ts';
import { type IssuerCache, importIssuer, verifyCredential } from './credential.ts';
import { type Entry, type Stub, strikeSubject } from './entry.ts';
import { Fault, type FaultCode } from './fault.ts';
import { displayCommitment, labelCommitment, verifyStatement, verifyWithdrawal, writeStatement } from './statement.ts';

/** What signatures are verified against. `issuers` keeps imported keys; sizes were checked with the charter. */
export type RecountContext = { chain: CheckedChain; issuers: IssuerCache };

/** @throws Fault whose place says which part of the signature it is */
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
		await verifyStatement(writeStatement(statement), statement, entry.authenticator),
		'authenticator-invalid',
		'authenticator',
		'The statement was not signed by its key.',
	);
	await requireAttestation(chain.root, group, entry);
	await requireDisplay(entry);
	await requireLabel(chain.charter.labels, entry);
}

/** @throws Fault whose place says which part of the stub it is */
export async function verifyStub(context: RecountContext, stub: Stub, digest: string): Promise<void> {
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
		const holds = await verifyWithdrawal(root, stub.key, withdrawal);
		refuseUnless(holds, 'withdrawal-invalid', 'withdrawal', 'The withdrawal was not made by the key of the signature.');
	}
	if (strike !== null) {
		const subject = await strikeSubject(digest, strike.reason);
		await requireApprovals(charter, strike.approvals, { kind: 'strike', root, subject });
	}
}

function groupOf(chain: CheckedChain, id: string): Group {
	const group = chain.charter.groups.find((one) => one.id === id);
	if (group === undefined) throw new Fault('statement-group', 'group', 'This group is not in the charter.');
	return group;
}

async function requireCredential(
	{ chain, issuers }: RecountContext,
	group: Group,
	{ key, credential }: { key: string; credential: string },
): Promise<void> {
	const issuer = await importIssuer(group.issuer, issuers);
	const holds = await verifyCredential(issuer, chain.root, group.id, key, credential);
	refuseUnless(
		holds,
		'credential-invalid',
		'credential',
		"The credential was not issued with the group's key for this signer's key.",
	);
}

async function requireAttestation(root: string, group: Group, { statement, attestation }: Entry): Promise<void> {
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
	const said = await verifyAttestation(group.attester, attestation, { root, group: group.id, key: statement.key });
	refuseUnless(
		said !== null,
		'attestation-invalid',
		'attestation',
		"The attestation is not by the group's attester for this key.",
	);
}

async function requireDisplay({ statement, display, displaySalt }: Entry): Promise<void> {
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
	const holds = named && (await displayCommitment(display, displaySalt)) === statement.display;
	refuseUnless(holds, 'display-mismatch', 'display', 'The name is not the one that was signed.');
}

async function requireLabel(labels: readonly string[], { statement, label, labelSalt }: Entry): Promise<void> {
	if (label === null || labelSalt === null) {
		refuseUnless(label === labelSalt, 'entry-mismatch', 'label', 'A label stands with its salt, or neither does.');
		return;
	}
	refuseUnless(statement.shown === 'anonymous', 'entry-mismatch', 'label', 'Only anonymous signatures show a label.');
	refuseUnless(labels.includes(label), 'statement-label', 'label', "This label is not one of the charter's.");
	const holds = (await labelCommitment(label, labelSalt)) === statement.label;
	refuseUnless(holds, 'label-mismatch', 'label', 'The label is not the one that was signed.');
}

function refuseUnless(holds: boolean, code: FaultCode, place: string, message: string): void {
	if (!holds) throw new Fault(code, place, message);
}
