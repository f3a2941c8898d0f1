import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface Beats {
	/** Random, of one database and its copies. */
	database: string;
	beats: number;
}

export async function findBeats(db: Db): Promise<Beats> {
	return db.selectFrom('heartbeat').select(['database_id as database', 'beats']).executeTakeFirstOrThrow();
}

/** One further, and past `atLeast`. Several nodes may ask at once: no two are told the same. */
export async function countBeat(db: Db, atLeast: number): Promise<Beats> {
	return db
		.updateTable('heartbeat')
		.set({ beats: sql<number>`greatest(beats, ${atLeast}::bigint) + 1` })
		.returning(['database_id as database', 'beats'])
		.executeTakeFirstOrThrow();
}
