import { type Kysely, sql } from 'kysely';

/** Attempts to write the files of a release that came to nothing: their rows were undone, and still lie on the disk. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create table unswept (letter text not null, attempt text not null, primary key (letter, attempt))`.execute(
		db,
	);
}
