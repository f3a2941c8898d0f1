/**
 * The database counts one further each minute, and the keyring, which is on other storage, keeps how far that was. A database that stands behind came back from a copy (a dump, a folder, a replica
 * that had not heard of everything): people could prove again, and names that were taken off stand there again. What has to be said of that does not wait for an operator who knows of it.
 * It counts minutes and nothing that people do. Proven by test/faults/restored.test.ts.
 */
import { fromUtf8, utf8 } from '../shared/bytes.ts';
import { readFileNamed, replaceFile } from './credential/key-file.ts';
import type { Deps } from './deps.ts';
import { type Beats, countBeat, findBeats } from './heartbeat-store.ts';
import { sayRestored } from './letter/restored.ts';

type BeatingDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'secretBox' | 'log'>;

/** In the keyring folder. Not sealed: whoever can write there can do worse. */
const FILE = 'heartbeat';

/** Before anybody can prove or sign. @returns what the server prints at its start */
export async function noticeCopy(deps: BeatingDeps): Promise<string[]> {
	// The keyring's first: another node may count further in between.
	const seen = await readSeen(deps.config.keyring);
	const { database, beats } = await findBeats(deps.db);
	if (seen?.database !== database || seen.beats <= beats) return [];
	const { open, over } = await sayRestored(deps);
	deps.log('database came back from a copy', { count: open + over });
	// Last, so that it is noticed again where the server ends before all was said.
	await countBeat(deps.db, seen.beats);
	return [
		`The database is older than its keyring, as after a restore from a copy: ${open} open letters and ${over} of which signing is over say so from now on. See docs/faults.md.`,
	];
}

/** Registered in due.ts, before whatever closes a letter. */
export async function beat(deps: BeatingDeps): Promise<void> {
	await noticeCopy(deps);
	const counted = await countBeat(deps.db, 0);
	await replaceFile(deps.config.keyring, FILE, utf8(`${JSON.stringify(counted)}\n`));
}

/** Null where nobody has counted yet. A file that cannot be read counts as none, and is written anew: it says nothing that only it knows. */
async function readSeen(keyring: string): Promise<Beats | null> {
	const bytes = await readFileNamed(keyring, FILE);
	try {
		return bytes && JSON.parse(fromUtf8(bytes));
	} catch {
		return null;
	}
}
