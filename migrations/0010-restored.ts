import { type Kysely, sql } from 'kysely';

/** Letters whose signatures came back from a dump while they were open. */
export async function up(db: Kysely<unknown>): Promise<void> {
	// With the keyring, or without it; null: never.
	await sql`alter table letters add column restored text`.execute(db);
}
