import { type Kysely, sql } from 'kysely';

/** What a draft was: kept while it is one, so that nothing that somebody wrote is lost to somebody else. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`create table draft_versions (
				letter text not null, number integer not null, organizer text not null, begun_at timestamptz not null, draft text not null,
				primary key (letter, number))`,
		)
		.execute(db);
}
