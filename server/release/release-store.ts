import { sql } from 'kysely';
import type { Approval } from '../../shared/approval.ts';
import type { Db, Transaction } from '../database.ts';
import { listApprovals } from '../letter/charter-store.ts';
import { draftSlices } from './slices-store.ts';

/** A draft release but for what is sealed to the organizers. `keys` says for whom which key to it; the server reads neither. */
export interface DraftRow {
	attempt: string;
	proposer: string;
	releaseHash: string;
	releaseAt: Date;
	keys: { organizer: string; sealed: string }[];
	/** Of its slices; null where it was proposed before there were any. */
	pile: string | null;
}

export async function findDraft(db: Db, letter: string): Promise<DraftRow | null> {
	const row = await db
		.selectFrom('release_drafts')
		.select(['attempt', 'proposer', 'release_hash as releaseHash', 'release_at as releaseAt', 'keys', 'pile'])
		.where('letter', '=', letter)
		.executeTakeFirst();
	return row === undefined ? null : { ...row, keys: JSON.parse(row.keys) };
}

/** Of one that was proposed before there were slices. */
export async function findDraftBox(db: Db, letter: string): Promise<string | null> {
	const row = await db.selectFrom('release_drafts').select('box').where('letter', '=', letter).executeTakeFirst();
	return row?.box ?? null;
}

export type DraftHead = Omit<DraftRow, 'keys' | 'pile'>;

/** All but what is sealed. */
export async function findDraftHead(db: Db, letter: string): Promise<DraftHead | null> {
	const row = await db
		.selectFrom('release_drafts')
		.select(['attempt', 'proposer', 'release_hash as releaseHash', 'release_at as releaseAt'])
		.where('letter', '=', letter)
		.executeTakeFirst();
	return row ?? null;
}

export async function replaceDraft(trx: Transaction, letter: string, draft: DraftRow): Promise<void> {
	await deleteDraft(trx, letter);
	await trx
		.insertInto('release_drafts')
		.values({
			...{ letter, attempt: draft.attempt, proposer: draft.proposer, release_hash: draft.releaseHash },
			...{ release_at: draft.releaseAt, box: '', keys: JSON.stringify(draft.keys), pile: draft.pile },
		})
		.execute();
}

export async function deleteDraft(trx: Transaction, letter: string): Promise<void> {
	const row = await trx.deleteFrom('release_drafts').where('letter', '=', letter).returning('pile').executeTakeFirst();
	if (row?.pile) await draftSlices.delete(trx, { letter, pile: row.pile });
}

/** Whether this release was scheduled and stopped before: it never is again. */
export async function wasStopped(db: Db, letter: string, releaseHash: string): Promise<boolean> {
	return (await listApprovals(db, { letter, kind: 'stop', subject: releaseHash })).length > 0;
}

/** Whether this very stop acted or waited before: what a repeated request asks. */
export async function wasStoppedBy(db: Db, letter: string, stop: Approval): Promise<boolean> {
	const row = await db
		.selectFrom('approvals')
		.select('subject')
		.where('letter', '=', letter)
		.where('kind', '=', 'stop')
		.where('organizer', '=', stop.organizer)
		.where('authenticator', '=', stop.authenticator)
		.executeTakeFirst();
	return row !== undefined;
}

/** Marks the organizer's one stop as used. @returns whether it still was unused */
export async function spendStop(trx: Transaction, organizer: string): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('organizers')
		.set({ stop_used: true })
		.where('id', '=', organizer)
		.where('stop_used', '=', false)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

export async function isSlugTaken(db: Db, letter: string, slug: string): Promise<boolean> {
	const row = await db
		.selectFrom('letters')
		.select('id')
		.where('slug', '=', slug)
		.where('id', '!=', letter)
		.executeTakeFirst();
	return row !== undefined;
}

/** When and where the letter is released; both null after a stop. */
export async function setSchedule(
	trx: Transaction,
	letter: string,
	schedule: { slug: string; releaseAt: Date } | null,
): Promise<void> {
	await trx
		.updateTable('letters')
		.set({ slug: schedule?.slug ?? null, release_at: schedule?.releaseAt ?? null })
		.where('id', '=', letter)
		.execute();
}

/** `box`, under the host secret, is the key to the slices of `pile`: the approved release file without approvals. Where `pile` is null it is that file itself. */
export interface ScheduledRow {
	attempt: string;
	releaseHash: string;
	box: Uint8Array;
	pile: string | null;
}

export async function saveScheduled(trx: Transaction, letter: string, scheduled: ScheduledRow): Promise<void> {
	const { releaseHash: release_hash, ...rest } = scheduled;
	await trx
		.insertInto('scheduled_releases')
		.values({ letter, release_hash, ...rest })
		.execute();
}

/** Bytes of a box that one query reads: as text, in which they come, a large one would be longer than a string can be. */
const PIECE = 4 * 2 ** 20;

/** The caller's transaction, or the seal itself, sees to it that all pieces are of one box. */
export async function findScheduled(db: Db, letter: string): Promise<ScheduledRow | null> {
	const scheduled = () => db.selectFrom('scheduled_releases').where('letter', '=', letter);
	const row = await scheduled()
		.select(['attempt', 'release_hash as releaseHash', 'pile', sql<number>`octet_length(box)`.as('length')])
		.executeTakeFirst();
	if (row === undefined) return null;
	const { length, ...head } = row;
	const box = new Uint8Array(length);
	for (let from = 0; from < length; from += PIECE) {
		const piece = sql<Uint8Array>`substring(box from cast(${from + 1} as integer) for cast(${PIECE} as integer))`;
		const read = await scheduled().select(piece.as('piece')).executeTakeFirst();
		// Stopped meanwhile.
		if (read === undefined) return null;
		box.set(read.piece.subarray(0, length - from), from);
	}
	return { ...head, box };
}

export async function findScheduledHash(db: Db, letter: string): Promise<string | null> {
	const row = await db
		.selectFrom('scheduled_releases')
		.select('release_hash')
		.where('letter', '=', letter)
		.executeTakeFirst();
	return row?.release_hash ?? null;
}

export async function deleteScheduled(trx: Transaction, letter: string): Promise<void> {
	for (const table of ['scheduled_releases', 'scheduled_slices'] as const) {
		await trx.deleteFrom(table).where('letter', '=', letter).execute();
	}
}

export async function lettersToPublish(db: Db, now: Date): Promise<string[]> {
	const due = await db
		.selectFrom('letters')
		.select('id')
		.where('state', '=', 'scheduled')
		.where('release_at', '<=', now)
		.execute();
	return due.map(({ id }) => id);
}
