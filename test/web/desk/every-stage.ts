/** The desk in every stage of a letter, with something of all that can stand on it. */
import type { DeskView } from '../../../shared/api/desk.ts';
import type { LetterState } from '../../../shared/api/signing.ts';
import { type ApprovalKind, abandonSubject, closeSubject } from '../../../shared/approval.ts';
import { textHash, writeCharter, writeTextDocument } from '../../../shared/charter.ts';
import { mailingSubject, writeMailing } from '../../../shared/mailing.ts';
import { type Post, postSubject, writePost } from '../../../shared/post.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { approvalsOf } from '../../support/letter.ts';
import { testId } from '../../support/letter-charter.ts';
import type { OrganizerDesk } from '../../support/organizer-desk.ts';

/** `opened`: with the names in the browser's memory. */
export type Shown = { title: string; view: DeskView; opened: boolean };

const NOW = '2027-03-01T09:00:00Z';
const SOON = '2027-03-03T09:00:00Z';
const written = NOW;
const posts: [Post, number | null][] = [
	[{ kind: 'update', written, title: 'We met the board', text: 'They **listened**.' }, 1],
	[{ kind: 'coverage', written, outlet: 'The Paper', title: 'Staff write', address: 'https://paper.example/a' }, 2],
	[{ kind: 'reply', written, from: 'The board', text: 'We have read your letter.' }, null],
];

