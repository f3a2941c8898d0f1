import type { OwnAnswer } from '../../shared/api/signing.ts';
import { frame, fromB64u, u32 } from '../../shared/bytes.ts';
import { verifyBytes } from '../../shared/keys.ts';
import type { Deps } from '../deps.ts';
import { findLetterByRoot } from '../letter/letter-store.ts';
import { Problem } from '../platform/errors.ts';
import { highestTurn } from './sign.ts';
import { findSignature } from './signature-store.ts';

export interface OwnRequest {
	root: string;
	key: string;
	/** Minutes since 1970. */
	minute: number;
	authenticator: string;
}

/** Either way; a request that somebody copied soon says nothing any more. */
const goodFor = 10;

/**
 * What the server holds of the asker's own key: nobody else can ask whether a key signed.
 * @throws Problem `proof-outdated`, `authenticator-refused`, `not-found`
 */
export async function readOwn(deps: Deps, { root, key, minute, authenticator }: OwnRequest): Promise<OwnAnswer> {
	const now = deps.clock.now().getTime() / 60_000;
	if (Math.abs(minute - now) > goodFor) throw new Problem('proof-outdated');
	const asked = frame('undersigned/own/1', fromB64u(root, 32), fromB64u(key, 32), u32(minute));
	if (!(await verifyBytes(key, authenticator, asked))) throw new Problem('authenticator-refused');
	const letter = await findLetterByRoot(deps.db, root);
	if (letter === null) throw new Problem('not-found');
	const row = await findSignature(deps.db, letter, key);
	if (!row) return { state: 'none' };
	const { status, statement, credential, attestation } = row;
	const state = status === 'live' ? 'signed' : status;
	return { state, turn: highestTurn(row), statement, credential, attestation };
}
