/** What organizers add to a released letter, together: posts below it, and entries that are struck late. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { strikeReason } from './desk.ts';
import { authenticator, bytes32, count, text } from './shapes.ts';

/** POST /api/desk/posts: proposes, and approves, what stands under the released letter; POST /api/desk/posts/approve; DELETE /api/desk/posts/:subject takes one's own approval back. */
export const postRequest = v.strictObject({ document: text(LIMITS.postLine), authenticator });
export const approvePostRequest = v.strictObject({ subject: bytes32, authenticator });
/** Answer to both: whether M organizers have approved it now. */
export const postAnswer = v.strictObject({ subject: bytes32, agreed: v.boolean() });
/** POST /api/desk/late-strikes: proposes to strike the entry of this number and digest from the released letter, or approves what was proposed.
 * DELETE /api/desk/late-strikes/:digest/:reason takes one's own approval back. */
export const lateStrikeRequest = v.strictObject({
	number: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.signatures)),
	digest: bytes32,
	reason: strikeReason,
	authenticator,
});
export const lateStrikeAnswer = v.strictObject({ agreed: v.boolean() });
