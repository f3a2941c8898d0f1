/**
 * What fewer than M organizers can do with each route of the desk. test/journey/less-than-threshold.test.ts fails until a new route, a new kind
 * of approval and a new table are placed here, and then tries each of them with the keys of M − 1.
 */

import type { DeskView } from '../../shared/api/desk.ts';
import { type ApprovalKind, abandonSubject, closeSubject, suspendSubject } from '../../shared/approval.ts';
import { b64u, newId } from '../../shared/bytes.ts';
import { fingerprint, textHash, writeCharter, writeTextDocument } from '../../shared/charter.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import { strikeSubject } from '../../shared/entry.ts';
import { mailingSubject, readMailing, writeMailing } from '../../shared/mailing.ts';
import { postSubject, writePost } from '../../shared/post.ts';
import { countByDomain, rosterHash } from '../../shared/roster.ts';

/** What the moles know when they try. */
export interface Aim {
	view: DeskView;
	standing: Standing;
	/** The release that was proposed, as the M-th approval would bring it. */
	release?: { attempt: string; releaseHash: string; file: string };
	/** A published signature. */
	entry?: { number: number; digest: string };
}

/** A body without its authenticator, and what the authenticator is to be over. */
export interface Act {
	subject: string;
	body: Record<string, unknown>;
}

export type Power =
	/** Answers without changing anything. */
	| { kind: 'reads' }
	/** Comes before a session, or is about one's own session, passkey and seed. */
	| { kind: 'own' }
	/** One organizer may, by design; `bodies` are tried beside made-up ones. What it reaches is bounded by `mayChange`. */
	| { kind: 'alone'; bodies?: (aim: Aim) => Record<string, unknown>[] }
	/** Acts with the M-th approval of this kind; a stop with the first, which is not tried where it would act. */
	| { kind: 'takes'; takes: ApprovalKind; acts: (aim: Aim) => Promise<Act[]> };

const reads: Power = { kind: 'reads' };
const own: Power = { kind: 'own' };
const alone: Power = { kind: 'alone' };

const fingerprints = async ({ standing, view }: Aim): Promise<Act[]> => {
	const proposed = view.amendment === null ? [] : [await fingerprint(view.amendment.charter)];
	const all = new Set([standing.root, standing.fingerprint, ...proposed]);
	return [...all].map((subject) => ({ subject, body: { fingerprint: subject } }));
};

const decisions =
	(kind: 'close' | 'abandon') =>
	async ({ standing }: Aim): Promise<Act[]> => {
		const subject = await (kind === 'close' ? closeSubject : abandonSubject)(standing.fingerprint);
		return [{ subject, body: { kind, subject } }];
	};

async function anotherText({ standing }: Aim): Promise<Act[]> {
	const text = writeTextDocument({ ...standing.text, text: 'We take it all back.' });
	const charter = { ...standing.charter, previous: standing.fingerprint, text: await textHash(text) };
	const document = writeCharter(charter);
	return [{ subject: await fingerprint(document), body: { charter: document, text } }];
}

async function releases({ release }: Aim): Promise<Act[]> {
	if (release === undefined) return [];
	const { attempt, releaseHash, file } = release;
	return [file, null].map((brought) => ({
		subject: releaseHash,
		body: { attempt, releaseHash, release: brought },
	}));
}

/** Never the moles themselves: whoever wants to leave may. */
async function suspensions({ view, standing }: Aim): Promise<Act[]> {
	const honest = view.organizers.find(({ name }) => !name.startsWith('Mole'));
	if (honest === undefined) return [];
	const subject = await suspendSubject(standing.root, honest.id, 1);
	return [{ subject, body: { organizer: honest.id, turn: 1 } }];
}

async function forgedUpdate({ view }: Aim): Promise<Act[]> {
	const written = `${view.letter.now.slice(0, 13)}:00:00Z`;
	const document = writePost({ kind: 'update', written, title: 'All is well', text: 'We were wrong.' });
	return [{ subject: await postSubject(document), body: { document } }];
}

