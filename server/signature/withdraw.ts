import { verifyWithdrawal } from '../../shared/statement.ts';
import type { Deps } from '../deps.ts';
import { findLetterByRoot, lockLetter } from '../letter/letter-store.ts';
import { requireState } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { raiseRevision } from '../published/rendered-store.ts';
import { requestRepublish } from '../release/republish.ts';
import { highestTurn } from './sign.ts';
import { findSignature, saveWithdrawal } from './signature-store.ts';

export interface WithdrawalRequest {
	root: string;
	key: string;
	turn: number;
	authenticator: string;
}

/**
 * Takes a signature back: until the release it vanishes, after it the name goes from every file within a minute. The row keeps the highest turn, so that nothing
 * old can be sent again. Proven by test/server/signature/withdraw.test.ts.
 * @returns the turn; the same request again gets the same answer
 * @throws Problem
 */
export async function withdraw(deps: Deps, request: WithdrawalRequest): Promise<number> {
	const { root, key, turn, authenticator } = request;
	const id = await findLetterByRoot(deps.db, root);
	if (id === null) throw new Problem('not-found');
	if (!(await verifyWithdrawal(root, key, { turn, authenticator }))) throw new Problem('withdrawal-refused');
	await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, id);
		requireState(letter, 'open', 'review', 'scheduled', 'released');
		const row = await findSignature(trx, id, key);
		if (!row) throw new Problem('not-found');
		// Ed25519 is deterministic: the same turn is the same withdrawal.
		if (row.status === 'withdrawn' && row.withdrawalTurn === turn) return;
		if (row.status === 'lapsed') throw new Problem('signature-lapsed');
		if (turn <= highestTurn(row)) throw new Problem('turn-too-low');
		// Nothing can be signed any more that a higher turn would guard against; the list that is being approved, and files that were saved, hold this one as it is.
		if (row.status === 'withdrawn' && letter.state !== 'open') return;
		await saveWithdrawal(trx, id, key, { turn, authenticator });
		// What is being rendered for its minute, or is shown under embargo, is no longer right. No job: its row would say when this signer came, of whom nothing is known outside yet.
		// The next minute finds what is behind (requestUnstaged).
		if (letter.state === 'scheduled') await raiseRevision(trx, id);
		// Whoever looks at the files each minute sees the minute anyway, and a name has to go from them within one.
		if (letter.state === 'released') await requestRepublish(deps, trx, id);
	});
	return turn;
}
