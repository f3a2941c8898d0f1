/**
 * An organizer's side of the protocol, pure: `Call` reaches the server, `Passkeys` the authenticator, `Roots` what the browser keeps.
 * The desk, the demo and the tests drive the same code. Here: logging in, the seed. Then:
 * - enrolling.ts   an invitation becomes an organizer
 * - drafting.ts    drafts, invitations, links, vouchers, freezing
 * - deciding.ts    the chain from the root that was compared; approving, closing early, abandoning, stopping
 * - amending.ts    another text or closing time while the letter is open
 * - opening.ts     contributing, opening the names
 * - releasing.ts   building, sealing, comparing and approving the release
 *
 * The seed lives in memory only. The server holds it wrapped under a passkey's PRF output, which is never sent.
 */
import * as v from 'valibot';
import {
	type DeskView,
	deskView,
	invitationAnswer,
	invitationView,
	type SessionAnswer,
	sessionAnswer,
	wordsChallenge,
} from '../api/desk.ts';
import { type Bytes, b64u, frame, hash, utf8 } from '../bytes.ts';
import { type OrganizerSecrets, organizerKeys, signBytes } from '../keys.ts';
import { seedFromWords, wordsFromSeed } from '../words.ts';
import type { Call } from './call.ts';
import { samePrf, unwrapSeed, wrapSeed } from './seed-wrap.ts';

/** What an authenticator gave: the JSON to post (without the PRF output), and the output of 32 bytes for the salt, if any. */
export type PasskeyAnswer = { passkey: { id: string }; prf: Bytes | null };

/** The browser's WebAuthn, or a software passkey. Options are the JSON of @simplewebauthn/server. */
export interface Passkeys {
	/** `enabled`: the authenticator says that it can do PRF; `prf` may still be null, since many give output only at `get`. */
	create(options: unknown, salt: Bytes): Promise<PasskeyAnswer & { enabled: boolean }>;
	get(options: unknown, salt: Bytes): Promise<PasskeyAnswer>;
	/** An assertion of this very passkey that is not posted: only for its PRF output. */
	prf(passkeyId: string, salt: Bytes): Promise<Bytes | null>;
}

/** A logged-in organizer. Without `secrets` the seed is locked: this browser can read the desk, and approve or open nothing. */
export type Organizer = {
	id: string;
	letter: string;
	name: string;
	key: string;
	secrets: OrganizerSecrets;
	/** 32 bytes. Kept while the words are shown, or to wrap it for one more passkey. */
	seed: Bytes;
};

export class SeedLocked extends Error {
	override name = 'SeedLocked';
}

/** What the answer to a request for options holds. */
export const challenged = v.looseObject({ challenge: v.string() });

/** The one salt of every passkey: what it opens is bound to the passkey and to the site by WebAuthn itself. */
export function prfSalt(): Promise<Bytes> {
	return hash('undersigned/desk/prf/1');
}

/** What an invitation is for. Spends nothing. `letter` null: it starts one. */
export async function lookAtInvitation(call: Call, invitation: string) {
	return v.parse(invitationView, await call('POST', '/api/desk/invitations/look', { invitation }));
}

/** The seed is wrapped only under an output that the authenticator gives twice: some claim PRF and then answer differently. */
export async function keepSeed(
	call: Call,
	passkeys: Passkeys,
	created: PasskeyAnswer & { enabled: boolean },
	seed: Bytes,
): Promise<boolean> {
	if (!created.enabled) return false;
	const salt = await prfSalt();
	const passkeyId = created.passkey.id;
	const first = created.prf ?? (await outputOrNull(passkeys, passkeyId, salt));
	const second = first && (await outputOrNull(passkeys, passkeyId, salt));
	return keepUnder(call, passkeyId, [first, second], seed);
}

async function keepUnder(
	call: Call,
	passkeyId: string,
	[first, second]: readonly [Bytes | null, Bytes | null],
	seed: Bytes,
): Promise<boolean> {
	if (!first || !second || !samePrf(first, second)) return false;
	await call('PUT', '/api/desk/seed', { passkeyId, wrapped: b64u(await wrapSeed(first, seed)) });
	return true;
}

/**
 * Lets a passkey open the seed that only logs in so far: its second prompt was turned away, or no answer came. Prompts twice. Proven by
 * test/server/organizer/keys-later.test.ts.
 * @returns whether it does now. @throws Refused `not-found` where it is no passkey of this desk, Unanswered, whatever the authenticator throws
 */
