/** Amendments: a new text (everybody signs again), another closing time, other headcounts. Proven by test/server/letter/amendment.test.ts. */
import { verifyApproval } from '../../shared/approval.ts';
import { checkChain, requireSuccessor } from '../../shared/chain.ts';
import {
	type Charter,
	checkCharter,
	fingerprint,
	readCharter,
	readTextDocument,
	textHash,
} from '../../shared/charter.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { markdownFault } from '../../shared/markdown.ts';
import { leavesTimeToRelease } from '../../shared/time-to-release.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { insertChange } from '../release/release-change-store.ts';
import type { CharterApproval } from './approve-charter.ts';
import {
	type CharterRow,
	insertApproval,
	insertCharter,
	listApprovals,
	listCharters,
	makeStanding,
	removeApprovals,
	removeUnapproved,
} from './charter-store.ts';
import { lockLetter, setLetter } from './letter-store.ts';
import { chainOf, type StandingChain, standingChain } from './standing-chain.ts';
import { requireState } from './transitions.ts';

export interface Proposal {
	/** The new charter and the text document that it names, as they were approved. */
	charter: string;
	text: string;
	authenticator: string;
}

export interface AmendmentAnswer {
	fingerprint: string;
	/** Whether it stands now. */
	applied: boolean;
}

/**
 * Proposes an amendment, approved by who proposes it. There is one at a time; the same proposal again is an approval.
 * @throws Problem `invalid-input` with what is wrong, `amendment-pending`, `authenticator-refused`, `wrong-state`
 */
export async function propose(deps: Deps, by: Organizer, proposal: Proposal): Promise<AmendmentAnswer> {
	const print = await fingerprint(proposal.charter);
	const approval = { fingerprint: print, authenticator: proposal.authenticator };
	return deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		requireState(letter, 'open');
		const rows = await listCharters(trx, letter.id);
		if (rows.some((row) => row.fingerprint === print)) return approve(deps, trx, by, approval);
		if (rows.some((row) => !row.standing)) throw new Problem('amendment-pending');
		if (rows.length >= LIMITS.charters) {
			refuse(
				'charter',
				`A letter has at most ${LIMITS.charters} charters: it was amended too often to be amended again.`,
			);
		}
		const standing = await standingChain(trx, letter.id);
		await checkProposal(standing, proposal, deps.clock.now());
		const documents = { charter: proposal.charter, textDocument: proposal.text };
		await insertCharter(trx, letter.id, { number: rows.length + 1, fingerprint: print, ...documents });
		return approve(deps, trx, by, approval);
	});
}

/** With the M-th the amendment stands. @throws Problem `charter-changed`, `authenticator-refused`, `charter-outdated`, `wrong-state` */
export async function approveAmendment(deps: Deps, by: Organizer, given: CharterApproval): Promise<AmendmentAnswer> {
	return deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'open');
		return approve(deps, trx, by, given);
	});
}

/**
 * Any organizer can take a proposal off the table, the very one that they were shown; whose others had approved, everybody sees who did it.
 * Nothing where none is proposed: the answer of before may have been lost. @throws Problem `charter-changed`, `wrong-state`
 */
export async function discardAmendment(deps: Deps, by: Organizer, fingerprint: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'open');
		await requireNotSuspended(trx, by.id);
		const rows = await listCharters(trx, by.letter);
		const proposed = rows.find(({ standing }) => !standing);
		const stands = rows.some((row) => row.standing && row.fingerprint === fingerprint);
		if (stands || (proposed && proposed.fingerprint !== fingerprint)) throw new Problem('charter-changed');
		if (!proposed) return;
		const approvals = await listApprovals(trx, { letter: by.letter, kind: 'amendment', subject: fingerprint });
		const approved = approvals.filter(({ organizer }) => organizer !== by.id).length;
		if (approved > 0) await insertChange(trx, by.letter, { organizer: by.id, what: 'amendment-dropped', approved });
		await removeUnapproved(trx, by.letter);
	});
}

async function approve(deps: Deps, trx: Transaction, by: Organizer, given: CharterApproval): Promise<AmendmentAnswer> {
	const { fingerprint, authenticator } = given;
	const rows = await listCharters(trx, by.letter);
	const row = rows.find((one) => one.fingerprint === fingerprint && one.number > 1);
	if (!row) throw new Problem('charter-changed');
	if (row.standing) return { fingerprint, applied: true };
	const { charter, root } = await standingChain(trx, by.letter);
	const approval = { organizer: by.id, authenticator };
	if (!(await verifyApproval(charter.organizers, approval, 'amendment', root, fingerprint))) {
		throw new Problem('authenticator-refused', { field: 'authenticator' });
	}
	const of = { letter: by.letter, kind: 'amendment' as const, subject: fingerprint };
	await insertApproval(trx, of, approval);
	if ((await listApprovals(trx, of)).length < charter.threshold) return { fingerprint, applied: false };
	await apply(deps, trx, rows, row);
	return { fingerprint, applied: true };
}

/** Signatures on an earlier text stay where they are, and count no more until they are renewed. */
async function apply(deps: Deps, trx: Transaction, rows: readonly CharterRow[], row: CharterRow): Promise<void> {
	const charter = readCharter(row.charter);
	const closesAt = new Date(charter.closesAt);
	if (closesAt <= deps.clock.now()) throw new Problem('charter-outdated');
	await checkChain(rows[0]?.fingerprint ?? null, await chainOf(trx, charter.letter, rows));
	await makeStanding(trx, charter.letter, row.fingerprint);
	await setLetter(trx, charter.letter, { closes_at: closesAt });
	// Approved over the charter before: they can never act any more.
	await removeApprovals(trx, charter.letter, ['close', 'abandon']);
}

async function checkProposal(standing: StandingChain, { charter, text }: Proposal, now: Date): Promise<void> {
	try {
		const proposed = readCharter(charter);
		checkCharter(proposed);
		requireSuccessor(proposed, standing.chain.charters.map(readCharter), standing.fingerprint);
		const read = readTextDocument(text);
		// A text that stands was checked by the rules of its day: other terms leave it as it is.
		for (const written of proposed.text === standing.textHash ? [] : [read, ...read.translations]) {
			const wrong = markdownFault(written.text, written.references);
			if (wrong) refuse('text', wrong);
		}
		if ((await textHash(text)) !== proposed.text) refuse('text', 'This is not the text that the charter names.');
		requireChange(standing.charter, proposed);
		if (new Date(proposed.closesAt) <= now) refuse('closesAt', 'This lies in the past.');
		// An earlier one only gives time, also to a letter that was opened with too little.
		const later = proposed.closesAt > standing.charter.closesAt;
		if (later && !leavesTimeToRelease(proposed)) {
			const detail = `This leaves fewer than ${LIMITS.daysToRelease} days after last call to open the names, check them and release, before everything is erased. Choose an earlier time.`;
			refuse('closesAt', detail);
		}
	} catch (fault) {
		if (fault instanceof Fault) refuse(fault.place, fault.message);
		throw fault;
	}
}

function requireChange(before: Charter, after: Charter): void {
	const changeable = ({ text, closesAt, headcounts }: Charter) => JSON.stringify([text, closesAt, headcounts]);
	if (changeable(before) === changeable(after)) refuse('charter', 'This changes nothing.');
}

function refuse(field: string, detail: string): never {
	throw new Problem('invalid-input', { field, detail });
}
