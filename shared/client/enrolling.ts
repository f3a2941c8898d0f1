/** A new organizer: an invitation becomes a passkey, keys and a seat. See organizer.ts for all that comes after. */
import * as v from 'valibot';
import { sessionAnswer } from '../api/desk.ts';
import { type Bytes, frame, fromB64u, randomBytes, utf8 } from '../bytes.ts';
import { type OrganizerSecrets, organizerKeys, signBytes } from '../keys.ts';
import { wordsFromSeed } from '../words.ts';
import { type Call, callOf, Refused } from './call.ts';
import {
	challenged,
	keepSeed,
	known,
	loginWithKey,
	type Organizer,
	type PasskeyAnswer,
	type Passkeys,
	prfSalt,
} from './organizer.ts';

/** `wrapped`: the passkey opens the desk by itself. If not, the 24 words are asked for each time. */
export type Enrolled = { organizer: Organizer; words: string[]; wrapped: boolean };

type Created = PasskeyAnswer & { enabled: boolean };

/** Makes passkey, seed and keys here; nothing is spent yet. @throws Refused, Unanswered, whatever the authenticator throws */
export async function beginEnrolment(
	call: Call,
	passkeys: Passkeys,
	who: { invitation: string; name: string },
	seed: Bytes = randomBytes(32),
): Promise<Enrolment> {
	const options = await call('POST', '/api/desk/enrol/options', who);
	const { challenge } = v.parse(challenged, options);
	const created = await passkeys.create(options, await prfSalt());
	const secrets = await organizerKeys(seed);
	const keys = [fromB64u(secrets.key, 32), fromB64u(secrets.sealingPublic, 32)];
	const body = {
		...who,
		passkey: created.passkey,
		key: secrets.key,
		sealing: secrets.sealingPublic,
		authenticator: await signBytes(secrets.approval, frame('undersigned/enrol/1', utf8(challenge), ...keys)),
	};
	return new Enrolment({ call, passkeys, created, secrets, seed, body });
}

type Begun = {
	call: Call;
	passkeys: Passkeys;
	created: Created;
	secrets: OrganizerSecrets;
	seed: Bytes;
	body: Record<string, unknown>;
};

/** One that was begun. It is kept until an answer came: seed and keys are nowhere else. */
export class Enrolment {
	readonly #begun: Begun;

	constructor(begun: Begun) {
		this.#begun = begun;
	}

	/** Spends the invitation; the public halves go along, signed together with the server's challenge. @throws Refused; Unanswered: go on with again() */
	async finish(): Promise<Enrolled> {
		return this.#seated(await this.#send());
	}

	/**
	 * After an answer that did not come. If the first request arrived all the same, the invitation is spent, and the key logs in that was made for it: nobody else
	 * has that. Proven by test/server/organizer/enrol.test.ts.
	 * @throws Refused, Unanswered
	 */
	async again(origin: string): Promise<Enrolled> {
		const { call, secrets } = this.#begun;
		try {
			return await this.finish();
		} catch (failure) {
			const spent =
				failure instanceof Refused && (failure.code === 'invitation-ended' || failure.code === 'challenge-ended');
			if (!spent) throw failure;
			const session = await loginWithKey(call, secrets, origin).catch((refused: unknown) => {
				throw refused instanceof Refused && refused.code === 'sign-in-failed' ? failure : refused;
			});
			return this.#seated(session);
		}
	}

	async #send(): Promise<unknown> {
		const { call, body } = this.#begun;
		return call('POST', '/api/desk/enrol', body);
	}

	/** The invitation is spent by now. Whatever fails from here on, the words must be shown: there is no second chance to. */
	async #seated(session: unknown): Promise<Enrolled> {
		const { call, passkeys, created, secrets, seed } = this.#begun;
		const organizer = known(v.parse(sessionAnswer, session), secrets, seed);
		const wrapped = await keepSeed(callOf(call, organizer.id), passkeys, created, seed).catch(() => false);
		return { organizer, words: wordsFromSeed(seed), wrapped };
	}
}

/** The whole of it, where nobody tries again. */
export async function enrol(
	call: Call,
	passkeys: Passkeys,
	who: { invitation: string; name: string },
	seed?: Bytes,
): Promise<Enrolled> {
	return (await beginEnrolment(call, passkeys, who, seed)).finish();
}
