import type { Approval } from '../../shared/approval.ts';
import type { Chain } from '../../shared/chain.ts';
import { type Charter, readCharter } from '../../shared/charter.ts';
import type { Db } from '../database.ts';
import { Problem } from '../platform/errors.ts';
import { type CharterRow, listApprovals, listCharters } from './charter-store.ts';

/** What is in force: the charters that were approved, with exactly the approvals that made them stand. */
export interface StandingChain {
	chain: Chain;
	/** Fingerprint of the first charter, b64u. */
	root: string;
	/** The last charter, and its fingerprint. */
	charter: Charter;
	fingerprint: string;
	/** Hash of the text document in force. */
	textHash: string;
}

/** @returns null before the letter is open, and once it is erased */
export async function findStandingChain(db: Db, letter: string): Promise<StandingChain | null> {
	const rows = (await listCharters(db, letter)).filter((row) => row.standing);
	const [first, last] = [rows[0], rows.at(-1)];
	if (!first || !last) return null;
	const charter = readCharter(last.charter);
	const chain = await chainOf(db, letter, rows);
	return { chain, root: first.fingerprint, charter, fingerprint: last.fingerprint, textHash: charter.text };
}

/** @throws Problem `not-found` */
export async function standingChain(db: Db, letter: string): Promise<StandingChain> {
	const found = await findStandingChain(db, letter);
	if (!found) throw new Problem('not-found');
	return found;
}

/** These charters, in their order, with the approvals that there are, in the order of the charter's organizers: always the same bytes. */
export async function chainOf(db: Db, letter: string, rows: readonly CharterRow[]): Promise<Chain> {
	const approvals: Approval[][] = [];
	for (const row of rows) {
		const kind = row.number === 1 ? 'charter' : 'amendment';
		const given = await listApprovals(db, { letter, kind, subject: row.fingerprint });
		const order = readCharter(row.charter).organizers.map(({ id }) => id);
		approvals.push(given.toSorted((a, b) => order.indexOf(a.organizer) - order.indexOf(b.organizer)));
	}
	return {
		charters: rows.map((row) => row.charter),
		approvals,
		texts: [...new Set(rows.map((row) => row.textDocument))],
	};
}
