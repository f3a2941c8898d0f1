import type { LetterView } from '../../shared/api/signing.ts';
import type { Charter } from '../../shared/charter.ts';
import { writeTime } from '../../shared/document.ts';
import type { Db } from '../database.ts';
import { Problem } from '../platform/errors.ts';
import { readAtLeast, readProgress } from '../signature/progress-store.ts';
import { findLetter } from './letter-store.ts';
import { findLinkedLetter } from './link-store.ts';
import { findStandingChain } from './standing-chain.ts';

export const timeOrNull = (time: Date | null): string | null => time && writeTime(time);

/** A letter as anybody sees it who has its link or its id. A draft is nobody's business. @throws Problem `not-found` */
export async function letterView(db: Db, id: string, now: Date): Promise<LetterView> {
	const letter = await findLetter(db, id);
	if (!letter || letter.state === 'draft') throw new Problem('not-found');
	const standing = await findStandingChain(db, id);
	return {
		letter: id,
		state: letter.state,
		now: writeTime(now),
		chain: letter.state === 'abandoned' ? null : (standing?.chain ?? null),
		atLeast: await readAtLeast(db, id),
		enoughAnonymous: standing ? await enoughAnonymous(db, standing.charter) : [],
		lastCallUntil: timeOrNull(letter.lastCallUntil),
		releaseAt: timeOrNull(letter.releaseAt),
		slug: letter.slug,
		restored: letter.restored,
	};
}

/** For whoever decides how to appear: one bit of a group, of counts that move at a tick only. Proven by test/server/tick.test.ts. */
async function enoughAnonymous(db: Db, { letter, smallestCell }: Charter): Promise<string[]> {
	const progress = await readProgress(db, letter);
	return progress.filter(({ anonymous }) => anonymous >= smallestCell).map(({ group }) => group);
}

/** @throws Problem `not-found`, of a revoked link as well */
export async function linkedLetterView(db: Db, link: string, now: Date): Promise<LetterView> {
	const letter = await findLinkedLetter(db, link);
	if (letter === undefined) throw new Problem('not-found');
	return letterView(db, letter, now);
}
