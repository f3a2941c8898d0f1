/** After the database came back from a dump: what letters go on with, and what those who signed them are told. Proven by test/faults/restored.test.ts. */
import { loadKeys } from '../credential/keyring.ts';
import type { Deps } from '../deps.ts';
import { closeLetter } from './closing.ts';
import { lettersAfterSigning, lettersOpen, lockLetter, setLetter } from './letter-store.ts';

type RestoringDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'secretBox'>;

/** Open letters by whether the keyring holds their keys, and `over`: those that nobody signs any more. */
export async function lettersRestored(
	deps: RestoringDeps,
): Promise<{ whole: string[]; keyless: string[]; over: string[] }> {
	const [whole, keyless]: [string[], string[]] = [[], []];
	for (const id of await lettersOpen(deps.db)) ((await loadKeys(deps, id)) ? whole : keyless).push(id);
	return { whole, keyless, over: await lettersAfterSigning(deps.db) };
}

/** What can be said without the operator: how it was found is heartbeat.ts's. Letters whose keys are gone stay open until the operator says that they are gone for good. A second time changes nothing. */
export async function sayRestored(deps: RestoringDeps): Promise<{ open: number; over: number }> {
	const [open, over] = [await lettersOpen(deps.db), await lettersAfterSigning(deps.db)];
	for (const id of open) await markRestored(deps, id, 'with-keys');
	for (const id of over) await markRestoredAfterSigning(deps, id);
	return { open: open.length, over: over.length };
}

/** What the server prints at its start where people can neither prove nor sign, though their letters are open. */
export async function keylessLines(deps: RestoringDeps): Promise<string[]> {
	let [missing, shut] = [0, 0];
	for (const id of await lettersOpen(deps.db)) {
		const keys = await loadKeys(deps, id).catch(() => 'shut' as const);
		if (keys === null) missing++;
		if (keys === 'shut') shut++;
	}
	const said: string[] = [];
	if (missing > 0)
		said.push(
			`KEYRING: ${deps.config.keyring} holds no keys of ${missing} open letters: nobody can sign them. Is it mounted? Where the keys are lost, and after every restore from a dump: docs/faults.md.`,
		);
	if (shut > 0)
		said.push(
			`HOST_SECRET: the keys of ${shut} open letters in ${deps.config.keyring} cannot be opened with it: nobody can sign them. Bring back the secret under which they were sealed.`,
		);
	return said;
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

/** Who took their name off after the dump stands there again, and nobody can write to them. Nothing else came while signing was over. One transaction each; a second time changes nothing. */
export async function markRestoredAfterSigning(deps: Pick<Deps, 'db'>, id: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, id);
		if (letter.restored === null) await setLetter(trx, id, { restored: 'after-signing' });
	});
}
