/** How far the signing has come, as the desk shows it: coarse ("at least"), moved only by a tick, the same for every organizer. */
import * as v from 'valibot';
import { count, id } from './shapes.ts';

export const soFarView = v.strictObject({
	/** Of the whole letter, which its groups' steps do not add up to. */
	signatures: count,
	/** Of the whole letter, as counted once a night; `day` is that of the count, in UTC. In order; nights without a count are missing. */
	days: v.array(v.strictObject({ day: v.pipe(v.string(), v.isoDate()), signatures: count })),
	/** How people proved: credentials, not signatures. Groups without a row are below the first step. */
	proofs: v.array(v.strictObject({ group: id, mailbox: count, roster: count, voucher: count })),
	/** How often somebody tried to prove with a mailbox or a voucher that was used already. */
	refused: count,
});
export type SoFar = v.InferOutput<typeof soFarView>;
