import type { Approval } from '../../shared/approval.ts';
import { type Strike, type StrikeReason, strikeSubject } from '../../shared/entry.ts';
import type { Db, Transaction } from '../database.ts';
import { approvalsBySubject } from '../letter/charter-store.ts';

export interface LateStrikeRow {
	/** Of the entry in the release, from 1: it stays whatever becomes of the others. */
	number: number;
	/** Of the entry, b64u. */
	digest: string;
	/** The signer's, b64u. */
	key: string;
	reason: StrikeReason;
	/** Null once that is forgotten. */
	proposer: string | null;
	/** Whether M organizers approved: the entry is a stub then. */
	agreed: boolean;
}

export interface LateStrike extends LateStrikeRow {
	approvals: Approval[];
}

/** In the order of their numbers. */
export async function listLateStrikes(db: Db, letter: string): Promise<LateStrikeRow[]> {
	const rows = await db
		.selectFrom('late_strikes')
		.select(['number', 'digest', 'key', 'reason', 'proposer', 'agreed'])
		.where('letter', '=', letter)
		.orderBy('number')
		.execute();
	return rows
		.map((row) => ({ ...row, reason: row.reason as StrikeReason }))
		.sort((a, b) => a.number - b.number || (a.reason < b.reason ? -1 : 1));
}

export async function listStrikesWithApprovals(db: Db, letter: string): Promise<LateStrike[]> {
	const rows = await listLateStrikes(db, letter);
	if (rows.length === 0) return [];
	const approvals = await approvalsBySubject(db, letter, 'strike');
	return await Promise.all(
		rows.map(async (row) => ({
			...row,
			approvals: approvals.get(await strikeSubject(row.digest, row.reason)) ?? [],
		})),
	);
}

/** What turns entries of the release into stubs, where they are entries still: by digest, at most one for each. */
export async function readAgreedStrikes(
	db: Db,
	letter: string,
): Promise<({ number: number; digest: string } & Strike)[]> {
	const all = await listStrikesWithApprovals(db, letter);
	return all.flatMap(({ agreed, number, digest, reason, approvals }) =>
		agreed ? [{ number, digest, reason, approvals }] : [],
	);
}

export async function insertLateStrike(
	trx: Transaction,
	letter: string,
	strike: Omit<LateStrikeRow, 'agreed'>,
): Promise<void> {
	await trx
		.insertInto('late_strikes')
		.values({ letter, ...strike })
		.execute();
}

export async function agreeLateStrike(
	trx: Transaction,
	letter: string,
	{ digest, reason }: Pick<LateStrikeRow, 'digest' | 'reason'>,
): Promise<void> {
	await trx
		.updateTable('late_strikes')
		.set({ agreed: true })
		.where('letter', '=', letter)
		.where('digest', '=', digest)
		.where('reason', '=', reason)
		.execute();
}

/** Only one that waits. */
export async function deleteLateStrike(
	trx: Transaction,
	letter: string,
	{ digest, reason }: Pick<LateStrikeRow, 'digest' | 'reason'>,
): Promise<void> {
	await trx
		.deleteFrom('late_strikes')
		.where('letter', '=', letter)
		.where('digest', '=', digest)
		.where('reason', '=', reason)
		.where('agreed', '=', false)
		.execute();
}
