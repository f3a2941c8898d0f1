import type { LetterState } from '../../shared/api/signing.ts';
import { verifyApproval } from '../../shared/approval.ts';
import { checkChain } from '../../shared/chain.ts';
import { type Charter, readCharter } from '../../shared/charter.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { deleteTestMails } from '../employment/test-mail-store.ts';
import { removeInvitationsOf } from '../organizer/invitation-store.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { removeTestNames } from '../organizer/test-name-store.ts';
import { Problem } from '../platform/errors.ts';
import { askForTick } from '../tick-store.ts';
import { keysFit } from './charter-keys.ts';
import { type CharterRow, insertApproval, listApprovals, listCharters, makeStanding } from './charter-store.ts';
import { removeDraftVersions } from './draft-version-store.ts';
import { lockLetter, setLetter } from './letter-store.ts';
import { chainOf } from './standing-chain.ts';
import { requireState, transition } from './transitions.ts';

export interface CharterApproval {
	/** Of the charter that the organizer compared and approves, b64u. */
	fingerprint: string;
	authenticator: string;
}

/**
 * One organizer's approval of the frozen charter; with the last of all N the letter is open. The same approval again gets the same answer.
 * @throws Problem `charter-changed`, `authenticator-refused`, `charter-outdated`, `wrong-state`
 */
export async function approveCharter(deps: Deps, by: Organizer, given: CharterApproval): Promise<LetterState> {
	return deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		const of = { letter: letter.id, kind: 'charter' as const, subject: given.fingerprint };
		if (letter.root === given.fingerprint && letter.state !== 'abandoned') {
			const mine = (await listApprovals(trx, of)).find(({ organizer }) => organizer === by.id);
			if (mine?.authenticator === given.authenticator) return letter.state;
		}
		requireState(letter, 'draft');
		const frozen = (await listCharters(trx, letter.id)).find((row) => !row.standing);
		if (frozen?.fingerprint !== given.fingerprint) throw new Problem('charter-changed');
		const charter = readCharter(frozen.charter);
		const approval = { organizer: by.id, authenticator: given.authenticator };
		const good = await verifyApproval(charter.organizers, approval, 'charter', given.fingerprint, given.fingerprint);
		if (!good) throw new Problem('authenticator-refused', { field: 'authenticator' });
		await insertApproval(trx, of, approval);
		if ((await listApprovals(trx, of)).length < charter.organizers.length) return 'draft';
		await open(deps, trx, charter, frozen);
		return 'open';
	});
}

/** From here on the charter stands: nothing of it changes but by an amendment. */
async function open(deps: Deps, trx: Transaction, charter: Charter, row: CharterRow): Promise<void> {
	const closesAt = new Date(charter.closesAt);
	if (closesAt <= deps.clock.now() || !(await keysFit(deps, charter))) throw new Problem('charter-outdated');
	// What signers' browsers will check is checked here first.
	await checkChain(row.fingerprint, await chainOf(trx, charter.letter, [row]));
	await makeStanding(trx, charter.letter, row.fingerprint);
	await transition(trx, charter.letter, 'draft', 'open');
	const times = { closes_at: closesAt, expires_on: new Date(charter.expiresOn) };
	await setLetter(trx, charter.letter, { root: row.fingerprint, ...times });
	await removeInvitationsOf(trx, charter.letter);
	await removeDraftVersions(trx, charter.letter);
	// Tried and done; of test mails not even a keyed hash stays beside signatures, the dead rows gone with the next tick.
	await removeTestNames(trx, charter.letter);
	await deleteTestMails(trx, charter.letter);
	await askForTick(trx);
}
