import { type Kysely, sql } from 'kysely';

/** What organizers try before they freeze a draft: keys, work inboxes, the fingerprint. All of it goes when the letter opens. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// One for each organizer: a random name, sealed to them; they answer with what it held.
	`create table test_names (
		letter text not null, organizer text primary key, sealer text not null, sealed text not null, answer bytea not null,
		opened boolean not null default false)`,
	// Codes to work inboxes. No address: a keyed hash of it, until the letter opens.
	`create table test_mails (
		id text primary key, letter text not null, organizer text not null, domain text not null, mailbox bytea not null,
		code bytea not null, tries integer not null default 0, reached boolean not null default false,
		expires_hour timestamptz not null)`,
	`create index test_mails_letter on test_mails (letter)`,
	// The fingerprint that this organizer typed from what another read out.
	`alter table organizers add column compared text`,
];
