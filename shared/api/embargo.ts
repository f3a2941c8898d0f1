/** Links under embargo: what organizers give to journalists before the release. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { isPrintedLine } from '../statement.ts';
import { id, text, time } from './shapes.ts';

/** POST /api/desk/embargo-links. `outlet` stands on every page that the link shows. While in review or scheduled. */
export const embargoLinkRequest = v.strictObject({
	outlet: v.pipe(
		text(LIMITS.outlet),
		v.check(isPrintedLine, 'Name the outlet in one line of letters, digits and signs.'),
	),
	expiresAt: time,
});
/** → the whole link, `ORIGIN/e/SECRET/`, told this once: the server keeps its hash. DELETE /api/desk/embargo-links/:id revokes. */
export const embargoLinkAnswer = v.strictObject({ link: v.string() });

/** In the desk's view. `createdBy` is an organizer's id. */
export const embargoLinkView = v.strictObject({
	id,
	outlet: v.string(),
	createdBy: id,
	expiresAt: time,
	revoked: v.boolean(),
});
export type EmbargoLinkView = v.InferOutput<typeof embargoLinkView>;
