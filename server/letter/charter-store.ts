import { sql } from 'kysely';
import type { Approval, ApprovalKind } from '../../shared/approval.ts';
import type { Db, Transaction } from '../database.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';

export interface CharterRow {
	/** From 1, in the order of the chain. */
	number: number;
	fingerprint: string;
	charter: string;
	textDocument: string;
	/** False for a frozen charter that is not yet approved by all, and for a proposed amendment. */
	standing: boolean;
}

/** In the order of the chain; at most one, the last, is not standing. */
export async function listCharters(db: Db, letter: string): Promise<CharterRow[]> {
	return db
		.selectFrom('charters')
		.select(['number', 'fingerprint', 'charter', 'text_document as textDocument', 'standing'])
		.where('letter', '=', letter)
		.orderBy('number')
		.execute();
}

/** Of all charters and their texts, a text that several have counted as often: at least what a release takes for them. */
export async function chainBytes(db: Db, letter: string): Promise<number> {
	const { bytes } = await db
		.selectFrom('charters')
		.select(sql<number>`coalesce(sum(octet_length(charter) + octet_length(text_document)), 0)`.as('bytes'))
		.where('letter', '=', letter)
		.executeTakeFirstOrThrow();
	return bytes;
}

export async function insertCharter(trx: Transaction, letter: string, row: Omit<CharterRow, 'standing'>) {
	const { number, fingerprint, charter, textDocument } = row;
	const values = { letter, number, fingerprint, charter, text_document: textDocument, standing: false };
	await trx.insertInto('charters').values(values).execute();
}

export async function makeStanding(trx: Transaction, letter: string, fingerprint: string): Promise<void> {
	await trx
		.updateTable('charters')
		.set({ standing: true })
		.where('letter', '=', letter)
		.where('fingerprint', '=', fingerprint)
		.execute();
}

/** Removes what is frozen or proposed, with its approvals. @returns whether there was any */
export async function removeUnapproved(trx: Transaction, letter: string): Promise<boolean> {
	const removed = await trx
		.deleteFrom('charters')
		.where('letter', '=', letter)
		.where('standing', '=', false)
		.returning('fingerprint')
		.execute();
	const subjects = removed.map(({ fingerprint }) => fingerprint);
	if (subjects.length === 0) return false;
	await trx
		.deleteFrom('approvals')
		.where('letter', '=', letter)
		.where('kind', 'in', ['charter', 'amendment'])
		.where('subject', 'in', subjects)
		.execute();
	return true;
}

/** What an approval is of. */
export interface ApprovalOf {
	letter: string;
	kind: ApprovalKind;
	/** b64u of 32 bytes. */
	subject: string;
}

/**
 * The first one of an organizer stays: it cannot be made again differently. Every approval passes here, so that none counts that was under way
 * while its organizer was suspended. @throws Problem `not-signed-in`
 */
export async function insertApproval(trx: Transaction, of: ApprovalOf, approval: Approval): Promise<void> {
	await requireNotSuspended(trx, approval.organizer);
	await trx
		.insertInto('approvals')
		.values({ ...of, ...approval })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** In the order of the organizers' ids, which says nothing about when. */
export async function listApprovals(db: Db, of: ApprovalOf): Promise<Approval[]> {
	return db
		.selectFrom('approvals')
		.select(['organizer', 'authenticator'])
		.where('letter', '=', of.letter)
		.where('kind', '=', of.kind)
		.where('subject', '=', of.subject)
		.orderBy('organizer')
		.execute();
}

/** Every approval of one kind, by what it is of; each list in the order of the organizers' ids, the same on every database. */
export async function approvalsBySubject(db: Db, letter: string, kind: ApprovalKind): Promise<Map<string, Approval[]>> {
	const rows = await db
		.selectFrom('approvals')
		.select(['subject', 'organizer', 'authenticator'])
		.where('letter', '=', letter)
		.where('kind', '=', kind)
		.execute();
	const found = new Map<string, Approval[]>();
	for (const { subject, ...approval } of rows.sort((a, b) => (a.organizer < b.organizer ? -1 : 1))) {
		found.set(subject, [...(found.get(subject) ?? []), approval]);
	}
	return found;
}

export async function removeApproval(trx: Transaction, of: ApprovalOf, organizer: string): Promise<void> {
	await trx
		.deleteFrom('approvals')
		.where('letter', '=', of.letter)
		.where('kind', '=', of.kind)
		.where('subject', '=', of.subject)
		.where('organizer', '=', organizer)
		.execute();
}

/** Every approval of one kind, whatever its subject. */
export async function removeApprovals(trx: Transaction, letter: string, kinds: ApprovalKind[]): Promise<void> {
	await trx.deleteFrom('approvals').where('letter', '=', letter).where('kind', 'in', kinds).execute();
}

/** Every approval of these kinds that one organizer made, whatever its subject. */
export async function removeApprovalsOf(
	trx: Transaction,
	letter: string,
	organizer: string,
	kinds: readonly ApprovalKind[],
): Promise<void> {
	if (kinds.length === 0) return;
	await trx
		.deleteFrom('approvals')
		.where('letter', '=', letter)
		.where('organizer', '=', organizer)
		.where('kind', 'in', kinds)
		.execute();
}
