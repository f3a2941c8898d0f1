import { type Kysely, sql } from 'kysely';

/** Organizers who are suspended, the sheet for the day of the release, when a draft was last worked on, and what is forgotten. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// A row once M organizers have decided something about an organizer; `turn` counts what was decided.
	`create table suspensions (
		letter text not null, organizer text not null, turn integer not null, suspended boolean not null,
		primary key (letter, organizer))`,
	`create table day_sheets (letter text primary key, version integer not null, sheet text not null)`,
	// Null: changed since it was last looked at.
	`alter table letters add column draft_quiet_since timestamptz`,
	// Who proposed what was agreed is forgotten.
	`alter table posts alter column proposer drop not null`,
	`alter table late_strikes alter column proposer drop not null`,
];
