import { type Kysely, sql } from 'kysely';

/**
 * An approved release waits for its minute in slices, which are written while it comes in: a large one is never in memory as a whole. One that was scheduled before
 * stands in its box as it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create table scheduled_slices (
		letter text not null, pile text not null, slice integer not null, box bytea not null, expires_at timestamptz not null,
		primary key (letter, pile, slice))`.execute(db);
	// Sealed bytes do not get smaller.
	await sql`alter table scheduled_slices alter column box set storage external`.execute(db);
	await sql`alter table scheduled_releases add column pile text`.execute(db);
}
