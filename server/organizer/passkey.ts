/**
 * WebAuthn (Level 3): passkeys that live on the authenticator, verify the person, and attest nothing about the device.
 * Of what a browser posts only the fields named here are read; a PRF result that was not stripped is dropped unseen.
 * Proven by test/server/organizer/passkey.test.ts.
 */
import type { verifyRegistrationResponse } from '@simplewebauthn/server';
import * as v from 'valibot';
import type { Deps } from '../deps.ts';
import { Problem } from '../platform/errors.ts';
import type { Passkey, PasskeyOfOrganizer } from './passkey-store.ts';
import { insertChallenge, takeChallenge } from './session-store.ts';

/** Three hundred modules, a fifth of what a start would load, and nobody who signs or reads needs one of them: loaded when an organizer comes. */
const webauthn = () => import('@simplewebauthn/server');

const fiveMinutes = 5 * 60_000;
/** COSE: EdDSA, ES256, RS256. */
const algorithms = [-8, -7, -257];

const encoded = (limit: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(limit));
const passkeyId = encoded(1_400);

const creationShape = v.object({
	id: passkeyId,
	rawId: passkeyId,
	type: v.literal('public-key'),
	response: v.object({
		clientDataJSON: encoded(8_000),
		attestationObject: encoded(64_000),
		transports: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/))), v.maxLength(10)), []),
	}),
});

const requestShape = v.object({
	id: passkeyId,
	rawId: passkeyId,
	type: v.literal('public-key'),
	response: v.object({
		clientDataJSON: encoded(8_000),
		authenticatorData: encoded(8_000),
		signature: encoded(2_000),
	}),
});

/** What a challenge is good for: one given to enrol does not log anybody in. */
export type ChallengePurpose = 'enrol' | 'login' | 'words' | `passkey ${string}`;

/** Once, within five minutes, for one purpose. */
export async function keepChallenge(deps: Deps, challenge: string, purpose: ChallengePurpose): Promise<void> {
	await insertChallenge(deps.db, challenge, purpose, new Date(deps.clock.now().getTime() + fiveMinutes));
}

/** @throws Problem `challenge-ended` */
export async function spendChallenge(deps: Deps, challenge: string, purpose: ChallengePurpose): Promise<void> {
	const good = await takeChallenge(deps.db, challenge, purpose, deps.clock.now());
	if (!good) throw new Problem('challenge-ended');
}

const rpId = (deps: Deps): string => new URL(deps.config.origin).hostname;

export interface NewPasskey {
	/** Shown by the browser when it asks which passkey to use. */
	name: string;
	/** Passkeys that this person has already. */
	exclude?: string[];
	purpose: ChallengePurpose;
}

/** The browser adds its own PRF salt; the server neither sends nor sees one. */
export async function creationOptions(deps: Deps, { name, exclude = [], purpose }: NewPasskey) {
	const { generateRegistrationOptions } = await webauthn();
	const options = await generateRegistrationOptions({
		rpName: rpId(deps),
		rpID: rpId(deps),
		userName: name,
		userDisplayName: name,
		timeout: fiveMinutes,
		attestationType: 'none',
		excludeCredentials: exclude.map((id) => ({ id })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		supportedAlgorithmIDs: algorithms,
	});
	await keepChallenge(deps, options.challenge, purpose);
	return options;
}

/** @throws Problem `passkey-refused`, `challenge-ended`. @returns the passkey, and the challenge that it answered */
export async function verifyCreation(deps: Deps, posted: unknown, purpose: ChallengePurpose) {
	const read = v.safeParse(creationShape, posted);
	if (!read.success) throw new Problem('passkey-refused', { field: 'passkey' });
	let answered = '';
	const library = await webauthn();
	const verified = await refusing(
		library.verifyRegistrationResponse({
			response: { ...read.output, clientExtensionResults: {} } as Parameters<
				typeof verifyRegistrationResponse
			>[0]['response'],
			expectedChallenge: async (challenge) => {
				await spendChallenge(deps, challenge, purpose);
				answered = challenge;
				return true;
			},
			expectedOrigin: deps.config.origin,
			expectedRPID: rpId(deps),
			requireUserVerification: true,
			supportedAlgorithmIDs: algorithms,
		}),
	);
	if (!verified.verified) throw new Problem('passkey-refused', { field: 'passkey' });
	const { id, publicKey, counter } = verified.registrationInfo.credential;
	const passkey: Omit<Passkey, 'organizer'> = { id, publicKey, counter, transports: read.output.response.transports };
	return { passkey, challenge: answered };
}

/** No list of passkeys: whoever asks does not learn who organizes here. */
export async function requestOptions(deps: Deps) {
	const { generateAuthenticationOptions } = await webauthn();
	const options = await generateAuthenticationOptions({
		rpID: rpId(deps),
		timeout: fiveMinutes,
		userVerification: 'required',
	});
	await keepChallenge(deps, options.challenge, 'login');
	return options;
}

/** The id that is claimed; nothing is verified yet. @throws Problem `passkey-refused` */
export function claimedPasskey(posted: unknown) {
	const read = v.safeParse(requestShape, posted);
	if (!read.success) throw new Problem('passkey-refused', { field: 'passkey' });
	return read.output;
}

/** @throws Problem `sign-in-failed`, `challenge-ended`. @returns the passkey's new counter */
export async function verifyRequest(
	deps: Deps,
	claimed: ReturnType<typeof claimedPasskey>,
	passkey: PasskeyOfOrganizer,
): Promise<number> {
	const { id, publicKey, counter } = passkey;
	const library = await webauthn();
	const verified = await refusing(
		library.verifyAuthenticationResponse({
			response: { ...claimed, clientExtensionResults: {} },
			expectedChallenge: async (challenge) => {
				await spendChallenge(deps, challenge, 'login');
				return true;
			},
			expectedOrigin: deps.config.origin,
			expectedRPID: rpId(deps),
			credential: { id, publicKey: new Uint8Array(publicKey), counter },
			requireUserVerification: true,
		}),
	);
	if (!verified.verified) throw new Problem('sign-in-failed');
	return verified.authenticationInfo.newCounter;
}

/** What the library throws names what was expected and received; whoever asks learns that it was refused. */
async function refusing<T>(verifying: Promise<T>): Promise<T> {
	try {
		return await verifying;
	} catch (failure) {
		if (failure instanceof Problem) throw failure;
		throw new Problem('passkey-refused', { field: 'passkey' });
	}
}
