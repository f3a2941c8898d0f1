import * as v from 'valibot';
import { id } from './shapes.ts';

/** An invite link, at the desk. Who made and who revoked it: null once forgotten, and of those of before that was kept. */
export const linkView = v.strictObject({
	link: id,
	note: v.string(),
	revoked: v.boolean(),
	createdBy: v.nullable(id),
	revokedBy: v.nullable(id),
});
