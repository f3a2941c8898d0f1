import { type Kysely, sql } from 'kysely';

/** How far this database has counted, one each minute: the keyring keeps it as well, and so a database that came back from a copy is known for one. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create table heartbeat (database_id text not null, beats bigint not null)`.execute(db);
	await sql`insert into heartbeat (database_id, beats) values (gen_random_uuid()::text, 0)`.execute(db);
}
