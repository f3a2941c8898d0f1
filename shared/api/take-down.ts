/** What whoever runs a host did to a released letter. Days are YYYY-MM-DD, in UTC. */
import * as v from 'valibot';

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));

/** As a host says it of itself; `ordered`: because of a legal demand. */
export const authorityName = v.pipe(v.string(), v.trim(), v.regex(/^[^\p{C}]{1,200}$/u));

/** At the desk, the oldest first. The last one stands while `putBackOn` is null. */
export const takeDownView = v.strictObject({
	day,
	ordered: v.boolean(),
	authority: v.nullable(v.string()),
	putBackOn: v.nullable(day),
});
export type TakeDownView = v.InferOutput<typeof takeDownView>;