export async function letPasskeyOpen(call: Call, passkeys: Passkeys, { seed }: Organizer): Promise<boolean> {
	const salt = await prfSalt();
	const { passkey, prf } = await passkeys.get(await call('POST', '/api/desk/login/options', {}), salt);
	return keepUnder(call, passkey.id, [prf, prf && (await passkeys.prf(passkey.id, salt))], seed);
}

/** Somebody may turn the second prompt away: then it is the words, and nothing is lost. */
async function outputOrNull(passkeys: Passkeys, passkeyId: string, salt: Bytes): Promise<Bytes | null> {
	return await passkeys.prf(passkeyId, salt).catch(() => null);
}

/**
 * Logs in, or unlocks after a reload: the same assertion does both.
 * @throws SeedLocked where this passkey opens no seed: logged in, but the words are needed
 */
export async function loginWithPasskey(call: Call, passkeys: Passkeys): Promise<Organizer> {
	const { passkey, prf } = await passkeys.get(await call('POST', '/api/desk/login/options', {}), await prfSalt());
	const session = v.parse(sessionAnswer, await call('POST', '/api/desk/login', { passkey }));
	if (session.wrappedSeed === null || prf === null) {
		throw new SeedLocked('This passkey logs you in, but cannot open your keys. Type your 24 words.');
	}
	// Some browsers give the same passkey another output than the one before did.
	const seed = await unwrapSeed(prf, session.wrappedSeed).catch(() => null);
	if (seed === null) {
		throw new SeedLocked(
			'This passkey logs you in, but in this browser it does not open your keys. Type your 24 words.',
		);
	}
	return known(session, await organizerKeys(seed), seed);
}

/** From the 24 words alone: on a new device, or where no passkey opens the seed. @throws Fault naming the wrong word */
export async function loginWithWords(call: Call, words: string | string[], origin: string): Promise<Organizer> {
	const seed = seedFromWords(words, 24);
	const secrets = await organizerKeys(seed);
	return known(await loginWithKey(call, secrets, origin), secrets, seed);
}

/** With the approval key itself. @throws Refused `sign-in-failed` where no organizer has it */
export async function loginWithKey(call: Call, secrets: OrganizerSecrets, origin: string): Promise<SessionAnswer> {
	const { challenge } = v.parse(wordsChallenge, await call('POST', '/api/desk/login/words/options', {}));
	const proof = frame('undersigned/login/1', utf8(origin), utf8(challenge));
	const authenticator = await signBytes(secrets.approval, proof);
	const session = await call('POST', '/api/desk/login/words', { key: secrets.key, challenge, authenticator });
	return v.parse(sessionAnswer, session);
}

/** One more passkey for this device: from the second request on it is made, whatever follows. @returns whether it opens the seed by itself; if not, see letPasskeyOpen */
export async function addPasskey(call: Call, passkeys: Passkeys, organizer: Organizer): Promise<boolean> {
	const options = await call('POST', '/api/desk/passkeys/options', {});
	const created = await passkeys.create(options, await prfSalt());
	await call('POST', '/api/desk/passkeys', { passkey: created.passkey });
	return keepSeed(call, passkeys, created, organizer.seed).catch(() => false);
}

export function wordsOf(organizer: Organizer): string[] {
	return wordsFromSeed(organizer.seed);
}

/** Tells the others that this organizer has the words written down; say it only after asking some of them back. */
export async function wordsChecked(call: Call): Promise<void> {
	await call('POST', '/api/desk/words-checked', {});
}

export async function logOut(call: Call): Promise<void> {
	await call('POST', '/api/desk/logout', {});
}

export async function readDesk(call: Call): Promise<DeskView> {
	return v.parse(deskView, await call('GET', '/api/desk'));
}

/** The server says whose session it is; whose key it is the seed says. */
export function known(session: SessionAnswer, secrets: OrganizerSecrets, seed: Bytes): Organizer {
	if (session.key !== secrets.key) throw new SeedLocked('These keys belong to another organizer.');
	return { id: session.organizer, letter: session.letter, name: session.name, key: secrets.key, secrets, seed };
}

/** Only where the host lets anyone start a letter. @returns an invitation to start one. @throws Refused `letters-by-invitation` */
export async function startLetter(call: Call): Promise<string> {
	return v.parse(invitationAnswer, await call('POST', '/api/desk/start', {})).invitation;
}
