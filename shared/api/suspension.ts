/** An organizer who leaves, or whom M others suspend: their desk is closed, their keys stay what they are (docs/protocol.md, section 2). */
import * as v from 'valibot';
import { approval, authenticator, count, id } from './shapes.ts';

/** Counts what is decided about one organizer, from 1: odd ones suspend, even ones lift it. */
const turn = v.pipe(count, v.minValue(1), v.maxValue(1_000));

/** POST /api/desk/suspensions → suspensionAnswer. About oneself an odd turn acts alone. DELETE /api/desk/suspensions/:organizer takes one's own approval back. */
export const suspensionRequest = v.strictObject({ organizer: id, turn, authenticator });
export type SuspensionRequest = v.InferOutput<typeof suspensionRequest>;
/** Whether the organizer is suspended now. */
export const suspensionAnswer = v.strictObject({ suspended: v.boolean() });

/** Of each organizer about whom something was decided or is proposed. */
export const suspensionView = v.strictObject({
	organizer: id,
	suspended: v.boolean(),
	/** Suspended by their own word alone. */
	left: v.boolean(),
	/** What comes next, and who approves it so far. */
	next: turn,
	approvals: v.array(approval),
});
export type Suspension = v.InferOutput<typeof suspensionView>;
