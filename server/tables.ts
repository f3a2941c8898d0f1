/** Every table on one screen. Three families that no query names together: proof, signatures, letters. */
import type { ColumnType, Generated } from 'kysely';

type Bytes = Uint8Array;
type Moment = ColumnType<Date, Date, Date>;
type State = 'draft' | 'open' | 'review' | 'scheduled' | 'released' | 'abandoned';

export interface Database {
	// letters
	letters: {
		id: string;
		state: State;
		root: string | null;
		slug: string | null;
		/** JSON of shared/api/desk.ts `Draft`. */
		draft: string | null;
		draft_version: Generated<number>;
		closes_at: Moment | null;
		last_call_until: Moment | null;
		expires_on: Moment | null;
		release_at: Moment | null;
		/** Counts what has changed in its files since the release; `rendered` is the one that is published, -1 for none. */
		revision: Generated<number>;
		rendered: Generated<number>;
		/** Names the build that rendered its files: another one renders them again. */
		rendered_by: string | null;
		/** The revision of which `staged` holds the files; -1 for none. */
		staged: Generated<number>;
		/** Whether it stands on the front page, once released. */
		listed: Generated<boolean>;
	};
	/** `standing` is false for a frozen charter that is not yet approved, and for a proposed amendment. */
	charters: {
		letter: string;
		number: number;
		fingerprint: string;
		charter: string;
		text_document: string;
		standing: boolean;
	};
	/** Of every kind of docs/protocol.md section 2. */
	approvals: { letter: string; kind: string; subject: string; organizer: string; authenticator: string };
	links: { link: string; letter: string; note: string; revoked: Generated<boolean> };

	// organizers
	organizers: {
		id: string;
		letter: string;
		name: string;
		key: string;
		sealing: string;
		words_checked: Generated<boolean>;
		stop_used: Generated<boolean>;
	};
	passkeys: {
		id: string;
		organizer: string;
		public_key: Bytes;
		counter: number;
		transports: string;
		wrapped_seed: string | null;
	};
	sessions: { hash: Bytes; organizer: string; expires_at: Moment };
	challenges: { challenge: string; purpose: string; expires_at: Moment };
	/** `letter` null: an invitation to start a letter. */
	invitations: { hash: Bytes; id: string; letter: string | null; note: string; expires_at: Moment };

	// proof: only employment/ and credential/
	/** A row once a credential is issued; `request` = H(blinded request). Nothing here says for whom, or whether by name. */
	mailboxes: {
		letter: string;
		group_id: string;
		tag: Bytes;
		proof: 'mailbox' | 'roster';
		request: Bytes;
	};
	/** `tag` only for roster codes. */
	vouchers: {
		letter: string;
		group_id: string;
		hash: Bytes;
		batch: string;
		tag: Bytes | null;
		revoked: Generated<boolean>;
		request: Bytes | null;
	};
	voucher_batches: {
		id: string;
		letter: string;
		group_id: string;
		organizer: string;
		count: number;
		note: string;
		revoked: Generated<boolean>;
		used_at_least: Generated<number>;
	};
	/** `code`, `link`: keyed hashes; `spent` = H(what it was spent on). */
	confirmations: {
		id: string;
		letter: string;
		group_id: string;
		tag: Bytes;
		code: Bytes;
		link: Bytes;
		tries: Generated<number>;
		spent: Bytes | null;
		expires_hour: Moment;
	};
	/** Exact counts, written on leaving `open`, when the tables above are emptied. */
	issued: { letter: string; group_id: string; mailbox: number; roster: number; voucher: number };

	// signatures: only signature/ and release/
	signatures: {
		letter: string;
		key: string;
		turn: number;
		group_id: string;
		shown: 'named' | 'anonymous';
		text_hash: string;
		/** Null once withdrawn, lapsed or erased. */
		statement: string | null;
		authenticator: string | null;
		credential: string;
		attestation: string | null;
		sealed: string | null;
		status: 'live' | 'withdrawn' | 'lapsed' | 'published';
		withdrawal_turn: number | null;
		withdrawal: string | null;
	};
	/** As of the last tick, coarse. `group_id` is empty for the whole letter, whose steps its groups' do not add up to. */
	progress: { letter: string; group_id: string; named: number; anonymous: number; signatures: number };

	/** One row: the full hour of the last tick at which counters moved; whether tables are to be rewritten at once. */
	ticks: { hour: ColumnType<Date | null, Date | null, Date | null>; asked: boolean };

	// opening and release
	contributions: { letter: string; sender: string; recipient: string; keys_hash: string; sealed: string };
	strikes: { letter: string; key: string; reason: string; organizer: string };
	/** Sealed to the organizers; the server cannot read `box`. `keys` is JSON. */
	release_drafts: {
		letter: string;
		attempt: string;
		proposer: string;
		release_hash: string;
		release_at: Moment;
		box: string;
		keys: string;
	};
	/** The approved release, under the host secret until its minute. */
	scheduled_releases: { letter: string; attempt: string; release_hash: string; box: Bytes };
	/** `path` below /letters/SLUG/; `length` of the whole file in this coding, in bytes; `slice` counts mebibytes, from 0. */
	published: {
		letter: string;
		path: string;
		coding: 'identity' | 'br' | 'gzip';
		slice: number;
		media_type: string;
		etag: string;
		length: number;
		body: Bytes;
	};

	// after the release
	/** `number` is null until M organizers approved; then 1, 2, … */
	posts: { letter: string; subject: string; document: string; proposer: string; number: number | null };
	/** Of released entries, by their number in the release; `agreed` once M organizers approved. */
	late_strikes: {
		letter: string;
		number: number;
		digest: string;
		key: string;
		reason: string;
		proposer: string;
		agreed: Generated<boolean>;
	};
	/** Released letters that chose to stand on the front page. */
	listings: {
		letter: string;
		slug: string;
		title: string;
		addressees: string;
		language: string;
		signatures: number;
		released_at: Moment;
	};

	// under embargo
	/** `hash` of the link's secret; `outlet` as the organizers named it. */
	embargo_links: {
		id: string;
		letter: string;
		hash: Bytes;
		outlet: string;
		created_by: string;
		expires_at: Moment;
		revoked: Generated<boolean>;
	};
	/** Files of a scheduled release, each slice under the host secret; `file` is a keyed hash of its path, since names of files tell of names. */
	staged: { letter: string; file: Bytes; slice: number; box: Bytes };
}
