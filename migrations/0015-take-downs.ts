import { type Kysely, sql } from 'kysely';

/** Released letters that whoever runs the host took off it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	// A letter stays released, whatever a host shows of it: copies do. At most one row of a letter stands, that is, was not put back; the others are kept for its organizers.
	await sql`create table take_downs (
		letter text not null, number integer not null, slug text not null,
		day text not null, ordered boolean not null, authority text, erased boolean not null, put_back_on text,
		primary key (letter, number))`.execute(db);
	await sql`create unique index take_downs_standing on take_downs (slug) where put_back_on is null`.execute(db);
}
