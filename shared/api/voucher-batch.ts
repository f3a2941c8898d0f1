import * as v from 'valibot';
import { count, id } from './shapes.ts';

/** At the desk; `usedAtLeast` moves only by a tick. */
export const voucherBatchView = v.strictObject({
	batch: id,
	group: id,
	count,
	note: v.string(),
	organizer: id,
	revoked: v.boolean(),
	/** Null of batches that were revoked before it was kept who did it. */
	revokedBy: v.nullable(id),
	usedAtLeast: count,
});