async function lateStrikes({ entry }: Aim): Promise<Act[]> {
	if (entry === undefined) return [];
	const body = { ...entry, reason: 'twice' as const };
	return [{ subject: await strikeSubject(entry.digest, body.reason), body }];
}

/** To everybody of the letter's first domain who is called so. */
async function mailings({ view, standing }: Aim): Promise<Act[]> {
	const [domain = ''] = standing.charter.groups.find(({ proof }) => proof === 'mailbox')?.domains ?? [];
	const addresses = Array.from({ length: 10 }, (_, i) => `colleague.${i}@${domain}`);
	const salt = b64u(new Uint8Array(32));
	const list = await rosterHash(salt, addresses);
	const mailing = view.roster.mailings[0] ? readMailing(view.roster.mailings[0].document).mailing : newId();
	const document = writeMailing({ mailing, note: 'from me', domains: countByDomain(addresses), list });
	return [{ subject: await mailingSubject(standing.fingerprint, document), body: { document, salt, addresses } }];
}

/** By method and path. A route of more than one kind of approval stands once for each, with a number sign and the kind. */
export const powers: Record<string, Power> = {
	'GET /api/desk': reads,
	'GET /api/desk/draft/versions': reads,
	'GET /api/desk/draft/versions/:number': reads,
	'GET /api/desk/signatures': reads,
	'GET /api/desk/contributions': reads,
	'GET /api/desk/lost-words': reads,
	'GET /api/desk/release': reads,
	'GET /api/desk/folder': reads,

	'POST /api/desk/start': own,
	'POST /api/desk/invitations/look': own,
	'POST /api/desk/enrol/options': own,
	'POST /api/desk/enrol': own,
	'POST /api/desk/login/options': own,
	'POST /api/desk/login': own,
	'POST /api/desk/login/words/options': own,
	'POST /api/desk/login/words': own,
	'POST /api/desk/logout': own,
	'POST /api/desk/passkeys/options': own,
	'POST /api/desk/passkeys': own,
	'PUT /api/desk/seed': own,
	'POST /api/desk/words-checked': own,

	'PUT /api/desk/test-names': alone,
	'POST /api/desk/test-names/opened': own,
	'POST /api/desk/test-mails': alone,
	'POST /api/desk/test-mails/confirm': own,
	'POST /api/desk/charter/compared': own,
	'PUT /api/desk/draft': {
		kind: 'alone',
		bodies: ({ view: { draft } }) =>
			draft
				? [true, false].map((unfreeze) => ({
						version: draft.version,
						draft: { ...draft.draft, threshold: 2 },
						unfreeze,
					}))
				: [],
	},
	'POST /api/desk/draft/restore': alone,
	'POST /api/desk/freeze': { kind: 'alone', bodies: ({ view }) => [{ version: view.draft?.version ?? 1 }] },
	'POST /api/desk/invitations': { kind: 'alone', bodies: () => [{ note: 'one more of us' }] },
	'DELETE /api/desk/invitations/:id': alone,
	'DELETE /api/desk/organizers/:id': alone,
	'POST /api/desk/links': { kind: 'alone', bodies: () => [{ note: 'for whoever' }] },
	'DELETE /api/desk/links/:link': alone,
	'POST /api/desk/vouchers': alone,
	'DELETE /api/desk/vouchers/:batch': alone,
	'DELETE /api/desk/decisions/:kind': alone,
	'DELETE /api/desk/amendments/:fingerprint': alone,
	'DELETE /api/desk/suspensions/:organizer': alone,
	'PUT /api/desk/day': {
		kind: 'alone',
		bodies: ({ view: { day } }) => [
			{
				version: day?.version ?? 0,
				sheet: { madeFor: null, speaks: 'A mole', askedAt: null, asked: '', rows: [] },
			},
		],
	},
	'PUT /api/desk/contribution': alone,
	'PUT /api/desk/strikes': alone,
	'PUT /api/desk/release': alone,
	'DELETE /api/desk/release': alone,
	'DELETE /api/desk/release/approve': alone,
	'DELETE /api/desk/posts/:subject': alone,
	'DELETE /api/desk/late-strikes/:digest/:reason': alone,
	'POST /api/desk/embargo-links': {
		kind: 'alone',
		bodies: ({ view: { letter } }) => [{ outlet: 'The Company Paper', expiresAt: letter.now.replace(/^\d+/, '2028') }],
	},
	'DELETE /api/desk/embargo-links/:id': alone,

	'POST /api/desk/charter/approve': { kind: 'takes', takes: 'charter', acts: fingerprints },
	'POST /api/desk/amendments': { kind: 'takes', takes: 'amendment', acts: anotherText },
	'POST /api/desk/amendments/approve': { kind: 'takes', takes: 'amendment', acts: fingerprints },
	'POST /api/desk/decisions#close': { kind: 'takes', takes: 'close', acts: decisions('close') },
	'POST /api/desk/decisions#abandon': { kind: 'takes', takes: 'abandon', acts: decisions('abandon') },
	'POST /api/desk/release/approve': { kind: 'takes', takes: 'release', acts: releases },
	'POST /api/desk/suspensions': { kind: 'takes', takes: 'suspend', acts: suspensions },
	'POST /api/desk/stop': {
		kind: 'takes',
		takes: 'stop',
		acts: async ({ view: { letter, release }, release: proposed }) => {
			// One stop is anybody's in a scheduled letter: test/server/release/stop.test.ts.
			if (letter.state === 'scheduled') return [];
			return [{ subject: release?.releaseHash ?? proposed?.releaseHash ?? letter.id.padEnd(43, 'A'), body: {} }];
		},
	},
	'POST /api/desk/mailings': { kind: 'takes', takes: 'mailing', acts: mailings },
	'POST /api/desk/mailings/approve': {
		kind: 'takes',
		takes: 'mailing',
		acts: async ({ standing, view }) =>
			await Promise.all(
				view.roster.mailings.map(async ({ document }) => ({
					subject: await mailingSubject(standing.fingerprint, document),
					body: { mailing: readMailing(document).mailing },
				})),
			),
	},
	'DELETE /api/desk/mailings/:id/approval': alone,
	'PUT /api/desk/mailings/:id': {
		kind: 'alone',
		bodies: () => [{ state: 'sending' }, { state: 'paused' }],
	},
	'POST /api/desk/posts': { kind: 'takes', takes: 'post', acts: forgedUpdate },
	'POST /api/desk/posts/approve': {
		kind: 'takes',
		takes: 'post',
		acts: async ({ view }) => view.posts.map(({ subject }) => ({ subject, body: { subject } })),
	},
	'POST /api/desk/late-strikes': { kind: 'takes', takes: 'strike', acts: lateStrikes },
};

type Row = Record<string, unknown>;
const anything = () => true;

/**
 * Rows that fewer than M organizers may make, change or remove once a letter is open: what is proposed and waits, what they hand over or around, and what is
 * their own. Every other row of every table has to stay as it is.
 */
export const mayChange: Record<string, (row: Row) => boolean> = {
	sessions: anything,
	challenges: anything,
	passkeys: anything,
	links: anything,
	vouchers: anything,
	voucher_batches: anything,
	roster_mailings: ({ state, sent, over }) =>
		(state === 'proposed' || state === 'stopped') && sent === 0 && over === null,
	roster_mails: anything,
	embargo_links: anything,
	staged: anything,
	contributions: anything,
	strikes: anything,
	release_drafts: anything,
	draft_slices: anything,
	// Says who replaced or dropped what others approved, proposed amendments among it.
	release_changes: anything,
	day_sheets: anything,
	approvals: anything,
	charters: ({ standing }) => standing === false,
	posts: ({ number }) => number === null,
	late_strikes: ({ agreed }) => agreed === false,
};

/** Columns of rows that stay: how far a letter's pages under embargo are rendered follows from whether there are links. */
export const mayDiffer: Record<string, readonly string[]> = {
	letters: ['staged'],
};
