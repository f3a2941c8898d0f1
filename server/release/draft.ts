import type { ReleaseDraftRequest } from '../../shared/api/desk.ts';
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { removeApprovals } from '../letter/charter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { Problem } from '../platform/errors.ts';
import type { DraftBody } from './draft-body.ts';
import { DraftPile, readDraftBox } from './draft-pile.ts';
import { type Asking, lockForOpening, requireEveryOrganizer } from './opening.ts';
import { noteChange } from './release-changes.ts';
import {
	type DraftHead,
	deleteDraft,
	findDraft,
	findDraftHead,
	isSlugTaken,
	replaceDraft,
	wasStopped,
} from './release-store.ts';

/**
 * Puts a draft release in place of the one before it and ends the approvals of that one. The same request again changes nothing. Its box is stored while it comes in, outside of any
 * transaction, and counts from then on when all is well.
 * @throws Problem `invalid-input`, `wrong-state`, `last-call-running`, `wrong-recipients`, `release-time`, `slug-taken`, `attempt-used`
 */
export async function proposeRelease(
	{ db, clock }: Pick<Deps, 'db' | 'clock'>,
	organizer: Asking,
	{ box, rest }: DraftBody,
): Promise<void> {
	const pile = new DraftPile(organizer.letter);
	try {
		await pile.keep(db, box, clock.now());
		const said = await rest();
		await db.transaction().execute((trx) => propose(trx, organizer, { ...said, pile }, clock.now()));
	} finally {
		await pile.dropUnlessProposed(db);
	}
}

async function propose(
	trx: Transaction,
	organizer: Asking,
	{ slug, keys, pile, ...request }: Omit<ReleaseDraftRequest, 'box'> & { pile: DraftPile },
	now: Date,
): Promise<void> {
	const { letter } = organizer;
	const row = await lockForOpening(trx, organizer, now);
	const { charter } = await standingChain(trx, letter);
	requireEveryOrganizer(
		charter.organizers,
		keys.map((key) => key.organizer),
	);
	const releaseAt = new Date(request.releaseAt);
	requireReleaseTime(releaseAt, row.expiresOn, now);
	if (await isSlugTaken(trx, letter, slug)) throw new Problem('slug-taken', { field: 'slug' });
	const standing = await findDraftHead(trx, letter);
	if (standing?.attempt === request.attempt) {
		if (standing.releaseHash !== request.releaseHash) throw new Problem('attempt-used');
		return;
	}
	// A release that was stopped cannot come back: its attempt is in its hash, and the stop remembers the hash.
	if (await wasStopped(trx, letter, request.releaseHash)) throw new Problem('attempt-used');
	// Whoever needed longer than any upload takes sends it again.
	if (!(await pile.isWhole(trx))) throw new Problem('overloaded');
	if (standing !== null) await noteChange(trx, organizer, 'replaced', standing);
	await removeApprovals(trx, letter, ['release']);
	await replaceDraft(trx, letter, { ...request, keys, releaseAt, proposer: organizer.id, pile: pile.id });
}

/** In the future, and before the letter expires. @throws Problem `release-time` */
export function requireReleaseTime(releaseAt: Date, expiresOn: Date | null, now: Date): void {
	if (!(releaseAt > now) || (expiresOn !== null && releaseAt >= expiresOn)) {
		throw new Problem('release-time', { field: 'releaseAt' });
	}
}

/** The draft, the key to it for this organizer, and its box in pieces. @throws Problem `no-release-draft` */
export async function draftFor(
	db: Db,
	{ id, letter }: Asking,
): Promise<Omit<DraftHead, 'proposer'> & { key: string; box: AsyncIterable<string> }> {
	const draft = await findDraft(db, letter);
	const mine = draft?.keys.find((key) => key.organizer === id);
	if (!draft || !mine) throw new Problem('no-release-draft');
	const { attempt, releaseHash, releaseAt, pile } = draft;
	return { attempt, releaseHash, releaseAt, key: mine.sealed, box: readDraftBox(db, { letter, pile }) };
}

/** Nothing is proposed any more, and nothing approved. */
export async function dropDraft(trx: Transaction, organizer: Asking, now: Date): Promise<void> {
	await lockForOpening(trx, organizer, now);
	const standing = await findDraftHead(trx, organizer.letter);
	if (standing !== null) await noteChange(trx, organizer, 'dropped', standing);
	await deleteDraft(trx, organizer.letter);
	await removeApprovals(trx, organizer.letter, ['release']);
}
