/** What a draft was: who wrote when, to look at and to bring back. While the letter is a draft. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { draftShape } from './desk.ts';
import { count, id, time } from './shapes.ts';

/** `organizer`: who wrote it, who may have been left out since. `at`: the hour in which they began. */
const kept = { number: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.versionNumber)), organizer: id, at: time };
/** GET /api/desk/draft/versions. The last one first: it is the draft as it stands. */
export const draftVersionsAnswer = v.array(v.strictObject(kept));
export type KeptVersion = v.InferOutput<typeof draftVersionsAnswer>[number];
/** GET /api/desk/draft/versions/:number. */
export const draftVersionAnswer = v.strictObject({ ...kept, draft: draftShape });
/** POST /api/desk/draft/restore → draftAnswer. `version` as for PUT /api/desk/draft; what stands there becomes a version, so this can be undone. Not while it is frozen. */
export const restoreRequest = v.strictObject({ version: count, number: kept.number });
