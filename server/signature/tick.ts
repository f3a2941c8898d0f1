import { coarse } from '../../shared/coarse.ts';
import type { Transaction } from '../database.ts';
import { findStandingChain } from '../letter/standing-chain.ts';
import { rewriteInRandomOrder } from '../tick-store.ts';
import { countStanding, type Progress, replaceProgress, setProgressDay } from './progress-store.ts';

/**
 * This folder's part of a tick: signatures in random order, and the one moment in which progress moves.
 * @param letters whose does. @param night of a nightly tick, YYYY-MM-DD: its counts are kept; null for any other
 */
export async function tickSignatures(
	trx: Transaction,
	letters: readonly string[],
	night: string | null,
): Promise<void> {
	await rewriteInRandomOrder(trx, 'signatures');
	for (const letter of letters) {
		const standing = await findStandingChain(trx, letter);
		if (!standing) continue;
		const groups = new Map<string, Progress>();
		for (const { group, shown, count } of await countStanding(trx, letter, standing.textHash)) {
			const known = groups.get(group) ?? { group, named: 0, anonymous: 0 };
			groups.set(group, { ...known, [shown]: count });
		}
		const whole = { group: '', named: 0, anonymous: 0 };
		for (const { named, anonymous } of groups.values()) {
			whole.named += named;
			whole.anonymous += anonymous;
		}
		await replaceProgress(trx, letter, [whole, ...groups.values()].map(coarsely));
		if (night !== null) await setProgressDay(trx, letter, night, coarsely(whole).signatures);
	}
}

/** The sum is made coarse by itself: steps of the parts would not add up to it. */
const coarsely = ({ group, named, anonymous }: Progress) => ({
	group,
	...{ named: coarse(named), anonymous: coarse(anonymous), signatures: coarse(named + anonymous) },
});
