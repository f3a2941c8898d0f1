/**
 * M organizers close the desk of another one, or open it again; one who cannot go on closes their own. Keys and shares stay what they are:
 * the charter names them. Proven by test/server/letter/suspension.test.ts.
 */

import type { LetterState } from '../../shared/api/signing.ts';
import type { Suspension, SuspensionRequest } from '../../shared/api/suspension.ts';
import { type Approval, suspendSubject, verifyApproval } from '../../shared/approval.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { endSessions, listSuspensions, saveSuspension } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { insertApproval, listApprovals, removeApproval } from './charter-store.ts';
import { type LetterRow, lockLetter } from './letter-store.ts';
import { dropPending } from './pending-approvals.ts';
import { findStandingChain, standingChain } from './standing-chain.ts';
import { requireState } from './transitions.ts';

/** While a charter stands. In a draft organizers are left out instead. */
const STATES: LetterState[] = ['open', 'review', 'scheduled', 'released'];

/**
 * One organizer's approval; with the M-th it is decided, and with one's own alone when one leaves. The same again gets the same answer.
 * @returns whether that organizer is suspended now
 * @throws Problem `wrong-state`, `not-found`, `suspension-changed`, `authenticator-refused`
 */
export async function suspend(deps: Deps, by: Organizer, request: SuspensionRequest): Promise<boolean> {
	const { organizer, turn, authenticator } = request;
	return deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		requireState(letter, ...STATES);
		const { charter, root } = await standingChain(trx, letter.id);
		if (!charter.organizers.some(({ id }) => id === organizer)) throw new Problem('not-found');
		const last = (await listSuspensions(trx, letter.id)).find((row) => row.organizer === organizer);
		const [decided, suspended] = [last?.turn ?? 0, last?.suspended ?? false];
		const subject = await suspendSubject(root, organizer, turn);
		const approval = { organizer: by.id, authenticator };
		if (!(await verifyApproval(charter.organizers, approval, 'suspend', root, subject))) {
			throw new Problem('authenticator-refused', { field: 'authenticator' });
		}
		if (turn === decided) return suspended;
		if (turn !== decided + 1) throw new Problem('suspension-changed');
		const of = { letter: letter.id, kind: 'suspend', subject } as const;
		await insertApproval(trx, of, approval);
		if (!isDecided(organizer, await listApprovals(trx, of), charter.threshold)) return suspended;
		await saveSuspension(trx, letter.id, { organizer, turn, suspended: !suspended });
		if (!suspended) {
			await endSessions(trx, organizer);
			await dropPending(trx, letter, organizer);
		}
		return !suspended;
	});
}

/** Who is suspended has no session, so what comes from them is their own leaving. */
function isDecided(about: string, approvals: readonly Approval[], threshold: number): boolean {
	if (approvals.some(({ organizer }) => organizer === about)) return true;
	return approvals.length >= threshold;
}

/** Takes one's own approval back, as long as it has not acted. @throws Problem `wrong-state` */
export async function takeSuspensionBack(deps: Deps, by: Organizer, organizer: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		requireState(letter, ...STATES);
		const { root } = await standingChain(trx, letter.id);
		const last = (await listSuspensions(trx, letter.id)).find((row) => row.organizer === organizer);
		const subject = await suspendSubject(root, organizer, (last?.turn ?? 0) + 1);
		await removeApproval(trx, { letter: letter.id, kind: 'suspend', subject }, by.id);
	});
}

/** For the desk: organizers about whom something was decided or is proposed. */
export async function readSuspensions(db: Db, letter: Pick<LetterRow, 'id' | 'state'>): Promise<Suspension[]> {
	if (!STATES.includes(letter.state)) return [];
	const stands = await findStandingChain(db, letter.id);
	if (!stands) return [];
	const rows = await listSuspensions(db, letter.id);
	const approvalsOf = async (organizer: string, turn: number) =>
		listApprovals(db, {
			letter: letter.id,
			kind: 'suspend',
			subject: await suspendSubject(stands.root, organizer, turn),
		});
	const found: Suspension[] = [];
	for (const { id } of stands.charter.organizers) {
		const row = rows.find(({ organizer }) => organizer === id);
		const approvals = await approvalsOf(id, (row?.turn ?? 0) + 1);
		if (!row && approvals.length === 0) continue;
		const suspended = row?.suspended ?? false;
		const left = suspended && (await approvalsOf(id, row?.turn ?? 0)).some(({ organizer }) => organizer === id);
		found.push({ organizer: id, suspended, left, next: (row?.turn ?? 0) + 1, approvals });
	}
	return found;
}
