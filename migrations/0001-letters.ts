import { type Kysely, sql } from 'kysely';

/**
 * Every table of the first version. Three families that share no foreign key and no query:
 * proof (mailboxes, vouchers, confirmations), signatures, and everything of letters and organizers.
 * Nothing of a signer's has a time finer than an hour, or a sequence.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// Letters and their documents. Documents are text: the very bytes that were signed.
	`create table letters (
		id text primary key, state text not null, root text, slug text unique,
		draft text, draft_version integer not null default 1,
		closes_at timestamptz, last_call_until timestamptz, expires_on timestamptz, release_at timestamptz)`,
	`create table charters (
		letter text not null, number integer not null, fingerprint text not null, charter text not null,
		text_document text not null, standing boolean not null, primary key (letter, fingerprint))`,
	`create table approvals (
		letter text not null, kind text not null, subject text not null, organizer text not null,
		authenticator text not null, primary key (letter, kind, subject, organizer))`,
	`create table links (link text primary key, letter text not null, note text not null, revoked boolean not null default false)`,

	// Organizers and how they log in.
	`create table organizers (
		id text primary key, letter text not null, name text not null, key text not null unique, sealing text not null,
		words_checked boolean not null default false, stop_used boolean not null default false)`,
	`create table passkeys (
		id text primary key, organizer text not null, public_key bytea not null, counter bigint not null,
		transports text not null, wrapped_seed text)`,
	`create table sessions (hash bytea primary key, organizer text not null, expires_at timestamptz not null)`,
	`create table challenges (challenge text primary key, purpose text not null, expires_at timestamptz not null)`,
	`create table invitations (
		hash bytea primary key, id text not null unique, letter text, note text not null, expires_at timestamptz not null)`,

	// Proof of employment: only employment/ and credential/ read these. No address, no order, no fine time.
	`create table mailboxes (
		letter text not null, group_id text not null, tag bytea not null, proof text not null,
		request bytea not null, primary key (letter, tag))`,
	`create table vouchers (
		letter text not null, group_id text not null, hash bytea not null, batch text not null, tag bytea,
		revoked boolean not null default false, request bytea, primary key (letter, hash))`,
	`create table voucher_batches (
		id text primary key, letter text not null, group_id text not null, organizer text not null, count integer not null, note text not null,
		revoked boolean not null default false, used_at_least integer not null default 0)`,
	`create table confirmations (
		id text primary key, letter text not null, group_id text not null, tag bytea not null, code bytea not null, link bytea not null unique,
		tries integer not null default 0, spent bytea, expires_hour timestamptz not null)`,
	// Asked under the mailbox's lock with every request for a code, known or unknown.
	`create index confirmations_letter_tag_idx on confirmations (letter, tag)`,
	`create table issued (
		letter text not null, group_id text not null, mailbox integer not null, roster integer not null, voucher integer not null,
		primary key (letter, group_id))`,

	// Signatures: only signature/ and release/ read these.
	`create table signatures (
		letter text not null, key text not null, turn integer not null, group_id text not null, shown text not null, text_hash text not null,
		statement text, authenticator text, credential text not null, attestation text, sealed text,
		status text not null, withdrawal_turn integer, withdrawal text, primary key (letter, key))`,
	`create table progress (
		letter text not null, group_id text not null, named integer not null, anonymous integer not null, signatures integer not null,
		primary key (letter, group_id))`,
	`create table ticks (hour timestamptz, asked boolean not null default false)`,
	`insert into ticks (hour) values (null)`,

	// Opening and release.
	`create table contributions (
		letter text not null, sender text not null, recipient text not null, keys_hash text not null, sealed text not null,
		primary key (letter, sender, recipient))`,
	`create table strikes (letter text not null, key text not null, reason text not null, organizer text not null, primary key (letter, key))`,
	`create table release_drafts (
		letter text primary key, attempt text not null, proposer text not null, release_hash text not null, release_at timestamptz not null,
		box text not null, keys text not null)`,
	`create table scheduled_releases (letter text primary key, attempt text not null, release_hash text not null, box bytea not null)`,
	`create table published (
		letter text not null, path text not null, media_type text not null, etag text not null, body bytea not null, primary key (letter, path))`,
	// Kept as it comes, so that a slice of a large file is read without the rest of it.
	`alter table published alter column body set storage external`,
];
