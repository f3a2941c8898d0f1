import { sql } from 'kysely';
import type { DeliveryState } from '../../shared/api/delivery.ts';
import type { Db, Transaction } from '../database.ts';
import { takenDown } from '../letter/take-down-store.ts';

/** `box` is sealed. `dueAt`: from when on it may be sent; of one that is being sent, until when an answer can come. */
export interface DeliveryRow {
	id: string;
	letter: string;
	state: DeliveryState;
	tries: number;
	dueAt: Date;
	box: Uint8Array;
}

const columns = ['id', 'letter', 'state', 'tries', 'due_at as dueAt', 'box'] as const;

/** Those that were written while the letter was a draft: from the release on they are of no use there. */
export async function forgetDraftDeliveries(trx: Transaction, letter: string): Promise<void> {
	await trx
		.updateTable('letters')
		.set({ draft: sql<string>`(draft::jsonb - 'deliveries')::text` })
		.where('id', '=', letter)
		.where('draft', 'is not', null)
		.execute();
}

/** In their order. */
export async function insertDeliveries(
	trx: Transaction,
	letter: string,
	rows: readonly { id: string; box: Uint8Array }[],
	dueAt: Date,
): Promise<void> {
	if (rows.length === 0) return;
	const waiting = rows.map(({ id, box }, place) => ({
		...{ id, letter, place, box, due_at: dueAt },
		state: 'waiting' as const,
	}));
	await trx.insertInto('deliveries').values(waiting).execute();
}

export async function deleteDeliveries(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('deliveries').where('letter', '=', letter).execute();
}

export async function listDeliveries(db: Db, letter: string): Promise<DeliveryRow[]> {
	return db.selectFrom('deliveries').select(columns).where('letter', '=', letter).orderBy('place').execute();
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryRow | null> {
	return (await db.selectFrom('deliveries').select(columns).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Of released letters that are shown, those that may be sent now. */
export async function deliveriesToSend(db: Db, now: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('deliveries')
		.innerJoin('letters', 'letters.id', 'deliveries.letter')
		.select('deliveries.id')
		.where('letters.state', '=', 'released')
		.where('deliveries.state', '=', 'waiting')
		.where('deliveries.due_at', '<=', now)
		.where('deliveries.letter', 'not in', takenDown(db))
		.execute();
	return rows.map(({ id }) => id);
}

/**
 * One statement, so that of two that try only one sends. @param revision of the letter, as its PDF was read: nothing is marked where it changed since;
 * null where none comes along
 * @returns whether it was this one
 */
export async function markSending(
	db: Db,
	id: string,
	revision: number | null,
	now: Date,
	until: Date,
): Promise<boolean> {
	const marking = db
		.updateTable('deliveries')
		.set((set) => ({ state: 'sending', tries: set('tries', '+', 1), due_at: until }))
		.where('id', '=', id)
		.where('state', '=', 'waiting')
		.where('due_at', '<=', now)
		.where('letter', 'not in', takenDown(db));
	const unchanged = db.selectFrom('letters').select('id');
	const { numUpdatedRows } = await (revision === null
		? marking
		: marking.where('letter', 'in', unchanged.where('revision', '=', revision))
	).executeTakeFirst();
	return numUpdatedRows > 0n;
}

export async function setDelivery(db: Db, id: string, state: DeliveryState, dueAt: Date): Promise<void> {
	await db.updateTable('deliveries').set({ state, due_at: dueAt }).where('id', '=', id).execute();
}

/** Whoever sent these has not come back. */
export async function markUnknown(db: Db, now: Date): Promise<void> {
	const sending = db.updateTable('deliveries').set({ state: 'unknown' }).where('state', '=', 'sending');
	await sending.where('due_at', '<=', now).execute();
}

/** Of letters that were released before. @returns whether there were any */
export async function forgetDeliveriesBefore(trx: Transaction, moment: Date): Promise<boolean> {
	const letters = trx
		.selectFrom('letters')
		.select('id')
		.where('state', '=', 'released')
		.where('release_at', '<', moment);
	const { numDeletedRows } = await trx.deleteFrom('deliveries').where('letter', 'in', letters).executeTakeFirst();
	return numDeletedRows > 0n;
}
