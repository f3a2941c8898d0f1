/**
 * A new organizer: an invitation, a passkey, and an approval key that answers for itself. With an invitation to start
 * a letter the letter is made in the same transaction. Proven by test/server/organizer/enrol.test.ts.
 */
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import type * as v from 'valibot';
import type { enrolRequest } from '../../shared/api/desk.ts';
import { frame, fromB64u, utf8 } from '../../shared/bytes.ts';
import { Fault } from '../../shared/fault.ts';
import { verifyBytes } from '../../shared/keys.ts';
import { LIMITS } from '../../shared/limits.ts';
import { cleanName, holdsHidden } from '../../shared/statement.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { emptyDraft } from '../letter/draft.ts';
import { endFreeze } from '../letter/freeze-end.ts';
import { insertLetter, lockLetter } from '../letter/letter-store.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { getInvitation, invitationHash } from './invitation.ts';
import { takeInvitation } from './invitation-store.ts';
import { findOrganizerByKey, insertOrganizer, listOrganizers, type Organizer } from './organizer-store.ts';
import { verifyCreation } from './passkey.ts';
import { findPasskey, insertPasskey } from './passkey-store.ts';
import { openSession } from './session.ts';

export type EnrolRequest = v.InferOutput<typeof enrolRequest>;

export interface SignedIn {
	organizer: Organizer;
	passkeyId: string | null;
	wrappedSeed: string | null;
	/** For the cookie. */
	session: string;
}

/** As it will stand in the charter. @throws Problem `invalid-input` */
export function organizerName(typed: string): string {
	try {
		const name = cleanName(typed);
		if (holdsHidden(typed.trim()))
			throw new Fault('name-characters', 'name', 'This holds a character that cannot be seen. Type it again by hand.');
		if (name !== '' && utf8(name).length <= LIMITS.organizerName) return name;
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		throw new Problem('invalid-input', { field: 'name', detail: fault.message });
	}
	const detail = `Give the name that signers will read, at most ${LIMITS.organizerName} bytes long.`;
	throw new Problem('invalid-input', { field: 'name', detail });
}

/** @throws Problem `invitation-ended`, `challenge-ended`, `passkey-refused`, `authenticator-refused`, `invalid-input`, `wrong-state` */
export async function enrol(deps: Deps, request: EnrolRequest): Promise<SignedIn> {
	const now = deps.clock.now();
	const name = organizerName(request.name);
	const { letter } = await getInvitation(deps.db, request.invitation, now);
	const { passkey, challenge } = await verifyCreation(deps, request.passkey, 'enrol');
	await requireOwnKeys(request, challenge);
	return deps.db.transaction().execute(async (trx) => {
		const organizer = { id: id(), letter: letter ?? id(), name, key: request.key, sealing: request.sealing };
		// The letter is locked before the invitation is taken, in the order of everything else that touches both.
		if (letter !== null) await joinLetter(deps, trx, organizer);
		if (!(await takeInvitation(trx, await invitationHash(request.invitation), now))) {
			throw new Problem('invitation-ended');
		}
		if (letter === null) await insertLetter(trx, organizer.letter, JSON.stringify(emptyDraft));
		if (await findOrganizerByKey(trx, organizer.key)) throw new Problem('authenticator-refused', { field: 'key' });
		if (await findPasskey(trx, passkey.id)) throw new Problem('passkey-refused', { field: 'passkey' });
		await insertOrganizer(trx, organizer);
		await insertPasskey(trx, { ...passkey, organizer: organizer.id });
		const session = await openSession(trx, organizer.id, now);
		return { organizer, passkeyId: passkey.id, wrappedSeed: null, session };
	});
}

/** Who organizes is part of what is frozen, so another organizer ends a freeze. */
async function joinLetter(deps: Deps, trx: Transaction, { letter, key, sealing }: Organizer): Promise<void> {
	const { state } = await lockLetter(trx, letter);
	const others = await listOrganizers(trx, letter);
	if (state !== 'draft' || others.length >= LIMITS.organizers) throw new Problem('wrong-state');
	const taken = new Set(others.flatMap((other) => [other.key, other.sealing]));
	if (taken.has(key) || taken.has(sealing)) throw new Problem('authenticator-refused', { field: 'key' });
	await endFreeze(deps, trx, letter);
}

async function requireOwnKeys({ key, sealing, authenticator }: EnrolRequest, challenge: string): Promise<void> {
	const bytes = frame('undersigned/enrol/1', utf8(challenge), fromB64u(key, 32), fromB64u(sealing, 32));
	if (!(await verifyBytes(key, authenticator, bytes))) throw new Problem('authenticator-refused', { field: 'key' });
	if (key === sealing || !canSealTo(sealing)) throw new Problem('authenticator-refused', { field: 'sealing' });
}

/** A point of low order would make every signer's browser fail when it seals a share to this organizer (RFC 7748, section 6.1). */
function canSealTo(sealing: string): boolean {
	try {
		const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: sealing }, format: 'jwk' });
		diffieHellman({ privateKey: generateKeyPairSync('x25519').privateKey, publicKey });
		return true;
	} catch {
		return false;
	}
}
