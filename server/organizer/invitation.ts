/** One-time invitations: to start a letter, or to organize one together. Kept as hashes; good for seven days. */
import { b64u, hash, randomBytes, utf8 } from '../../shared/bytes.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { readDraft } from '../letter/draft.ts';
import { getLetter, lockLetter } from '../letter/letter-store.ts';
import { requireState } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import {
	findInvitation,
	type Invitation,
	insertInvitation,
	listInvitations,
	removeStartInvitations,
} from './invitation-store.ts';
import { anyOrganizer, listOrganizers, type Organizer } from './organizer-store.ts';

const sevenDays = 7 * 24 * 3_600_000;

/** What the host prints while there is no organizer at all; each start makes a new one and ends the one before. */
const setUpNote = 'set-up';

export const invitationHash = (invitation: string): Promise<Uint8Array> =>
	hash('undersigned/invitation/1', utf8(invitation));

type NewInvitation = Pick<Invitation, 'letter' | 'note'>;

/** @returns the invitation, b64u of 32 bytes: told this once */
async function newInvitation(db: Db, now: Date, { letter, note }: NewInvitation): Promise<string> {
	const invitation = b64u(randomBytes(32));
	const expiresAt = new Date(now.getTime() + sevenDays);
	await insertInvitation(db, await invitationHash(invitation), { id: id(), letter, note, expiresAt });
	return invitation;
}

/** @param note who made it: told to nobody, and neither a name nor an address */
export function startInvitation(deps: Pick<Deps, 'db' | 'clock'>, note: 'anyone' | 'command'): Promise<string> {
	return newInvitation(deps.db, deps.clock.now(), { letter: null, note });
}

export const startLink = (origin: string, invitation: string): string => `${origin}/desk#start=${invitation}`;

/** The invitation behind the set-up link, or null once there is an organizer. Proven by test/server/organizer/set-up.test.ts. */
export async function setupInvitation(deps: Pick<Deps, 'db' | 'clock'>): Promise<string | null> {
	await removeStartInvitations(deps.db, setUpNote);
	if (await anyOrganizer(deps.db)) return null;
	return newInvitation(deps.db, deps.clock.now(), { letter: null, note: setUpNote });
}

/** What the server prints at its start, as long as nobody organizes anything on it. */
export async function setUpLine(deps: Deps): Promise<string[]> {
	const invitation = await setupInvitation(deps);
	return invitation ? [`Start the first letter: ${startLink(deps.config.origin, invitation)}`] : [];
}

/** @throws Problem `wrong-state` once the letter is no draft, `too-many-requests` with more open invitations than a letter has seats */
export async function inviteOrganizer(deps: Deps, organizer: Organizer, note: string): Promise<string> {
	const now = deps.clock.now();
	return deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, organizer.letter), 'draft');
		const open = await listInvitations(trx, organizer.letter, now);
		if (open.length >= LIMITS.organizers) {
			const detail = `${LIMITS.organizers} invitations are open already. Take one back first, or wait until one is used or has ended.`;
			throw new Problem('too-many-requests', { detail });
		}
		return newInvitation(trx, now, { letter: organizer.letter, note });
	});
}

/** What somebody who was handed an invitation may know before using it. @throws Problem `invitation-ended` */
export async function lookAtInvitation(deps: Deps, invitation: string) {
	const { letter } = await getInvitation(deps.db, invitation, deps.clock.now());
	if (letter === null) return { letter: null };
	const organizers = await listOrganizers(deps.db, letter);
	const { title } = readDraft(await getLetter(deps.db, letter));
	return { letter: { title, organizers: organizers.map(({ name }) => name) } };
}

/** @throws Problem `invitation-ended` */
export async function getInvitation(db: Db, invitation: string, now: Date): Promise<Invitation> {
	const found = await findInvitation(db, await invitationHash(invitation), now);
	if (!found) throw new Problem('invitation-ended');
	return found;
}
