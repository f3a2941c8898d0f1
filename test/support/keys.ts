import { type GroupPublicKeys, type KeyringDeps, keepKeys, makeKeys } from '../../server/credential/keyring.ts';

/** Keys for these groups, made and kept at once, as a freeze does under the letter's lock. */
export async function createKeys(
	deps: KeyringDeps,
	letter: string,
	groups: readonly string[],
): Promise<GroupPublicKeys[]> {
	const made = await makeKeys(groups);
	await keepKeys(deps, letter, made);
	return made.groups;
}
