import { type Kysely, sql } from 'kysely';

/**
 * Pages of sealed names come in the order of keys' bytes, whatever the language of the database: with that order in the primary key itself, a page of a letter of 100,000 is found
 * at its place instead of by sorting all of them for each. No library of the operating system has a say in it, so no update of one can make a page leave somebody out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table signatures alter column key type text collate "C"`.execute(db);
}
