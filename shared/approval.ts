/** What organizers approve, with the Ed25519 key from their seed (docs/protocol.md, section 2). */
import * as v from 'valibot';
import { b64u, frame, fromB64u, hash, u32, utf8 } from './bytes.ts';
import type { Charter, OrganizerKeys } from './charter.ts';
import { authenticator, id } from './document.ts';
import { Fault } from './fault.ts';
import { signBytes, verifyBytes } from './keys.ts';

export const approvalSchema = v.strictObject({ organizer: id, authenticator });
export type Approval = v.InferOutput<typeof approvalSchema>;

export const APPROVAL_KINDS = [
	'charter',
	'amendment',
	'close',
	'release',
	'stop',
	'abandon',
	'strike',
	'post',
	'suspend',
	'mailing',
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

function approvalBytes(kind: ApprovalKind, root: string, subject: string) {
	return frame('undersigned/approval/1', utf8(kind), fromB64u(root, 32), fromB64u(subject, 32));
}

/** @returns the authenticator. Root and subject are b64u of 32 bytes. */
export function approve(key: CryptoKey, kind: ApprovalKind, root: string, subject: string): Promise<string> {
	return signBytes(key, approvalBytes(kind, root, subject));
}

/** Whether one of these organizers approved this. */
export async function verifyApproval(
	organizers: OrganizerKeys[],
	approval: Approval,
	kind: ApprovalKind,
	root: string,
	subject: string,
): Promise<boolean> {
	const organizer = organizers.find((one) => one.id === approval.organizer);
	return !!organizer && verifyBytes(organizer.key, approval.authenticator, approvalBytes(kind, root, subject));
}

/** How many organizers it takes. A second `stop` of the same organizer takes two; who counts stops asks for them. */
export function approvalsNeeded(charter: Charter, kind: ApprovalKind): number {
	if (kind === 'charter') return charter.organizers.length;
	return kind === 'stop' ? 1 : charter.threshold;
}

/**
 * Every approval given verifies, no organizer stands twice, and there are enough.
 * @param need as many as the kind asks for, unless told
 * @throws Fault `approval-invalid`, `approval-twice`, `approval-missing`
 */
export async function requireApprovals(
	charter: Charter,
	approvals: Approval[],
	what: { kind: ApprovalKind; root: string; subject: string },
	need: number = approvalsNeeded(charter, what.kind),
): Promise<void> {
	const place = `approvals of the ${what.kind}`;
	const seen = new Set<string>();
	for (const approval of approvals) {
		if (seen.has(approval.organizer)) throw new Fault('approval-twice', place, 'An organizer stands here twice.');
		seen.add(approval.organizer);
		if (!(await verifyApproval(charter.organizers, approval, what.kind, what.root, what.subject))) {
			throw new Fault('approval-invalid', place, 'An approval was not made by an organizer of the charter over this.');
		}
	}
	if (approvals.length < need) {
		throw new Fault('approval-missing', place, `There are ${approvals.length} approvals where ${need} are needed.`);
	}
}

/** What is approved to close early. @param fingerprint of the last charter */
export async function closeSubject(fingerprint: string): Promise<string> {
	return b64u(await hash('undersigned/close/1', fromB64u(fingerprint, 32)));
}

/** What is approved to abandon the letter. @param fingerprint of the last charter */
export async function abandonSubject(fingerprint: string): Promise<string> {
	return b64u(await hash('undersigned/abandon/1', fromB64u(fingerprint, 32)));
}

/**
 * What is approved to suspend an organizer, or to lift it. @param organizer id
 * @param turn counts what is decided about this organizer, from 1: odd ones suspend, even ones lift it
 */
export async function suspendSubject(root: string, organizer: string, turn: number): Promise<string> {
	return b64u(await hash('undersigned/suspend/1', fromB64u(root, 32), utf8(organizer), u32(turn)));
}
