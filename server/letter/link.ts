import { LIMITS } from '../../shared/limits.ts';
import type { Deps } from '../deps.ts';
import { listOrganizers, type Organizer } from '../organizer/organizer-store.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { lockLetter } from './letter-store.ts';
import { insertLink, listLinks } from './link-store.ts';
import { requireState } from './transitions.ts';

/**
 * One more way to the letter, revocable by itself. The root is added by the organizer's browser, in the fragment. Proven by test/server/letter/links.test.ts.
 * @throws Problem `wrong-state`, `too-many-requests`
 */
export async function createLink(deps: Deps, by: Organizer, note: string): Promise<string> {
	const link = id();
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'open', 'review', 'scheduled', 'released');
		await requireNotSuspended(trx, by.id);
		// Of one's own: or one organizer could use up all, revoke everybody's, and nobody would find to the letter any more.
		const links = await listLinks(trx, by.letter);
		if (links.filter(({ createdBy }) => createdBy === by.id).length >= LIMITS.links) {
			const detail = `You have made ${LIMITS.links} links, revoked ones among them, and that is all. Hand one of those on, or ask another organizer to make the next.`;
			throw new Problem('too-many-requests', { detail });
		}
		// Once it is forgotten who made which (forget.ts), none are one's own any more. Of nobody's a revoked one makes room at once.
		const kept = links.filter(({ createdBy, revoked }) => createdBy !== null || !revoked);
		if (kept.length >= LIMITS.links * (await listOrganizers(trx, by.letter)).length) {
			const detail = `This letter has ${kept.length} links, and that is all. Hand one of those on, or revoke one that nobody needs any more and make the next.`;
			throw new Problem('too-many-requests', { detail });
		}
		await insertLink(trx, by.letter, { link, note, createdBy: by.id });
	});
	return link;
}
