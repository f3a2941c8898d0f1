import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listOrganizers, type Organizer, setCompared } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { listCharters } from './charter-store.ts';
import { lockLetter } from './letter-store.ts';
import { requireState } from './transitions.ts';

/**
 * This organizer typed a part of the frozen charter's fingerprint from what another one read out: told to the others, so that they see who is waited for.
 * It decides nothing. Proven by test/server/letter/freeze.test.ts.
 * @throws Problem `charter-changed`, `wrong-state`
 */
export async function compareCharter(deps: Deps, by: Organizer, fingerprint: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'draft');
		const frozen = (await listCharters(trx, by.letter)).find((row) => !row.standing);
		if (frozen?.fingerprint !== fingerprint) throw new Problem('charter-changed');
		await setCompared(trx, by.id, fingerprint);
	});
}

/** Who compared what is frozen now, by their ids. */
export async function readCompared(db: Db, letter: string): Promise<string[]> {
	const frozen = (await listCharters(db, letter)).find((row) => !row.standing);
	if (!frozen) return [];
	const organizers = await listOrganizers(db, letter);
	return organizers.filter((one) => one.compared === frozen.fingerprint).map((one) => one.id);
}
