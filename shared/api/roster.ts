/** Writing to everybody on a list: what an organizer's browser says to the server, and hears. Only while the letter is open. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { approval, authenticator, bytes32, count, id, text } from './shapes.ts';

/**
 * POST /api/desk/mailings: proposes, and approves, a mailing. `addresses` are normal forms, ascending; `document` (shared/mailing.ts) holds their hash under `salt`. → mailingAnswer
 */
export const mailingRequest = v.strictObject({
	document: text(LIMITS.mailing),
	salt: bytes32,
	addresses: v.pipe(v.array(text(LIMITS.rosterAddress)), v.minLength(1), v.maxLength(LIMITS.roster)),
	authenticator,
});
/** POST /api/desk/mailings/approve; it begins with the M-th. → mailingAnswer. DELETE /api/desk/mailings/:id/approval takes one's own back while it waits. */
export const approveMailingRequest = v.strictObject({ mailing: id, authenticator });
export const mailingState = v.picklist(['proposed', 'sending', 'paused', 'stopped', 'done']);
export type MailingState = v.InferOutput<typeof mailingState>;
export const mailingAnswer = v.strictObject({ state: mailingState });
/** PUT /api/desk/mailings/:id: any organizer pauses, goes on with what M approved, or stops for good. What is only proposed can be stopped alone. → mailingAnswer */
export const turnMailingRequest = v.strictObject({ state: v.picklist(['sending', 'paused', 'stopped']) });

/** Of the desk: `perMinute` is the host's rate. Mailings in the order of their ids. */
export const rosterView = v.strictObject({
	perMinute: count,
	mailings: v.array(
		v.strictObject({
			document: v.string(),
			/** With it whoever has the same list can see that it is the same. */
			salt: bytes32,
			proposer: id,
			state: mailingState,
			/** Fingerprint of the charter under which it began; null while it waits. */
			over: v.nullable(bytes32),
			approvals: v.array(approval),
			/** Who paused, went on or stopped last. */
			turnedBy: v.nullable(id),
			/** Taken by the relay; refused by it for good; lost in a crash or a dropped connection, so that nobody knows; had a code already, and got no second mail. */
			sent: count,
			refused: count,
			unknown: count,
			repeated: count,
		}),
	),
});
export type RosterView = v.InferOutput<typeof rosterView>;
