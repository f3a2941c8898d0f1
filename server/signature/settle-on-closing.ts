import type { Charter } from '../../shared/charter.ts';
import { settle } from '../../shared/settle.ts';
import { readStatement } from '../../shared/statement.ts';
import type { Transaction } from '../database.ts';
import { askForTick } from '../tick-store.ts';
import { deleteProgressDays } from './progress-store.ts';
import { deleteWithdrawn, lapse, readLive } from './signature-store.ts';

/**
 * On leaving `open`, in the transaction that moves the letter: signatures under an earlier text, those whose condition is not met and anonymous ones of groups that are too
 * small lapse, and are erased before anything is opened. Those withdrawn until now are gone for good: from here on nothing new can be signed, so their
 * turns have nothing left to guard. Proven by test/server/signature/settle-on-closing.test.ts.
 * @param charter the one in force
 */
export async function settleOnClosing(trx: Transaction, letter: string, charter: Charter): Promise<void> {
	await deleteProgressDays(trx, letter);
	await deleteWithdrawn(trx, letter);
	const live = await readLive(trx, letter);
	const earlier = live.filter(({ textHash }) => textHash !== charter.text);
	const current = live
		.filter(({ textHash }) => textHash === charter.text)
		.map(({ key, statement }) => {
			const { shown, group, condition } = readStatement(statement);
			return { key, shown, group, condition };
		});
	const { lapsed } = settle(current, charter.smallestCell);
	await lapse(
		trx,
		letter,
		[...earlier, ...lapsed].map(({ key }) => key),
	);
	await askForTick(trx);
}
