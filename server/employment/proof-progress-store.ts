import { coarse } from '../../shared/coarse.ts';
import type { Db, Transaction } from '../database.ts';
import type { Issued } from './issued-store.ts';

/** Coarse, as of the last tick. Groups without a row are below the first step. */
export async function readProofProgress(db: Db, letter: string): Promise<Issued[]> {
	return await db
		.selectFrom('proof_progress')
		.select(['group_id as group', 'mailbox', 'roster', 'voucher'])
		.where('letter', '=', letter)
		.orderBy('group_id')
		.execute();
}

/** @param counts exact; only their steps are kept */
export async function replaceProofProgress(trx: Transaction, letter: string, counts: readonly Issued[]): Promise<void> {
	await trx.deleteFrom('proof_progress').where('letter', '=', letter).execute();
	const rows = counts.map(({ group, mailbox, roster, voucher }) => ({
		...{ letter, group_id: group },
		...{ mailbox: coarse(mailbox), roster: coarse(roster), voucher: coarse(voucher) },
	}));
	if (rows.length > 0) await trx.insertInto('proof_progress').values(rows).execute();
}

/** One more try to prove a second time, or to go on from a proof that there was not. Not whose, and not with what. Shown only once a tick has made it coarse. */
export async function countRefusedProof(trx: Transaction, letter: string): Promise<void> {
	await trx
		.insertInto('refused_proofs')
		.values({ letter, tries: 1 })
		.onConflict((conflict) =>
			conflict.column('letter').doUpdateSet((row) => ({ tries: row('refused_proofs.tries', '+', 1) })),
		)
		.execute();
}

export async function moveRefusedAtLeast(trx: Transaction, letter: string): Promise<void> {
	const row = await trx
		.selectFrom('refused_proofs')
		.select(['tries', 'at_least'])
		.where('letter', '=', letter)
		.executeTakeFirst();
	if (!row || coarse(row.tries) === row.at_least) return;
	await trx
		.updateTable('refused_proofs')
		.set({ at_least: coarse(row.tries) })
		.where('letter', '=', letter)
		.execute();
}

/** Coarse, as of the last tick. */
export async function readRefusedAtLeast(db: Db, letter: string): Promise<number> {
	const row = await db
		.selectFrom('refused_proofs')
		.select('at_least as atLeast')
		.where('letter', '=', letter)
		.executeTakeFirst();
	return row?.atLeast ?? 0;
}

/** On leaving `open`: exact counts take their place. */
export async function deleteProofProgress(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('proof_progress').where('letter', '=', letter).execute();
	await trx.deleteFrom('refused_proofs').where('letter', '=', letter).execute();
}
