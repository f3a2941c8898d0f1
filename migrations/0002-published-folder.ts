import { type Kysely, sql } from 'kysely';

/**
 * A released letter as a folder of files, each in the codings that it is served in, and what comes after a release: posts, late strikes, links under embargo,
 * the list on the front page. Files of letters released before are kept as they are until the first start renders them again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// Files lie in slices of a mebibyte, so that a large one is never in memory as a whole. The twin of a file, once named by its path, is that file in
	// another coding; the page has a name of its own.
	`alter table published rename to published_whole`,
	`alter table published_whole drop constraint published_pkey`,
	`create table published (
		letter text not null, path text not null, coding text not null, slice integer not null, media_type text not null,
		etag text not null, length integer not null, body bytea not null, primary key (letter, path, coding, slice))`,
	// Packed already, or to be read as it is.
	`alter table published alter column body set storage external`,
	`insert into published
		select letter, case path when '' then 'index.html' when '.br' then 'index.html' when 'release.json.br' then 'release.json' else path end,
			case when path in ('.br', 'release.json.br') then 'br' else 'identity' end, slice, media_type, etag,
			octet_length(body), substring(body from slice * 1048576 + 1 for 1048576)
		from published_whole, generate_series(0, greatest(octet_length(body) - 1, 0) / 1048576) as slice`,
	`drop table published_whole`,

	// Nothing is rendered by this build yet: `rendered` is behind, and the first start catches up.
	`alter table letters
		add column revision integer not null default 0, add column rendered integer not null default -1,
		add column rendered_by text, add column staged integer not null default -1,
		add column listed boolean not null default false`,

	// After the release.
	`create table posts (
		letter text not null, subject text not null, document text not null, proposer text not null, number integer,
		primary key (letter, subject))`,
	`create table late_strikes (
		letter text not null, number integer not null, digest text not null, key text not null, reason text not null, proposer text not null,
		agreed boolean not null default false, primary key (letter, digest, reason))`,
	`create table listings (
		letter text primary key, slug text not null, title text not null, addressees text not null, language text not null,
		signatures integer not null, released_at timestamptz not null)`,

	// Before it: what invited journalists read, sealed under the host secret.
	`create table embargo_links (
		id text primary key, letter text not null, hash bytea not null unique, outlet text not null, created_by text not null,
		expires_at timestamptz not null, revoked boolean not null default false)`,
	`create table staged (
		letter text not null, file bytea not null, slice integer not null, box bytea not null, primary key (letter, file, slice))`,
	// Sealed bytes do not get smaller, and parts of them are read.
	`alter table staged alter column box set storage external`,
	`alter table scheduled_releases alter column box set storage external`,
];
