import type { Db, Transaction } from '../database.ts';

export interface VoucherRow {
	letter: string;
	group: string;
	hash: Uint8Array;
	/** Only roster codes are bound to a mailbox. */
	tag: Uint8Array | null;
	revoked: boolean;
	/** H(blinded request), once used. */
	request: Uint8Array | null;
}

export interface VoucherBatch {
	batch: string;
	group: string;
	count: number;
	note: string;
	organizer: string;
	revoked: boolean;
	/** Null of batches that were revoked before it was kept who did it. */
	revokedBy: string | null;
	/** Coarse, as of the last tick. */
	usedAtLeast: number;
}

/** @param hash of voucherHash, decoded */
export async function findVoucher(db: Db, letter: string, hash: Uint8Array): Promise<VoucherRow | null> {
	const row = await db
		.selectFrom('vouchers')
		.select(['letter', 'group_id as group', 'hash', 'tag', 'revoked', 'request'])
		.where('letter', '=', letter)
		.where('hash', '=', hash)
		.executeTakeFirst();
	return row ?? null;
}

export async function setVoucherUsed(
	trx: Transaction,
	letter: string,
	hash: Uint8Array,
	request: Uint8Array,
): Promise<void> {
	await trx.updateTable('vouchers').set({ request }).where('letter', '=', letter).where('hash', '=', hash).execute();
}

export interface NewBatch {
	id: string;
	letter: string;
	group: string;
	organizer: string;
	note: string;
}

export async function insertBatch(trx: Transaction, batch: NewBatch, hashes: readonly Uint8Array[]): Promise<void> {
	const { id, letter, group, organizer, note } = batch;
	await trx
		.insertInto('voucher_batches')
		.values({ id, letter, group_id: group, organizer, note, count: hashes.length })
		.execute();
	await trx
		.insertInto('vouchers')
		.values(hashes.map((hash) => ({ letter, group_id: group, hash, batch: id, tag: null, request: null })))
		.execute();
}

/** All vouchers that were ever made for a group, revoked ones too. */
export async function countMade(trx: Transaction, letter: string, group: string): Promise<number> {
	const { made } = await trx
		.selectFrom('voucher_batches')
		.select((select) => select.fn.coalesce(select.fn.sum<number>('count'), select.lit(0)).as('made'))
		.where('letter', '=', letter)
		.where('group_id', '=', group)
		.executeTakeFirstOrThrow();
	return Number(made);
}

/**
 * Used ones as well: from then on whoever made them is told the same about each. Who revoked it first stays. @returns whether the letter has such a batch
 */
export async function revokeBatch(trx: Transaction, letter: string, batch: string, by: string): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('voucher_batches')
		.set(({ eb, ref, val }) => ({
			revoked: true,
			revoked_by: eb.case().when('revoked', '=', false).then(val(by)).else(ref('revoked_by')).end(),
		}))
		.where('letter', '=', letter)
		.where('id', '=', batch)
		.executeTakeFirst();
	await trx
		.updateTable('vouchers')
		.set({ revoked: true })
		.where('letter', '=', letter)
		.where('batch', '=', batch)
		.execute();
	return numUpdatedRows > 0n;
}

/** For the desk of every organizer. Batches carry no time; they are in the order of their ids. */
export async function readVoucherBatches(db: Db, letter: string): Promise<VoucherBatch[]> {
	return await db
		.selectFrom('voucher_batches')
		.select(['id as batch', 'group_id as group', 'count', 'note', 'organizer', 'revoked', 'revoked_by as revokedBy'])
		.select('used_at_least as usedAtLeast')
		.where('letter', '=', letter)
		.orderBy('id')
		.execute();
}

/** Of these letters' batches: how many were used. */
export async function countUsed(
	trx: Transaction,
	letters: readonly string[],
): Promise<{ batch: string; used: number; usedAtLeast: number }[]> {
	if (letters.length === 0) return [];
	return await trx
		.selectFrom('voucher_batches')
		.innerJoin('vouchers', 'vouchers.batch', 'voucher_batches.id')
		.where('vouchers.request', 'is not', null)
		.where('voucher_batches.letter', 'in', letters)
		.select(['voucher_batches.id as batch', 'voucher_batches.used_at_least as usedAtLeast'])
		.select((select) => select.fn.countAll<number>().as('used'))
		.groupBy(['voucher_batches.id', 'voucher_batches.used_at_least'])
		.execute();
}

export async function setUsedAtLeast(trx: Transaction, batch: string, usedAtLeast: number): Promise<void> {
	await trx.updateTable('voucher_batches').set({ used_at_least: usedAtLeast }).where('id', '=', batch).execute();
}

export async function countVouchers(trx: Transaction, letter: string) {
	return await trx
		.selectFrom('vouchers')
		.select('group_id as group')
		.select((select) => select.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.where('request', 'is not', null)
		.where('tag', 'is', null)
		.groupBy('group_id')
		.execute();
}

export async function deleteVouchers(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('vouchers').where('letter', '=', letter).execute();
}

/** Letters of which it is known who made vouchers. */
export async function lettersWithBatches(db: Db): Promise<string[]> {
	const rows = await db.selectFrom('voucher_batches').select('letter').distinct().execute();
	return rows.map(({ letter }) => letter);
}

export async function deleteBatches(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('voucher_batches').where('letter', '=', letter).execute();
}