export async function everyStage(desk: OrganizerDesk): Promise<Record<LetterState, Shown[]>> {
	const { letter } = desk;
	const { charter, fingerprint, chain } = letter;
	const plain = desk.view(0);
	const draft = { version: 3, draft: wholeDraft(new Date(NOW)) };
	const [first = '', second = '', third = ''] = charter.organizers.map(({ id }) => id);
	const [staff = '', holders = ''] = charter.groups.map(({ id }) => id);
	const id = (use: string) => testId('every stage', use);
	const approved = async (kind: ApprovalKind, subject: string, by = 1) =>
		(await approvalsOf(letter, kind, subject)).slice(0, by);
	const key = (at: number) => letter.signers[at]?.keys.publicKey ?? '';
	const shown = (title: string, state: LetterState, change: Partial<DeskView>, opened = false): Shown => {
		const released = { slug: 'a-letter', releaseAt: SOON };
		const own = state === 'scheduled' || state === 'released' ? released : {};
		const view = { ...plain, letter: { ...plain.letter, state, ...own }, ...change };
		return { title, view, opened };
	};
	const suspensions = [{ organizer: third, suspended: true, left: true, next: 2, approvals: [] }];
	const embargoLinks = [
		{ id: id('link'), outlet: 'The Paper', createdBy: second, expiresAt: SOON, revoked: false },
		{ id: id('old link'), outlet: 'The Other Paper', createdBy: first, expiresAt: SOON, revoked: true },
	];
	const deliveries = (['waiting', 'sending', 'sent', 'refused', 'unknown'] as const).map((state) => ({
		...{ address: `board.${state}@northwind.example`, state },
	}));
	const release = {
		...{ attempt: id('attempt'), releaseHash: fingerprint, releaseAt: SOON },
		...{ proposer: second, approvedBy: [second], stoppedBy: [] },
	};
	const changed = writeTextDocument({ ...desk.standing.text, text: 'We ask once more.' });
	const amended = { ...charter, previous: fingerprint, text: await textHash(changed) };
	const mailing = writeMailing({
		...{ mailing: id('mailing'), note: 'From the phone list in the canteen.', list: fingerprint },
		domains: [{ domain: 'northwind.example', count: 900 }],
	});
	const counts = { sent: 400, refused: 3, unknown: 1, repeated: 2 };
	const onDesk = posts.map(async ([post, number]) => {
		const document = writePost(post);
		const subject = await postSubject(document);
		const approvals = await approved('post', subject, number === null ? 1 : 2);
		return { subject, document, proposer: second, number, approvals };
	});
	const batch = {
		group: holders,
		count: 40,
		note: 'for the drivers',
		organizer: first,
		revoked: false,
		revokedBy: null,
		usedAtLeast: 10,
	};
	const half = plain.organizers.map((one, at) => (at === 0 ? one : { ...one, passkey: false, wordsChecked: false }));
	return {
		draft: [
			shown('an empty draft', 'draft', {
				chain: null,
				draft: { version: 1, draft: { ...draft.draft, title: '', text: '', groups: [], references: [] } },
				organizers: plain.organizers.slice(0, 1),
			}),
			shown('a draft', 'draft', {
				...{ draft, chain: null, organizers: half },
				invitations: [{ id: id('invitation'), note: 'for L.', expiresAt: SOON }],
				readiness: {
					...plain.readiness,
					testMails: [{ domain: 'northwind.example', inboxes: 1, by: [first] }],
				},
			}),
			shown('a frozen draft', 'draft', { draft, readiness: { ...plain.readiness, compared: [second] } }),
		],
		open: [
			shown('an open letter that nobody signed', 'open', {}),
			shown('an open letter', 'open', {
				suspensions,
				links: [
					{ link: id('the link'), note: 'Research floor', revoked: false, createdBy: first, revokedBy: null },
					{ link: id('the old link'), note: 'Canteen', revoked: true, createdBy: first, revokedBy: second },
				],
				voucherBatches: [
					{ ...batch, batch: id('batch') },
					{ ...batch, batch: id('old batch'), revoked: true, revokedBy: second },
				],
				progress: [{ group: staff, named: 50, anonymous: 20 }],
				soFar: {
					...{ signatures: 50, refused: 5 },
					days: [1, 2, 3].map((day) => ({ day: `2027-02-0${day}`, signatures: day * 10 })),
					proofs: [{ group: staff, mailbox: 50, roster: 10, voucher: 0 }],
				},
				amendmentsDropped: [{ organizer: third, approved: 1 }],
				amendment: { charter: writeCharter(amended), text: changed, approvals: [] },
				decisions: [{ kind: 'close', approvals: await approved('close', await closeSubject(fingerprint)) }],
				roster: {
					perMinute: 60,
					mailings: [
						{
							...{
								document: mailing,
								salt: fingerprint,
								proposer: second,
								state: 'paused',
								over: fingerprint,
								turnedBy: second,
							},
							...{ ...counts, approvals: await approved('mailing', await mailingSubject(fingerprint, mailing), 2) },
						},
					],
				},
			}),
		],
		review: [
			shown('last call', 'review', { letter: { ...plain.letter, lastCallUntil: SOON } }),
			shown('before the opening', 'review', { contributed: [] }),
			shown(
				'the names',
				'review',
				{
					...{ embargoLinks, release, suspensions },
					strikes: [{ key: key(0), reason: 'twice', organizer: second }],
					releaseChanges: [{ organizer: third, what: 'dropped', approved: 1 }],
					decisions: [{ kind: 'abandon', approvals: await approved('abandon', await abandonSubject(fingerprint)) }],
				},
				true,
			),
		],
		scheduled: [
			shown('a scheduled letter', 'scheduled', { release, embargoLinks, deliveries, chain }),
			shown('a scheduled letter that one of them wants stopped', 'scheduled', {
				...{ embargoLinks, deliveries, chain, release: { ...release, stoppedBy: [second] } },
				organizers: plain.organizers.map((one) => ({ ...one, stopUsed: one.id === second })),
			}),
		],
		released: [
			shown('a released letter', 'released', {
				...{ deliveries, posts: await Promise.all(onDesk) },
				lateStrikes: [
					{ number: 2, digest: fingerprint, reason: 'asked', proposer: second, agreed: false, approvals: [] },
				],
			}),
		],
		abandoned: [shown('an abandoned letter', 'abandoned', { chain: null })],
	};
}
