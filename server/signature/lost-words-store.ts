import type { LostWordsOnDesk } from '../../shared/api/lost-words.ts';
import type { Db, Transaction } from '../database.ts';

export async function findLostWords(db: Db, letter: string, key: string): Promise<boolean> {
	const row = await db
		.selectFrom('lost_words')
		.select('key')
		.where('letter', '=', letter)
		.where('key', '=', key)
		.executeTakeFirst();
	return row !== undefined;
}

export async function insertLostWords(trx: Transaction, letter: string, asked: LostWordsOnDesk): Promise<void> {
	const { group, ...rest } = asked;
	await trx
		.insertInto('lost_words')
		.values({ letter, group_id: group, ...rest })
		.execute();
}

/** How many are proven, and how many are not. */
export async function countLostWords(db: Db, letter: string): Promise<{ proven: number; unproven: number }> {
	const { all, proven } = await db
		.selectFrom('lost_words')
		.select(({ fn }) => [fn.countAll<number>().as('all'), fn.count<number>('attestation').as('proven')])
		.where('letter', '=', letter)
		.executeTakeFirstOrThrow();
	return { proven, unproven: all - proven };
}

/** In the order of their keys, which are random. */
export async function listLostWords(db: Db, letter: string): Promise<LostWordsOnDesk[]> {
	return await db
		.selectFrom('lost_words')
		.select(['key', 'group_id as group', 'sealed', 'authenticator', 'attestation'])
		.where('letter', '=', letter)
		.orderBy('key')
		.execute();
}
