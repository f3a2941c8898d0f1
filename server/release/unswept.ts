/**
 * A release is written before it is public, and can still be stopped: its names then lie in the table's file, in rows that were undone. The due task has the table written anew.
 * Proven by test/server/release/unswept.test.ts.
 */
import type { Deps } from '../deps.ts';
import { rewriteTables } from '../rewrite-store.ts';
import { endWriting, listUndone } from './unswept-store.ts';

/** Due: where the table is in use for long, such as by a dump, the next run asks again, also after a restart. */
export async function sweepUndone({ db, log }: Pick<Deps, 'db' | 'log'>, now: Date): Promise<void> {
	const undone = await listUndone(db, now);
	if (undone.length === 0) return;
	if (!(await rewriteTables(db, ['published']))) {
		log('sweep postponed');
		return;
	}
	await db.transaction().execute(async (trx) => {
		for (const { letter, attempt } of undone) await endWriting(trx, letter, attempt);
	});
}
