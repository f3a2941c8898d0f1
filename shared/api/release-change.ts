/** What one organizer did to a release that others had built or approved: shown to all. */
import * as v from 'valibot';
import { count, id } from './shapes.ts';

export const RELEASE_CHANGES = ['replaced', 'dropped', 'stopped'] as const;
export type ReleaseChangeKind = (typeof RELEASE_CHANGES)[number];

/** `approved`: how many others had approved it. */
export const releaseChangeView = v.strictObject({ organizer: id, what: v.picklist(RELEASE_CHANGES), approved: count });
/** A proposed amendment that one organizer dropped, likewise. */
export const amendmentDroppedView = v.strictObject({ organizer: id, approved: count });
export type ReleaseChangeView = v.InferOutput<typeof releaseChangeView>;
