import { type Kysely, sql } from 'kysely';

/**
 * A draft release lies in slices, as they come in: the server holds neither a large one nor its answer as a whole. `pile` names its upload. One that was proposed before stands in
 * its box as it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create table draft_slices (
		letter text not null, pile text not null, slice integer not null, box text not null, expires_at timestamptz not null,
		primary key (letter, pile, slice))`.execute(db);
	// Sealed bytes do not get smaller.
	await sql`alter table draft_slices alter column box set storage external`.execute(db);
	await sql`alter table release_drafts add column pile text`.execute(db);
}
