/** Tallies (docs/protocol.md, section 8): what a release says of each group in numbers, and how they are counted. */
import * as v from 'valibot';
import type { Charter } from './charter.ts';
import { id, integer, text } from './document.ts';
import { STRIKE_REASONS, type StrikeReason, strikeReasonSchema } from './entry.ts';
import { LIMITS } from './limits.ts';

const count = integer(0, Number.MAX_SAFE_INTEGER);

export const tallySchema = v.strictObject({
	group: id,
	named: count,
	anonymous: count,
	credentials: v.strictObject({ mailbox: count, roster: count, voucher: count }),
	struck: v.pipe(
		v.array(v.strictObject({ reason: strikeReasonSchema, count: integer(1, Number.MAX_SAFE_INTEGER) })),
		v.maxLength(STRIKE_REASONS.length),
	),
	lapsed: count,
	headcount: v.nullable(v.strictObject({ count, source: text(1, LIMITS.headcountSource) })),
});
/**
 * `named` and `anonymous` count entries and stubs: a recount counts them again. `credentials` is stated by the host; `struck` (by reason, in the
 * order of STRIKE_REASONS, none that is 0) and `lapsed` by the organizers; `headcount` is the charter's.
 */
export type Tally = v.InferOutput<typeof tallySchema>;

/** What the server says of a group from leaving `open` on: credentials issued, and signatures that lapsed then (0 if left out). */
export type IssuedCount = { group: string; mailbox: number; roster: number; voucher: number; lapsed?: number };

export type Standing = { group: string; shown: 'named' | 'anonymous' };

/** What happened to signatures that the release leaves out. */
export type LeftOutCount = { group: string; struck: StrikeReason | null };

/** One tally for each group, in the charter's order. */
export function countTallies(
	charter: Charter,
	standing: readonly Standing[],
	leftOut: readonly LeftOutCount[],
	issued: readonly IssuedCount[],
): Tally[] {
	return charter.groups.map((group) => {
		const here = standing.filter((one) => one.group === group.id);
		const out = leftOut.filter((one) => one.group === group.id);
		const stated = issued.find((one) => one.group === group.id);
		const headcount = charter.headcounts.find((one) => one.group === group.id);
		return {
			group: group.id,
			named: here.filter((one) => one.shown === 'named').length,
			anonymous: here.filter((one) => one.shown === 'anonymous').length,
			credentials: { mailbox: stated?.mailbox ?? 0, roster: stated?.roster ?? 0, voucher: stated?.voucher ?? 0 },
			struck: STRIKE_REASONS.flatMap((reason) => {
				const struck = out.filter((one) => one.struck === reason).length;
				return struck === 0 ? [] : [{ reason, count: struck }];
			}),
			lapsed: (stated?.lapsed ?? 0) + out.filter((one) => one.struck === null).length,
			headcount: headcount === undefined ? null : { count: headcount.count, source: headcount.source },
		};
	});
}
