import { verifyApproval } from '../../shared/approval.ts';
import type { Deps } from '../deps.ts';
import { insertApproval, listApprovals, removeApprovals } from '../letter/charter-store.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { transition } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { unstage } from '../press/request-stage.ts';
import { askForTick } from '../tick-store.ts';
import { deleteDeliveries } from './delivery-store.ts';
import type { Asking } from './opening.ts';
import { noteStop } from './release-changes.ts';
import {
	deleteDraft,
	deleteScheduled,
	findScheduledHash,
	setSchedule,
	spendStop,
	wasStoppedBy,
} from './release-store.ts';

/**
 * Takes a scheduled letter back to review. Each organizer's first stop acts alone; after it theirs needs another organizer's beside it, and
 * waits until that one comes. The attempt ends: its release, its draft and its approvals are gone, and the stop remembers its hash.
 * @returns where the letter stands: still `scheduled` while the stop waits
 * @throws Problem `wrong-state`, `authenticator-refused`
 */
export async function stopRelease(
	deps: Deps,
	organizer: Asking,
	authenticator: string,
): Promise<'review' | 'scheduled'> {
	const { id, letter } = organizer;
	const { charter, root } = await standingChain(deps.db, letter);
	const approval = { organizer: id, authenticator };
	return await deps.db.transaction().execute(async (trx) => {
		const row = await lockLetter(trx, letter);
		const releaseHash = row.state === 'scheduled' ? await findScheduledHash(trx, letter) : null;
		if (releaseHash === null) {
			if (row.state === 'review' && (await wasStoppedBy(trx, letter, approval))) return 'review';
			throw new Problem('wrong-state');
		}
		if (!(await verifyApproval(charter.organizers, approval, 'stop', root, releaseHash))) {
			throw new Problem('authenticator-refused');
		}
		const stop = { letter, kind: 'stop', subject: releaseHash } as const;
		await insertApproval(trx, stop, approval);
		const together = (await listApprovals(trx, stop)).length >= 2;
		if (!together && !(await spendStop(trx, id))) return 'scheduled';
		await noteStop(trx, organizer, releaseHash);
		await deleteScheduled(trx, letter);
		await deleteDraft(trx, letter);
		await deleteDeliveries(trx, letter);
		await removeApprovals(trx, letter, ['release']);
		await setSchedule(trx, letter, null);
		await unstage(trx, letter);
		// Under the host secret the dead row would still say who was about to be public.
		await askForTick(trx);
		await transition(trx, letter, 'scheduled', 'review');
		return 'review';
	});
}
