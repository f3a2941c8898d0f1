import type { Transaction } from '../database.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { askForTick } from '../tick-store.ts';
import { deleteConfirmations } from './confirmation-store.ts';
import { insertIssued } from './issued-store.ts';
import { countMailboxes, deleteMailboxes } from './mailbox-store.ts';
import { countVouchers, deleteVouchers } from './voucher-store.ts';

/**
 * On leaving `open`, in the transaction that moves the letter: of mailboxes, vouchers and roster codes nothing stays but how many
 * credentials each group got. The next tick takes the dead rows off the disk. Proven by test/server/employment/voucher.test.ts.
 */
export async function reduceToCounts(trx: Transaction, letter: string): Promise<void> {
	const { charter } = await standingChain(trx, letter);
	const mailboxes = await countMailboxes(trx, letter);
	const vouchers = await countVouchers(trx, letter);
	const counts = charter.groups.map(({ id: group }) => ({
		group,
		mailbox: mailboxes.find((row) => row.group === group && row.proof === 'mailbox')?.count ?? 0,
		roster: mailboxes.find((row) => row.group === group && row.proof === 'roster')?.count ?? 0,
		voucher: vouchers.find((row) => row.group === group)?.count ?? 0,
	}));
	await insertIssued(trx, letter, counts);
	await deleteConfirmations(trx, letter);
	await deleteVouchers(trx, letter);
	await deleteMailboxes(trx, letter);
	await askForTick(trx);
}
