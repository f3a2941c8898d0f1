/** Every table on one screen. Three families that no query names together: proof, signatures, letters. */
import type { ColumnType, Generated } from 'kysely';
import type { TakeDownRow } from './letter/take-down-row.ts';
import type { PublishedRow } from './published/published-row.ts';
import type { LostWordsRow } from './signature/lost-words-row.ts';

type Bytes = Uint8Array;
type Moment = ColumnType<Date, Date, Date>;
type Restored = 'with-keys' | 'without-keys' | 'after-signing';
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
		/** The database was restored from a dump while it was open, with the letter's keys or without; or when signing was over. */
		restored: ColumnType<Restored | null, Restored | null | undefined, Restored | null>;
		/** Of drafts: since when nobody has changed it; null: it was changed since that was last looked at. */
		draft_quiet_since: ColumnType<Date | null, Date | null | undefined, Date | null>;
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
	/** Who does what on the day of the release: JSON of shared/api/day.ts `DaySheet`. */
	day_sheets: { letter: string; version: number; sheet: string };
	/** Who made and who revoked it: null once forgotten, and of those of before that was kept. */
	links: {
		link: string;
		letter: string;
		note: string;
		revoked: Generated<boolean>;
		created_by: string | null;
		revoked_by: string | null;
	};
	/** `number` from 1; the last one is the draft as it stands. `draft` as in `letters`. Gone when the letter opens. */
	draft_versions: { letter: string; number: number; organizer: string; begun_at: Moment; draft: string };

	// organizers
	organizers: {
		id: string;
		letter: string;
		name: string;
		key: string;
		sealing: string;
		words_checked: Generated<boolean>;
		stop_used: Generated<boolean>;
		/** Fingerprint that they typed from what another organizer read out. */
		compared: string | null;
	};
	/** Of drafts: a random name sealed to an organizer; `answer` = H(what it holds). */
	test_names: {
		letter: string;
		organizer: string;
		sealer: string;
		sealed: string;
		answer: Bytes;
		opened: Generated<boolean>;
	};
	passkeys: {
		id: string;
		organizer: string;
		public_key: Bytes;
		counter: number;
		transports: string;
		wrapped_seed: string | null;
	};
	/** What was decided about an organizer last: `turn` counts it, odd ones suspend. */
	suspensions: { letter: string; organizer: string; turn: number; suspended: boolean };
	sessions: { hash: Bytes; organizer: string; expires_at: Moment };
	challenges: { challenge: string; purpose: string; expires_at: Moment };
	/** `letter` null: an invitation to start a letter. */
	invitations: { hash: Bytes; id: string; letter: string | null; note: string; expires_at: Moment };

	// proof: only employment/ and credential/
	/** A row once a credential is issued; `request` = H(blinded request). Nothing here says for whom, or whether by name. */
	mailboxes: { letter: string; group_id: string; tag: Bytes; proof: 'mailbox' | 'roster'; request: Bytes };
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
		/** As a link's. */
		revoked_by: string | null;
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
	/** Coarse counts of credentials, as of the last tick; gone on leaving `open`. */
	proof_progress: { letter: string; group_id: string; mailbox: number; roster: number; voucher: number };
	/** Tries to prove a second time: how many, and what of it the last tick showed. Gone on leaving `open`. */
	refused_proofs: { letter: string; tries: number; at_least: Generated<number> };
	/** Of drafts: codes that organizers sent to work inboxes. `mailbox`, `code`: keyed hashes under the host secret. */
	test_mails: {
		id: string;
		letter: string;
		organizer: string;
		domain: string;
		mailbox: Bytes;
		code: Bytes;
		tries: Generated<number>;
		reached: Generated<boolean>;
		expires_hour: Moment;
	};
	/** A list that organizers write to. `document` of shared/mailing.ts; `salt` of its list, under the host secret; `over`: the charter under which it began. `minute`: of the last part that went out. */
	roster_mailings: {
		id: string;
		letter: string;
		document: string;
		salt: Bytes;
		proposer: string;
		state: 'proposed' | 'sending' | 'paused' | 'stopped' | 'done';
		over: string | null;
		turned_by: string | null;
		sent: Generated<number>;
		refused: Generated<number>;
		unknown: Generated<number>;
		repeated: Generated<number>;
		minute: Moment | null;
	};
	/** One address each until it is written to. `box`: under the host secret, null from the moment in which the relay is asked; `taken_at` is that minute. `after`: not before. */
	roster_mails: {
		id: string;
		letter: string;
		mailing: string;
		box: Bytes | null;
		tries: Generated<number>;
		after: Moment | null;
		taken_at: Moment | null;
	};
	/** Exact counts, written on leaving `open`, when the tables above are emptied; release/ reads them, too. */
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
	/** Of the whole letter, coarse, as counted in the night of `day` (YYYY-MM-DD, UTC); gone on leaving `open`. */
	progress_days: { letter: string; day: string; signatures: number };
	lost_words: LostWordsRow;

	/** One row: the full hour of the last tick at which counters moved; whether tables are to be rewritten at once. And one: in how many minutes a server ran. */
	ticks: { hour: ColumnType<Date | null, Date | null, Date | null>; asked: boolean };
	heartbeat: { database_id: string; beats: number };

	// opening and release
	contributions: { letter: string; sender: string; recipient: string; keys_hash: string; sealed: string };
	strikes: { letter: string; key: string; reason: string; organizer: string };
	/** Sealed to the organizers; the server cannot read `box`, which stands in slices: '' where there is a `pile`. `keys` is JSON. */
	release_drafts: {
		letter: string;
		attempt: string;
		proposer: string;
		release_hash: string;
		release_at: Moment;
		box: string;
		keys: string;
		pile: string | null;
	};
	/** Of a draft release, or of one that is just brought. `pile` names the upload. */
	draft_slices: { letter: string; pile: string; slice: number; box: string; expires_at: Moment };
	/** Releases that one organizer replaced, dropped or stopped, and proposed amendments that one dropped; `approved`: how many others had approved it. */
	release_changes: {
		letter: string;
		number: number;
		organizer: string;
		what: 'replaced' | 'dropped' | 'stopped' | 'amendment-dropped';
		approved: number;
	};
	/** The approved release, under the host secret until its minute. */
	scheduled_releases: { letter: string; attempt: string; release_hash: string; box: Bytes; pile: string | null };
	/** Of an approved release, or of one that is just brought: sealed under a key that stands in the release's box. `pile` names the upload. */
	scheduled_slices: { letter: string; pile: string; slice: number; box: Bytes; expires_at: Moment };
	/** Of a scheduled or released letter, to an addressee: `box` under the host secret. */
	deliveries: {
		id: string;
		letter: string;
		place: number;
		box: Bytes;
		state: 'waiting' | 'sending' | 'sent' | 'refused' | 'unknown';
		tries: Generated<number>;
		due_at: Moment;
	};
	published: PublishedRow;

	// after the release
	/** `number` is null until M organizers approved; then 1, 2, … `proposer` is forgotten 30 days after the release, once it is agreed. */
	posts: { letter: string; subject: string; document: string; proposer: string | null; number: number | null };
	/** Of released entries, by their number in the release; `agreed` once M organizers approved. */
	late_strikes: {
		letter: string;
		number: number;
		digest: string;
		key: string;
		reason: string;
		/** Forgotten as a post's is. */
		proposer: string | null;
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

	take_downs: TakeDownRow;
	/** What was being written of a release's files, until it is public or off the disk: see server/release/unswept-store.ts. */
	unswept: { letter: string; attempt: string };

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
