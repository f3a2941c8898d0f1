import type { SignatureRequest } from '../../shared/api/signing.ts';
import type { IssuerCache } from '../../shared/credential.ts';
import { Fault } from '../../shared/fault.ts';
import { checkSignature } from '../../shared/sign.ts';
import { readStatement, type Statement } from '../../shared/statement.ts';
import type { Deps } from '../deps.ts';
import { whileSigning } from '../letter/letter-lock-store.ts';
import { findStandingLetter, readStandingLetter, type StandingLetter } from '../letter/standing-letter.ts';
import { requireSigning } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { findBeforeSigning, type SignatureRow, saveSignature } from './signature-store.ts';

/**
 * Takes a signature on an open letter, if everything about it that can be checked without opening the name holds. One key, one signature: a later turn
 * takes the place of an earlier one, and nothing old can be sent again. Proven by test/server/signature/sign.test.ts.
 * @returns the turn; the same request again gets the same answer, for as long as the signature stands
 * @throws Problem
 */
export async function acceptSignature(deps: Deps, request: SignatureRequest, issuers: IssuerCache): Promise<number> {
	const { root, text } = await refused(() => readStatement(request.statement));
	const known = await findStandingLetter(deps.db, root);
	if (known === null) throw new Problem('not-found');
	// What this process remembers may be from before an amendment.
	const turn = known.charter.text === text ? await take(deps, request, issuers, known) : null;
	const taken = turn ?? (await take(deps, request, issuers, await readStandingLetter(deps.db, known.id)));
	// Another one came between the check and the lock.
	if (taken === null) throw new Problem('text-changed');
	return taken;
}

/** @returns the turn; null where another charter stands than the one that it was checked against */
async function take(
	deps: Deps,
	request: SignatureRequest,
	issuers: IssuerCache,
	{ id, root, charter, fingerprint }: StandingLetter,
): Promise<number | null> {
	const statement = await refused(() => checkSignature(charter, root, request, issuers));
	return whileSigning(deps, { letter: id, kind: 'signer', which: statement.key }, async (trx) => {
		const found = await findBeforeSigning(trx, id, statement.key);
		if (!found) throw new Problem('not-found');
		const { letter, before } = found;
		// Whoever lost the answer, and asks again after closing, is not told that it came too late.
		if (before && isRepeat(before, request)) return statement.turn;
		requireSigning(letter, deps.clock.now());
		if (found.fingerprint !== fingerprint) return null;
		if (before) requireFollows(before, statement);
		await saveSignature(trx, { letter: id, ...statement, textHash: statement.text }, request);
		return statement.turn;
	});
}

async function refused(check: () => Statement | Promise<Statement>): Promise<Statement> {
	try {
		return await check();
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		if (fault.code === 'statement-text') throw new Problem('text-changed');
		throw new Problem('signature-refused', { detail: fault.message, field: fault.place });
	}
}

const isRepeat = (before: SignatureRow, request: SignatureRequest): boolean =>
	before.status === 'live' &&
	(['statement', 'authenticator', 'credential', 'attestation', 'sealed'] as const).every(
		(part) => before[part] === request[part],
	);

/** The highest turn that a key has used, a withdrawal's included. */
export const highestTurn = ({ turn, withdrawalTurn }: SignatureRow): number => Math.max(turn, withdrawalTurn ?? 0);

function requireFollows(before: SignatureRow, statement: Statement): void {
	if (statement.turn <= highestTurn(before)) throw new Problem('turn-too-low');
	if (before.status === 'live' && before.shown === 'named' && statement.shown === 'anonymous') {
		throw new Problem('named-already');
	}
}
