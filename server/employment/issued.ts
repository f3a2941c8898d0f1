import type { Transaction } from '../database.ts';
import type { Issued } from './issued-store.ts';
import { countMailboxes } from './mailbox-store.ts';
import { countVouchers } from './voucher-store.ts';

/**
 * How many credentials were issued until now, by how they were proved; groups without any are missing. Exact: while the letter is open it leaves a
 * tick only through coarse().
 */
export async function countIssued(trx: Transaction, letter: string): Promise<Issued[]> {
	const groups = new Map<string, Issued>();
	const add = (group: string, proof: 'mailbox' | 'roster' | 'voucher', count: number) => {
		const known = groups.get(group) ?? { group, mailbox: 0, roster: 0, voucher: 0 };
		groups.set(group, { ...known, [proof]: count });
	};
	for (const { group, proof, count } of await countMailboxes(trx, letter)) add(group, proof, count);
	for (const { group, count } of await countVouchers(trx, letter)) add(group, 'voucher', count);
	return [...groups.values()];
}
