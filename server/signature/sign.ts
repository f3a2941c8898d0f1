import type { SignatureRequest } from '../../shared/api/signing.ts';
import type { IssuerCache } from '../../shared/credential.ts';
import { Fault } from '../../shared/fault.ts';
import { checkSignature } from '../../shared/sign.ts';
import { readStatement, type Statement } from '../../shared/statement.ts';
import type { Deps } from '../deps.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { requireSigning } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import {
	findLetterByRoot,
	findSignature,
	findStandingFingerprint,
	type SignatureRow,
	saveSignature,
} from './signature-store.ts';

/**
 * Takes a signature on an open letter, if everything about it that can be checked without opening the name holds. One key, one signature: a later turn
 * takes the place of an earlier one, and nothing old can be sent again. Proven by test/server/signature/sign.test.ts.
 * @returns the turn; the same request again gets the same answer, for as long as the signature stands
 * @throws Problem
 */
export async function acceptSignature(deps: Deps, request: SignatureRequest, issuers: IssuerCache): Promise<number> {
	const { root } = await refused(() => readStatement(request.statement));
	const letter = await findLetterByRoot(deps.db, root);
	if (letter === null) throw new Problem('not-found');
	const { charter, fingerprint } = await standingChain(deps.db, letter);
	const statement = await refused(() => checkSignature(charter, root, request, issuers));
	await deps.db.transaction().execute(async (trx) => {
		const row = await lockLetter(trx, letter);
		const before = await findSignature(trx, letter, statement.key);
		// Whoever lost the answer, and asks again after closing, is not told that it came too late.
		if (before && isRepeat(before, request)) return;
		requireSigning(row, deps.clock.now());
		// An amendment may have come between the check and the lock.
		if ((await findStandingFingerprint(trx, letter)) !== fingerprint) throw new Problem('text-changed');
		if (before) requireFollows(before, statement);
		await saveSignature(trx, { letter, ...statement, textHash: statement.text }, request);
	});
	return statement.turn;
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
