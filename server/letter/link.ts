import { LIMITS } from '../../shared/limits.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { lockLetter } from './letter-store.ts';
import { insertLink, listLinks } from './link-store.ts';
import { requireState } from './transitions.ts';

/** One more way to the letter, revocable by itself. The root is added by the organizer's browser, in the fragment. @throws Problem `wrong-state`, `too-many-requests` */
export async function createLink(deps: Deps, by: Organizer, note: string): Promise<string> {
	const link = id();
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'open', 'review', 'scheduled', 'released');
		await requireNotSuspended(trx, by.id);
		if ((await listLinks(trx, by.letter)).length >= LIMITS.links) {
			const detail = `A letter gets at most ${LIMITS.links} links, revoked ones among them. Hand one of those on that you have.`;
			throw new Problem('too-many-requests', { detail });
		}
		await insertLink(trx, by.letter, link, note);
	});
	return link;
}
