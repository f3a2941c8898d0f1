import { sql } from 'kysely';
import type { Db, Transaction } from '../database.ts';
import { spentOld } from '../platform/spent-buffers.ts';
import { inOrderOfKeys } from './signature-store.ts';

/** Strikes in the order of their characters' codes, whatever the language of the database; keys of signatures have no other. */
const byKey = sql<string>`key collate "C"`;

export interface SealedRow {
	key: string;
	statement: string;
	authenticator: string;
	credential: string;
	attestation: string | null;
	sealed: string;
}

/** Live signatures, in the order of their keys, which is that of the primary key: nothing is sorted (proven by test/server/release/opening.test.ts). @param after the last key of the page before, '' for the first page */
export function readSealedPage(db: Db, letter: string, after: string, most: number): Promise<SealedRow[]> {
	return db.transaction().execute(async (trx) => {
		await inOrderOfKeys(trx);
		return await sealedPageQuery(trx, letter, after, most).execute();
	});
}

export const sealedPageQuery = (db: Db, letter: string, after: string, most: number) =>
	db
		.selectFrom('signatures')
		.select(['key', 'statement', 'authenticator', 'credential', 'attestation', 'sealed'])
		.where('letter', '=', letter)
		.where('status', '=', 'live')
		.where('key', '>', after)
		.where('statement', 'is not', null)
		.where('authenticator', 'is not', null)
		.where('sealed', 'is not', null)
		.orderBy('key')
		.limit(most)
		.$narrowType<{ statement: string; authenticator: string; sealed: string }>();

export async function isLive(db: Db, letter: string, key: string): Promise<boolean> {
	const row = await db
		.selectFrom('signatures')
		.select('key')
		.where('letter', '=', letter)
		.where('key', '=', key)
		.where('status', '=', 'live')
		.executeTakeFirst();
	return row !== undefined;
}

export async function countSignatures(db: Db, letter: string): Promise<{ live: number; withdrawn: number }> {
	const rows = await db
		.selectFrom('signatures')
		.select((e) => ['status', e.fn.countAll<number>().as('count')])
		.where('letter', '=', letter)
		.where('status', 'in', ['live', 'withdrawn'])
		.groupBy('status')
		.execute();
	const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
	return { live: of('live'), withdrawn: of('withdrawn') };
}

export interface WithdrawalRow {
	key: string;
	turn: number;
	authenticator: string;
}

export async function readWithdrawals(db: Db, letter: string): Promise<WithdrawalRow[]> {
	return await db
		.selectFrom('signatures')
		.select(['key', 'withdrawal_turn as turn', 'withdrawal as authenticator'])
		.where('letter', '=', letter)
		.where('status', '=', 'withdrawn')
		.where('withdrawal', 'is not', null)
		.where('withdrawal_turn', 'is not', null)
		.orderBy('key')
		.$narrowType<{ turn: number; authenticator: string }>()
		.execute();
}

export interface SealedList {
	recipient: string;
	sealed: Uint8Array;
}

/** In place of what the same organizer contributed before. */
export async function replaceContribution(
	trx: Transaction,
	from: { letter: string; sender: string },
	keysHash: string,
	lists: readonly SealedList[],
): Promise<void> {
	await trx.deleteFrom('contributions').where('letter', '=', from.letter).where('sender', '=', from.sender).execute();
	for (const { recipient, sealed } of lists) {
		const text = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length).toString('base64url');
		await trx
			.insertInto('contributions')
			.values({ ...from, recipient, sealed: text, keys_hash: keysHash })
			.execute();
		spentOld(text);
	}
}

/** Names what one organizer has sealed to another: `start` is different in every sealing, since it begins with a key that was made for it. */
export interface ContributionHead {
	letter: string;
	from: string;
	recipient: string;
	keysHash: string;
	start: string;
}

/** Characters: of `start`, and of a piece. */
const [START, PIECE] = [64, 2 ** 20];

const startOf = sql<string>`substring(sealed from 1 for cast(${START} as integer))`;

export async function findContribution(
	db: Db,
	letter: string,
	between: { from: string; recipient: string },
): Promise<ContributionHead | null> {
	const row = await db
		.selectFrom('contributions')
		.select(['keys_hash as keysHash', startOf.as('start')])
		.where('letter', '=', letter)
		.where('sender', '=', between.from)
		.where('recipient', '=', between.recipient)
		.executeTakeFirst();
	return row === undefined ? null : { letter, ...between, ...row };
}

/** In pieces. Ends with an error where another took its place meanwhile: it is asked for again. */
export async function* readContribution(db: Db, head: ContributionHead): AsyncGenerator<string> {
	for (let from = 1; ; from += PIECE) {
		const piece = sql<string>`substring(sealed from cast(${from} as integer) for cast(${PIECE} as integer))`;
		const row = await db
			.selectFrom('contributions')
			.select(piece.as('piece'))
			.where('letter', '=', head.letter)
			.where('sender', '=', head.from)
			.where('recipient', '=', head.recipient)
			.where(startOf, '=', head.start)
			.executeTakeFirst();
		if (row === undefined) throw new Error('another contribution has taken the place of the one that was being read');
		yield row.piece;
		if (row.piece.length < PIECE) return;
		spentOld(row.piece);
	}
}

export async function readContributors(db: Db, letter: string): Promise<string[]> {
	const rows = await db
		.selectFrom('contributions')
		.select('sender')
		.distinct()
		.where('letter', '=', letter)
		.orderBy('sender')
		.execute();
	return rows.map((row) => row.sender);
}

export interface StrikeRow {
	key: string;
	reason: string;
	organizer: string;
}

export async function saveStrike(trx: Transaction, letter: string, strike: StrikeRow): Promise<void> {
	await trx
		.insertInto('strikes')
		.values({ letter, ...strike })
		.onConflict((conflict) =>
			conflict.columns(['letter', 'key']).doUpdateSet({ reason: strike.reason, organizer: strike.organizer }),
		)
		.execute();
}

export async function deleteStrike(trx: Transaction, letter: string, key: string): Promise<void> {
	await trx.deleteFrom('strikes').where('letter', '=', letter).where('key', '=', key).execute();
}

export async function readStrikes(db: Db, letter: string): Promise<StrikeRow[]> {
	return await db
		.selectFrom('strikes')
		.select(['key', 'reason', 'organizer'])
		.where('letter', '=', letter)
		.orderBy(byKey)
		.execute();
}
