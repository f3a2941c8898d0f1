/** Whether a condition would hold by what is known today: counts are coarse, and only ever "at least". Pure. */
import type { Appearance } from '../../shared/client/signer-record.ts';

type AtLeast = { signatures: number; named: number };

const counted = (n: number): string => (n === 0 ? 'fewer than 10' : `at least ${n.toLocaleString('en')}`);

/** In words. `atLeast`: what the letter's page says, 0 below its first step; it moves about once an hour, and does not count whoever reads this. */
export function conditionToday(condition: Appearance['condition'], atLeast: AtLeast): string {
	const today = `So far ${counted(atLeast.signatures)} have signed, ${counted(atLeast.named)} of them by name.`;
	if (condition === null) return today;
	const [needed, known] =
		'named' in condition ? [condition.named, atLeast.named] : [condition.signatures, atLeast.signatures];
	return known >= needed
		? `${today} That is enough for yours today, if nobody takes it back.`
		: `${today} Whether that is enough for yours cannot be told yet: only rounded numbers are shown.`;
}
