import { type Kysely, sql } from 'kysely';

/** Progress over days and by way of proof, in coarse steps; and how often somebody tried to prove a second time. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// Coarse, one a night: the day says when it was counted.
	`create table progress_days (letter text not null, day text not null, signatures integer not null, primary key (letter, day))`,
	// Coarse, as of the last tick.
	`create table proof_progress (
		letter text not null, group_id text not null, mailbox integer not null, roster integer not null, voucher integer not null,
		primary key (letter, group_id))`,
	// A number, and what of it the last tick showed. Nothing of who tried, or when.
	`create table refused_proofs (letter text primary key, tries integer not null, at_least integer not null default 0)`,
];
