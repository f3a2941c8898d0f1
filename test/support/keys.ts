import {
	type GroupPublicKeys,
	type KeyringDeps,
	keepKeys,
	type MadeKeys,
	makeKeys,
} from '../../server/credential/keyring.ts';
import { b64u, randomBytes } from '../../shared/bytes.ts';

/** By the number of groups, what was made for the first, second, … letter of a server. */
const made = new Map<number, Promise<MadeKeys>[]>();
const letters = new WeakMap<KeyringDeps['secretBox'], number>();

/**
 * Keys for these groups, kept as a freeze keeps them under the letter's lock. Letters of one server have keys of their own; those of another test's server have the same again, but
 * for the tag key: making them takes a third of a second of nothing but primes.
 */
export async function createKeys(
	deps: KeyringDeps,
	letter: string,
	groups: readonly string[],
): Promise<GroupPublicKeys[]> {
	const before = letters.get(deps.secretBox) ?? 0;
	letters.set(deps.secretBox, before + 1);
	const all = made.get(groups.length) ?? [];
	made.set(groups.length, all);
	all[before] ??= makeKeys(groups);
	const keys = renamed(await all[before], groups);
	await keepKeys(deps, letter, keys);
	return keys.groups;
}

function renamed({ groups, document }: MadeKeys, ids: readonly string[]): MadeKeys {
	const named = <Keys extends { id: string }>(keys: Keys, at: number): Keys => ({ ...keys, id: ids[at] ?? keys.id });
	return {
		groups: groups.map(named),
		document: { tagKey: b64u(randomBytes(32)), groups: document.groups.map(named) },
	};
}
