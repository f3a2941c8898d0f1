/** Logging in: with a passkey, or on a new device with the key that the 24 words give. Proven by test/server/organizer/login.test.ts. */
import type * as v from 'valibot';
import type { wordsLoginRequest } from '../../shared/api/desk.ts';
import { b64u, frame, randomBytes, utf8 } from '../../shared/bytes.ts';
import { verifyBytes } from '../../shared/keys.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../platform/errors.ts';
import type { SignedIn } from './enrol.ts';
import { findOrganizerByKey, type Organizer } from './organizer-store.ts';
import {
	claimedPasskey,
	creationOptions,
	keepChallenge,
	spendChallenge,
	verifyCreation,
	verifyRequest,
} from './passkey.ts';
import { findPasskey, insertPasskey, listPasskeyIds, setCounter } from './passkey-store.ts';
import { openSession } from './session.ts';
import { isSuspended } from './suspension-store.ts';

/** @throws Problem `sign-in-failed`, `challenge-ended`, `passkey-refused`, `suspended` */
export async function loginWithPasskey(deps: Deps, posted: unknown): Promise<SignedIn> {
	const claimed = claimedPasskey(posted);
	const passkey = await findPasskey(deps.db, claimed.id);
	if (!passkey) throw new Problem('sign-in-failed');
	const counter = await verifyRequest(deps, claimed, passkey);
	await setCounter(deps.db, passkey.id, counter);
	await requireOpenDesk(deps, passkey.organizer);
	const session = await openSession(deps.db, passkey.organizer, deps.clock.now());
	return { organizer: passkey.owner, passkeyId: passkey.id, wrappedSeed: passkey.wrappedSeed, session };
}

export async function wordsChallengeFor(deps: Deps): Promise<string> {
	const challenge = b64u(randomBytes(32));
	await keepChallenge(deps, challenge, 'words');
	return challenge;
}

/** The key is looked up only after it has answered, so that nobody learns whose keys are here. @throws Problem `sign-in-failed`, `challenge-ended`, `suspended` */
export async function loginWithWords(deps: Deps, request: v.InferOutput<typeof wordsLoginRequest>): Promise<SignedIn> {
	const { key, challenge, authenticator } = request;
	await spendChallenge(deps, challenge, 'words');
	const bytes = frame('undersigned/login/1', utf8(deps.config.origin), utf8(challenge));
	const organizer = (await verifyBytes(key, authenticator, bytes)) && (await findOrganizerByKey(deps.db, key));
	if (!organizer) throw new Problem('sign-in-failed');
	await requireOpenDesk(deps, organizer.id);
	const session = await openSession(deps.db, organizer.id, deps.clock.now());
	return { organizer, passkeyId: null, wrappedSeed: null, session };
}

/** Said only to whoever has just shown to be that organizer. @throws Problem `suspended` */
async function requireOpenDesk(deps: Deps, organizer: string): Promise<void> {
	if (await isSuspended(deps.db, organizer)) throw new Problem('suspended');
}

/** For one more passkey: on another device, or in place of a lost one after logging in with words. */
export async function anotherPasskeyOptions(deps: Deps, organizer: Organizer) {
	const exclude = await listPasskeyIds(deps.db, organizer.id);
	return creationOptions(deps, { name: organizer.name, exclude, purpose: `passkey ${organizer.id}` });
}

/** @throws Problem `passkey-refused`, `challenge-ended`. @returns the new passkey's id */
export async function addPasskey(deps: Deps, organizer: Organizer, posted: unknown): Promise<string> {
	const { passkey } = await verifyCreation(deps, posted, `passkey ${organizer.id}`);
	if (await findPasskey(deps.db, passkey.id)) throw new Problem('passkey-refused', { field: 'passkey' });
	await insertPasskey(deps.db, { ...passkey, organizer: organizer.id });
	return passkey.id;
}
