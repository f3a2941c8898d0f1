import { coarse } from '../../shared/coarse.ts';
import type { Transaction } from '../database.ts';
import { findStandingChain } from '../letter/standing-chain.ts';
import type { Shuffled } from '../random-order-store.ts';
import { countStanding, type Progress, replaceProgress, setProgressDay } from './progress-store.ts';

/** In random order after each tick: nobody sees who signed, or asked to be taken off, after whom. */
export const signatureTables: readonly Shuffled[] = ['lost_words', 'signatures'];

/**
 * The one moment in which progress moves.
 * @param letters whose does. @param night of a nightly tick, YYYY-MM-DD: its counts are kept; null for any other
 */
export async function moveProgress(trx: Transaction, letters: readonly string[], night: string | null): Promise<void> {
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
