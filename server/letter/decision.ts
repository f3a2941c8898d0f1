/** What M organizers decide: to close early, or to give the letter up. Proven by test/server/letter/decision.test.ts. */
import type * as v from 'valibot';
import type { decisionRequest } from '../../shared/api/desk.ts';
import type { LetterState } from '../../shared/api/signing.ts';
import { type Approval, abandonSubject, closeSubject, verifyApproval } from '../../shared/approval.ts';
import { type Charter, readCharter } from '../../shared/charter.ts';
import { destroyKeys } from '../credential/keyring.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { abandonLetter } from './abandon.ts';
import { insertApproval, listApprovals, listCharters, removeApproval } from './charter-store.ts';
import { closeLetter } from './closing.ts';
import { type LetterRow, lockLetter } from './letter-store.ts';
import { requireState } from './transitions.ts';

export type Decision = v.InferOutput<typeof decisionRequest>;
export type DecisionKind = Decision['kind'];

const subjects = { close: closeSubject, abandon: abandonSubject };

/** In which states each can be decided. A draft can be abandoned together once it is frozen; before, its organizers leave. */
const states: Record<DecisionKind, LetterState[]> = {
	close: ['open'],
	abandon: ['draft', 'open', 'review', 'scheduled'],
};

/**
 * One organizer's approval; the M-th acts. The same approval again gets the same answer.
 * @throws Problem `wrong-state`, `charter-changed`, `authenticator-refused`
 */
export async function decide(deps: Deps, by: Organizer, decision: Decision): Promise<LetterState> {
	const { kind, subject, authenticator } = decision;
	const state = await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		const { charter, root, subject: expected } = await decidable(trx, letter, kind);
		const of = { letter: letter.id, kind, subject };
		const before = (await listApprovals(trx, of)).find(({ organizer }) => organizer === by.id);
		if (before?.authenticator === authenticator) return letter.state;
		requireState(letter, ...states[kind]);
		if (subject !== expected) throw new Problem('charter-changed');
		const approval = { organizer: by.id, authenticator };
		if (!(await verifyApproval(charter.organizers, approval, kind, root, subject))) {
			throw new Problem('authenticator-refused', { field: 'authenticator' });
		}
		await insertApproval(trx, of, approval);
		if ((await listApprovals(trx, of)).length < charter.threshold) return letter.state;
		if (kind === 'close') await closeLetter(deps, trx, letter);
		else await abandonLetter(trx, letter);
		return kind === 'close' ? 'review' : 'abandoned';
	});
	if (state === 'review' || state === 'abandoned') await destroyKeys(deps, by.letter);
	return state;
}

/** Takes one's own approval back, as long as it has not acted. @throws Problem `wrong-state` */
export async function takeDecisionBack(deps: Deps, by: Organizer, kind: DecisionKind): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		requireState(letter, ...states[kind]);
		const { subject } = await decidable(trx, letter, kind);
		await removeApproval(trx, { letter: letter.id, kind, subject }, by.id);
	});
}

export interface DecisionOnDesk {
	kind: DecisionKind;
	approvals: Approval[];
}

/** Those with an approval or more that still counts: an amendment ends what was approved over the charter before it. */
export async function readDecisions(db: Db, letter: LetterRow): Promise<DecisionOnDesk[]> {
	const found: DecisionOnDesk[] = [];
	for (const kind of ['close', 'abandon'] as const) {
		if (!states[kind].includes(letter.state)) continue;
		const over = await charterInHand(db, letter);
		if (!over) continue;
		const subject = await subjects[kind](over.fingerprint);
		const approvals = await listApprovals(db, { letter: letter.id, kind, subject });
		if (approvals.length > 0) found.push({ kind, approvals });
	}
	return found;
}

interface CharterInHand {
	charter: Charter;
	fingerprint: string;
	root: string;
}

/** The last standing charter; of a draft the frozen one, which is its own root. */
async function charterInHand(db: Db, letter: LetterRow): Promise<CharterInHand | undefined> {
	const rows = await listCharters(db, letter.id);
	const row = letter.state === 'draft' ? rows[0] : rows.filter(({ standing }) => standing).at(-1);
	const root = rows[0]?.fingerprint;
	return row && root ? { charter: readCharter(row.charter), fingerprint: row.fingerprint, root } : undefined;
}

async function decidable(db: Db, letter: LetterRow, kind: DecisionKind) {
	const over = await charterInHand(db, letter);
	if (!over) throw new Problem('wrong-state');
	return { ...over, subject: await subjects[kind](over.fingerprint) };
}
