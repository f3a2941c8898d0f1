import { type Kysely, sql } from 'kysely';

/**
 * To whom a letter is sent at its release: addresses under the host secret, and what has become of each. And who of the organizers took back what
 * others had approved.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	`create table deliveries (
		id text primary key, letter text not null, place integer not null, box bytea not null, state text not null,
		tries integer not null default 0, due_at timestamptz not null)`,
	`create table release_changes (
		letter text not null, number integer not null, organizer text not null, what text not null, approved integer not null,
		primary key (letter, number))`,
];
