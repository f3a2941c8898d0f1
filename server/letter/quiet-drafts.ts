/** A draft that nobody changes is erased: it names organizers, and nobody needs it. Proven by test/server/letter/quiet-drafts.test.ts. */

import { destroyKeys } from '../credential/keyring.ts';
import type { Deps } from '../deps.ts';
import { abandonLetter } from './abandon.ts';
import { forEachLetter } from './each-letter.ts';
import { draftsQuietSince, type LetterRow, lockLetter, startQuiet } from './letter-store.ts';

const QUIET_DAYS = 90;
const quiet = QUIET_DAYS * 86_400_000;

/** When it is erased unless somebody changes it. Null once it is no draft, and right after a change. */
export function draftExpiry({ state, draftQuietSince }: Pick<LetterRow, 'state' | 'draftQuietSince'>): Date | null {
	if (state !== 'draft' || draftQuietSince === null) return null;
	return new Date(draftQuietSince.getTime() + quiet);
}

/** Due: drafts that nobody has changed for so long. A change sets no time of its own; the next run after it does. */
export async function eraseQuietDrafts(deps: Deps, now: Date): Promise<void> {
	await startQuiet(deps.db, now);
	await forEachLetter(await draftsQuietSince(deps.db, new Date(now.getTime() - quiet)), async (id) => {
		const erased = await deps.db.transaction().execute(async (trx) => {
			const letter = await lockLetter(trx, id);
			const expiry = draftExpiry(letter);
			if (expiry === null || expiry > now) return false;
			await abandonLetter(trx, letter);
			return true;
		});
		if (erased) await destroyKeys(deps, id);
	});
}
