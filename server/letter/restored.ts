/** After the database came back from a dump: what the letters that were open then go on with. Proven by test/faults/restored.test.ts. */
import { loadKeys } from '../credential/keyring.ts';
import type { Deps } from '../deps.ts';
import { closeLetter } from './closing.ts';
import { lettersOpen, lockLetter, setLetter } from './letter-store.ts';

type RestoringDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'secretBox'>;

/** Open letters by whether the keyring holds their keys. */
export async function lettersRestored(deps: RestoringDeps): Promise<{ whole: string[]; keyless: string[] }> {
	const [whole, keyless]: [string[], string[]] = [[], []];
	for (const id of await lettersOpen(deps.db)) ((await loadKeys(deps, id)) ? whole : keyless).push(id);
	return { whole, keyless };
}

/**
 * With its keys a letter stays open: whoever proved after the dump could prove again, and the desk and the published numbers say so. Without them nobody can ever sign it
 * again: it goes to review. One transaction each; a second time changes nothing.
 */
export async function markRestored(deps: RestoringDeps, id: string, restored: 'with-keys' | 'without-keys') {
	await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, id);
		if (letter.state !== 'open') return;
		await setLetter(trx, id, { restored });
		if (restored === 'without-keys') await closeLetter(deps, trx, letter);
	});
}
