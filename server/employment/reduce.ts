import type { Transaction } from '../database.ts';
import { removeApprovals } from '../letter/charter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { askForTick } from '../tick-store.ts';
import { deleteConfirmations } from './confirmation-store.ts';
import { atLeast, countIssued } from './issued.ts';
import { insertIssued } from './issued-store.ts';
import { deleteMailboxes } from './mailbox-store.ts';
import { deleteProofProgress } from './proof-progress-store.ts';
import { deleteMailings } from './roster-store.ts';
import { deleteVouchers } from './voucher-store.ts';

/**
 * On leaving `open`, in the transaction that moves the letter: of mailboxes, vouchers and roster codes nothing stays but how many
 * credentials each group got, and of a list that was written to nothing at all. The next tick takes the dead rows off the disk. Proven by test/server/employment/voucher.test.ts.
 * @param signed keys by group, which the caller has from the signatures: no proof is looked up for any of them
 */
export async function reduceToCounts(
	trx: Transaction,
	letter: string,
	signed: readonly { group: string; keys: number }[],
): Promise<void> {
	const { charter } = await standingChain(trx, letter);
	const issued = await countIssued(trx, letter);
	const none = { mailbox: 0, roster: 0, voucher: 0 };
	const counts = charter.groups.map(({ id, proof }) => {
		const keys = signed.find(({ group }) => group === id)?.keys ?? 0;
		return atLeast(keys, proof, issued.find(({ group }) => group === id) ?? { group: id, ...none });
	});
	await insertIssued(trx, letter, counts);
	await deleteProofProgress(trx, letter);
	await deleteConfirmations(trx, letter);
	await deleteMailings(trx, letter);
	await removeApprovals(trx, letter, ['mailing']);
	await deleteVouchers(trx, letter);
	await deleteMailboxes(trx, letter);
	await askForTick(trx);
}
