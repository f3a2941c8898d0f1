import type { Deps } from '../deps.ts';
import { abandonLetter } from '../letter/abandon.ts';
import { endFreeze } from '../letter/freeze-end.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { requireState } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { listOrganizers, type Organizer, removeOrganizer } from './organizer-store.ts';
import { removeTestNameOf } from './test-name-store.ts';

/**
 * Leaves an organizer out of a draft, oneself or another who is not ready; that ends a freeze. The last one to leave
 * a draft gives it up, and it is erased. Once a charter stands nobody can be left out.
 * @throws Problem `wrong-state`, `not-found`
 */
export async function leaveOut(deps: Deps, by: Organizer, id: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		requireState(letter, 'draft');
		if (!(await removeOrganizer(trx, letter.id, id))) throw new Problem('not-found');
		await removeTestNameOf(trx, id);
		await endFreeze(deps, trx, letter.id);
		if ((await listOrganizers(trx, letter.id)).length > 0) return;
		await abandonLetter(trx, letter);
	});
}
