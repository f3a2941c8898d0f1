import { type Kysely, sql } from 'kysely';

/** Writing to everybody on a list: each address sealed under the host secret until it is written to, gone from then on. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	`create table roster_mailings (
		id text primary key, letter text not null, document text not null, salt bytea not null, proposer text not null, state text not null,
		over text, turned_by text, sent integer not null default 0, refused integer not null default 0, unknown integer not null default 0,
		repeated integer not null default 0, minute timestamptz)`,
	`create table roster_mails (
		id text primary key, letter text not null, mailing text not null, box bytea, tries integer not null default 0, after timestamptz,
		taken_at timestamptz)`,
	`create index roster_mails_mailing_idx on roster_mails (mailing)`,
	// Whether a mailbox was sent a code already is asked for each mail.
	`create index vouchers_letter_tag_idx on vouchers (letter, tag)`,
];
