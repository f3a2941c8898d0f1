/**
 * Links for invited journalists. A link shows nothing before M organizers approved a release; then exactly that one, until it is public.
 * Proven by test/server/press/embargo.test.ts.
 */
import type { EmbargoLinkView } from '../../shared/api/embargo.ts';
import { b64u, hash, randomBytes, utf8 } from '../../shared/bytes.ts';
import { writeTime } from '../../shared/document.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { forEachLetter } from '../letter/each-letter.ts';
import { type LetterRow, lockLetter } from '../letter/letter-store.ts';
import { requireState } from '../letter/transitions.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import {
	findVisited,
	hasReaders,
	insertEmbargoLink,
	listEmbargoLinks,
	setRevoked,
	type Visited,
} from './embargo-store.ts';
import { requestStage, unstage } from './request-stage.ts';
import { findStaging, lettersWithoutReaders } from './staged-store.ts';

/** b64u of 32 bytes. */
export const isSecret = (asked: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(asked);

const year = 366 * 24 * 3_600_000;

/** What is kept of a link: whoever reads the database cannot open it, and comparing takes the same time for every guess. */
const hashOf = (secret: string): Promise<Uint8Array> => hash('undersigned/embargo/1', utf8(secret));

/** @returns the secret of the link, told this once. @throws Problem `wrong-state`, `too-many-requests`, `invalid-input` */
export async function makeLink(
	deps: Deps,
	by: Pick<Organizer, 'id' | 'letter'>,
	{ outlet, expiresAt }: { outlet: string; expiresAt: string },
): Promise<string> {
	const { letter } = by;
	const now = deps.clock.now();
	const until = new Date(expiresAt);
	if (until <= now || until.getTime() > now.getTime() + year) {
		throw new Problem('invalid-input', { field: 'expiresAt', detail: 'Choose a time within the next year.' });
	}
	const secret = b64u(randomBytes(32));
	const link = { id: id(), outlet, createdBy: by.id, expiresAt: until };
	const kept = await hashOf(secret);
	await deps.db.transaction().execute(async (trx) => {
		const { state } = await lockLetter(trx, letter);
		await requireNotSuspended(trx, by.id);
		requireState({ state }, 'review', 'scheduled');
		// Of one's own: or one organizer could use up all, and no journalist would read before the release.
		const own = (await listEmbargoLinks(trx, letter)).filter(({ createdBy }) => createdBy === by.id);
		if (own.length >= LIMITS.embargoLinks) {
			const detail = `You have made ${LIMITS.embargoLinks} links, revoked ones among them, and that is all. Ask another organizer to make the next.`;
			throw new Problem('too-many-requests', { detail });
		}
		await insertEmbargoLink(trx, letter, kept, link);
		const { staged } = await findStaging(trx, letter);
		if (state === 'scheduled' && staged < 0) await requestStage(deps, trx, letter);
	});
	return secret;
}

/** What was read stays with whoever read it. @throws Problem `not-found` */
export async function revokeLink(deps: Deps, letter: string, link: string): Promise<void> {
	const now = deps.clock.now();
	await deps.db.transaction().execute(async (trx) => {
		await lockLetter(trx, letter);
		if (!(await setRevoked(trx, letter, link))) throw new Problem('not-found');
		if (!(await hasReaders(trx, letter, now))) await unstage(trx, letter);
	});
}

/** Due: what no link shows any more is not kept. */
export async function endUnreadStages(deps: Deps, now: Date): Promise<void> {
	await forEachLetter(await lettersWithoutReaders(deps.db, now), (letter) =>
		deps.db.transaction().execute(async (trx) => {
			await lockLetter(trx, letter);
			if (!(await hasReaders(trx, letter, now))) await unstage(trx, letter);
		}),
	);
}

/** For the desk: the same for every organizer. Nothing once the letter is released, when outlets are forgotten. */
export async function readEmbargoLinks(
	db: Db,
	{ id, state }: Pick<LetterRow, 'id' | 'state'>,
): Promise<EmbargoLinkView[]> {
	if (state !== 'review' && state !== 'scheduled') return [];
	const links = await listEmbargoLinks(db, id);
	return links.map((link) => ({ ...link, expiresAt: writeTime(link.expiresAt) }));
}

/** What whoever opens a link meets. */
export type Visit =
	| { kind: 'unknown' }
	| { kind: 'ended' }
	/** Nothing is approved, or no longer: after a stop the next release is shown only once it is approved. */
	| { kind: 'unapproved' }
	| { kind: 'preparing' }
	| { kind: 'released'; slug: string }
	| { kind: 'open'; letter: string; staged: number; outlet: string; until: Date };

export async function visit({ db, clock }: Pick<Deps, 'db' | 'clock'>, secret: string): Promise<Visit> {
	const link = isSecret(secret) ? await findVisited(db, await hashOf(secret)) : null;
	return link === null ? { kind: 'unknown' } : meets(link, clock.now());
}

function meets(link: Visited, now: Date): Visit {
	const { letter, state, slug, releaseAt, staged, outlet } = link;
	if (state === 'released' && slug !== null) return { kind: 'released', slug };
	if (link.revoked || link.expiresAt <= now) return { kind: 'ended' };
	if (state !== 'scheduled' || releaseAt === null) return { kind: 'unapproved' };
	if (staged < 0) return { kind: 'preparing' };
	return { kind: 'open', letter, staged, outlet, until: releaseAt };
}
