/** The sheet for the day of the release: any organizer writes it, and everybody sees it at once. Proven by test/server/letter/day.test.ts. */
import type { VersionedSheet } from '../../shared/api/day.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { findDaySheet, saveDaySheet } from './day-store.ts';
import { lockLetter } from './letter-store.ts';

/**
 * Saves over exactly the version that the organizer had before their eyes, 0 where there was none. The same again, after an answer that did
 * not arrive, is answered alike.
 * @returns the new version
 * @throws Problem `sheet-changed` with what is there, `not-found`
 */
export async function changeDaySheet(deps: Deps, by: Organizer, change: VersionedSheet): Promise<number> {
	return deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		const present = await findDaySheet(trx, letter.id);
		const version = change.version + 1;
		if (present?.version === version && JSON.stringify(present.sheet) === JSON.stringify(change.sheet)) return version;
		if (present && present.version !== change.version) throw new Problem('sheet-changed', { present });
		if (!present && change.version !== 0) throw new Problem('not-found');
		await saveDaySheet(trx, letter.id, { version, sheet: change.sheet });
		return version;
	});
}
