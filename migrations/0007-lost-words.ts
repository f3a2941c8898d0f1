import { type Kysely, sql } from 'kysely';

/** Signers who lost their words and ask to be taken off: sealed to the organizers, under a key that is used for nothing else. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create table lost_words (
		letter text not null, key text not null, group_id text, sealed text not null, authenticator text not null,
		attestation text, primary key (letter, key))`.execute(db);
}
