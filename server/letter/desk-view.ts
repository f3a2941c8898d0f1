import type { DeskView } from '../../shared/api/desk.ts';
import { writeTime } from '../../shared/document.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { readIssued } from '../employment/issued-store.ts';
import { readProofProgress, readRefusedAtLeast } from '../employment/proof-progress-store.ts';
import { readRosterDesk } from '../employment/roster.ts';
import { readVoucherBatches } from '../employment/voucher-store.ts';
import { listInvitations } from '../organizer/invitation-store.ts';
import { listOrganizers, type Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { readEmbargoLinks } from '../press/embargo.ts';
import { listPostsWithApprovals } from '../press/post-store.ts';
import { readDeliveriesDesk } from '../release/deliveries.ts';
import { readReviewDesk } from '../release/desk-part.ts';
import { listStrikesWithApprovals } from '../release/late-strike-store.ts';
import { readAmendmentsDropped } from '../release/release-change-store.ts';
import { readAtLeast, readProgress, readProgressDays } from '../signature/progress-store.ts';
import { countLapsed } from '../signature/signature-store.ts';
import { listApprovals, listCharters } from './charter-store.ts';
import { findDaySheet } from './day-store.ts';
import { readDecisions } from './decision.ts';
import { readDraft } from './draft.ts';
import { getLetter, type LetterRow } from './letter-store.ts';
import { timeOrNull } from './letter-view.ts';
import { listLinks } from './link-store.ts';
import { draftExpiry } from './quiet-drafts.ts';
import { readReadiness } from './readiness.ts';
import { chainOf } from './standing-chain.ts';
import { readSuspensions } from './suspension.ts';
import { listTakeDowns } from './take-down-store.ts';

/** The whole desk, put together from what each concept says of the letter. The same for every organizer, but for `you`. */
export async function deskView(deps: Deps, by: Organizer): Promise<DeskView> {
	const { db } = deps;
	const now = deps.clock.now();
	const letter = await getLetter(db, by.letter);
	const organizers = await listOrganizers(db, letter.id);
	const you = organizers.find(({ id }) => id === by.id);
	if (!you) throw new Problem('not-signed-in');
	const invitations = await listInvitations(db, letter.id, now);
	return {
		you: { organizer: you.id, name: you.name },
		letter: {
			id: letter.id,
			state: letter.state,
			now: writeTime(now),
			closesAt: timeOrNull(letter.closesAt),
			lastCallUntil: timeOrNull(letter.lastCallUntil),
			releaseAt: timeOrNull(letter.releaseAt),
			expiresOn: timeOrNull(letter.expiresOn),
			draftExpiresOn: timeOrNull(draftExpiry(letter)),
			slug: letter.slug,
			restored: letter.restored,
			takeDowns: await listTakeDowns(db, letter.id),
		},
		draft: letter.draft === null ? null : { version: letter.draftVersion, draft: readDraft(letter) },
		organizers: organizers.map(({ letter: _, compared: __, ...organizer }) => organizer),
		suspensions: await readSuspensions(db, letter),
		day: await findDaySheet(db, letter.id),
		invitations: invitations.map(({ id, note, expiresAt }) => ({ id, note, expiresAt: writeTime(expiresAt) })),
		readiness: await readReadiness(db, letter.id),
		...(await readCharters(db, letter)),
		amendmentsDropped: letter.state === 'open' ? await readAmendmentsDropped(db, letter.id) : [],
		links: await listLinks(db, letter.id),
		embargoLinks: await readEmbargoLinks(db, letter),
		voucherBatches: await readVoucherBatches(db, letter.id),
		progress: await readProgress(db, letter.id),
		soFar: await readSoFar(db, letter.id),
		roster: await readRosterDesk(deps, letter.id),
		decisions: await readDecisions(db, letter),
		issued: await readIssuedAndLapsed(db, letter, now),
		...(await readReviewDesk(db, letter, now)),
		deliveries: await readDeliveriesDesk(deps, db, letter.id),
		posts: await listPostsWithApprovals(db, letter.id),
		lateStrikes: (await listStrikesWithApprovals(db, letter.id)).map(({ key: _, ...strike }) => strike),
	};
}

/** Coarse counts side by side, as of the last tick: of proofs and of signatures, each read on its own. */
async function readSoFar(db: Db, letter: string): Promise<DeskView['soFar']> {
	const { signatures } = await readAtLeast(db, letter);
	const days = await readProgressDays(db, letter);
	return {
		...{ signatures, days, proofs: await readProofProgress(db, letter) },
		refused: await readRefusedAtLeast(db, letter),
	};
}

/**
 * What each group got and what of it lapsed on closing: two counts side by side, of which neither says anything of the other's rows. Exact, so nothing before last call
 * is over, like everything exact (readReviewDesk). Proven by test/server/release/opening.test.ts.
 */
async function readIssuedAndLapsed(
	db: Db,
	{ id, lastCallUntil }: Pick<LetterRow, 'id' | 'lastCallUntil'>,
	now: Date,
): Promise<DeskView['issued']> {
	if (lastCallUntil === null || lastCallUntil > now) return [];
	const issued = await readIssued(db, id);
	const lapsed = new Map((await countLapsed(db, id)).map((one) => [one.group, one.lapsed]));
	return issued.map((counts) => ({ ...counts, lapsed: lapsed.get(counts.group) ?? 0 }));
}

/** In a draft the frozen charter is the chain; later one that does not stand is a proposed amendment. */
async function readCharters(db: Db, letter: LetterRow): Promise<Pick<DeskView, 'chain' | 'amendment'>> {
	const rows = await listCharters(db, letter.id);
	const inChain = letter.state === 'draft' ? rows : rows.filter(({ standing }) => standing);
	const proposed = rows.find((row) => !inChain.includes(row));
	return {
		chain: inChain.length === 0 ? null : await chainOf(db, letter.id, inChain),
		amendment: proposed
			? {
					charter: proposed.charter,
					text: proposed.textDocument,
					approvals: await listApprovals(db, {
						letter: letter.id,
						kind: 'amendment',
						subject: proposed.fingerprint,
					}),
				}
			: null,
	};
}
