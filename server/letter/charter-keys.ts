import { createPublicKey } from 'node:crypto';
import type { Charter } from '../../shared/charter.ts';
import { loadKeys } from '../credential/keyring.ts';
import type { Deps } from '../deps.ts';

/** Whether the keyring holds exactly the keys that this charter names; a freeze whose commit failed leaves it with others. */
export async function keysFit(deps: Deps, charter: Pick<Charter, 'letter' | 'groups'>): Promise<boolean> {
	const keys = await loadKeys(deps, charter.letter);
	if (!keys || keys.groups.size !== charter.groups.length) return false;
	return charter.groups.every((group) => {
		const kept = keys.groups.get(group.id);
		if (!kept) return false;
		const issuer = createPublicKey(kept.issuer).export({ format: 'jwk' });
		const attester = createPublicKey(kept.attester).export({ format: 'jwk' });
		return issuer.n === group.issuer.n && attester.x === group.attester.x;
	});
}
