import type { Db, Transaction } from '../database.ts';

export interface DraftVersion {
	/** From 1; the last one is the draft as it stands. */
	number: number;
	organizer: string;
	begunAt: Date;
}

const columns = ['number', 'organizer', 'begun_at as begunAt'] as const;

/** The last one first. */
export async function listDraftVersions(db: Db, letter: string): Promise<DraftVersion[]> {
	return db
		.selectFrom('draft_versions')
		.select(columns)
		.where('letter', '=', letter)
		.orderBy('number', 'desc')
		.execute();
}

export async function findDraftVersion(
	db: Db,
	letter: string,
	number: number,
): Promise<(DraftVersion & { draft: string }) | undefined> {
	return db
		.selectFrom('draft_versions')
		.select([...columns, 'draft'])
		.where('letter', '=', letter)
		.where('number', '=', number)
		.executeTakeFirst();
}

export async function insertDraftVersion(
	trx: Transaction,
	letter: string,
	{ begunAt, ...version }: DraftVersion & { draft: string },
): Promise<void> {
	await trx
		.insertInto('draft_versions')
		.values({ letter, ...version, begun_at: begunAt })
		.execute();
}

export async function setDraftVersion(trx: Transaction, letter: string, number: number, draft: string): Promise<void> {
	await trx
		.updateTable('draft_versions')
		.set({ draft })
		.where('letter', '=', letter)
		.where('number', '=', number)
		.execute();
}

/** @param number all without one */
export async function removeDraftVersions(trx: Transaction, letter: string, number?: number): Promise<void> {
	const all = trx.deleteFrom('draft_versions').where('letter', '=', letter);
	await (number === undefined ? all : all.where('number', '=', number)).execute();
}
