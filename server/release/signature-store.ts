import { sql } from 'kysely';
import type { Db, Transaction } from '../database.ts';

/** What the server holds of a signature when it compares a release with it. */
export interface StandingRow {
	key: string;
	turn: number;
	group: string;
	shown: 'named' | 'anonymous';
	credential: string;
	status: 'live' | 'withdrawn' | 'lapsed' | 'published';
	withdrawalTurn: number | null;
	withdrawal: string | null;
}

const standing = [
	...(['key', 'turn', 'group_id as group', 'shown', 'credential', 'status'] as const),
	...(['withdrawal_turn as withdrawalTurn', 'withdrawal'] as const),
] as const;

/**
 * Until the transaction ends nothing is sorted that an index has in order. A table that a tick has just made has no statistics, and in an embedded database none ever has: without them the
 * planner would rather sort a whole letter for each page of it (60 ms of 20,000, where a page takes 1).
 */
export async function inOrderOfKeys(trx: Transaction): Promise<void> {
	await sql`set local enable_sort = off`.execute(trx);
}

/** In the order of their keys, as the database has it; after `inOrderOfKeys`. @param after the last key of the page before, '' for the first page */
export async function readStandingPage(db: Db, letter: string, after: string, most: number): Promise<StandingRow[]> {
	return await db
		.selectFrom('signatures')
		.select(standing)
		.where('letter', '=', letter)
		.where('key', '>', after)
		.orderBy('key')
		.limit(most)
		.execute();
}

/** Of a letter: live, withdrawn, published and lapsed ones. A release stands for some of them, each on a line of its own. */
export async function countHeld(db: Db, letter: string): Promise<number> {
	const { count } = await db
		.selectFrom('signatures')
		.select((of) => of.fn.countAll<number>().as('count'))
		.where('letter', '=', letter)
		.executeTakeFirstOrThrow();
	return count;
}

/** Those withdrawn, by key. */
export async function readWithdrawn(
	db: Db,
	letter: string,
): Promise<Map<string, { turn: number; authenticator: string }>> {
	const rows = await db
		.selectFrom('signatures')
		.select(['key', 'withdrawal_turn', 'withdrawal'])
		.where('letter', '=', letter)
		.where('status', '=', 'withdrawn')
		.execute();
	return new Map(
		rows.flatMap(({ key, withdrawal_turn: turn, withdrawal: authenticator }) =>
			turn === null || authenticator === null ? [] : [[key, { turn, authenticator }] as const],
		),
	);
}

/**
 * At the release: what is in it is published, what was left out lapses, and no sealed name is left. The public parts of published
 * ones stay; they stand in the file.
 */
export async function markPublished(trx: Transaction, letter: string, keys: readonly string[]): Promise<void> {
	const live = () => trx.updateTable('signatures').where('letter', '=', letter).where('status', '=', 'live');
	await live()
		.set({ status: 'lapsed', statement: null, authenticator: null, attestation: null, sealed: null })
		.where(
			sql<boolean>`not exists (select from unnest(${keys}::text[]) as listed (key) where listed.key = signatures.key)`,
		)
		.execute();
	// Those that are left are what the release has: one pass over all takes half the time of finding each by its key.
	const { numUpdatedRows } = await live().set({ status: 'published', sealed: null }).executeTakeFirstOrThrow();
	if (numUpdatedRows > keys.length) throw new Error('more signatures were about to be published than the release has');
}

/** After the release: not listed any more, and nothing is left of it here but the key. One that was withdrawn stays so. */
export async function markStruck(trx: Transaction, letter: string, key: string): Promise<void> {
	await trx
		.updateTable('signatures')
		.set({ status: 'lapsed', statement: null, authenticator: null, attestation: null })
		.where('letter', '=', letter)
		.where('key', '=', key)
		.where('status', '=', 'published')
		.execute();
}
