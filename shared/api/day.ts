/** The sheet for the day of the release: who does what when. All organizers write it; the host can read it. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { count, id, text, time } from './shapes.ts';

const line = text(LIMITS.dayLine);

export const daySheetShape = v.strictObject({
	/** The minute of the release that the rows were made for; null where there was none. */
	madeFor: v.nullable(time),
	/** Who speaks for the letter. */
	speaks: line,
	/** When the addressee is asked for comment; null while that is open. How, and by whom. */
	askedAt: v.nullable(time),
	asked: line,
	rows: v.pipe(
		v.array(v.strictObject({ id, at: v.nullable(time), what: line, who: line })),
		v.maxLength(LIMITS.dayRows),
	),
});
export type DaySheet = v.InferOutput<typeof daySheetShape>;

/** PUT /api/desk/day → {version}. `version` is the one that was changed, 0 for the first. Answers 409 `sheet-changed` with the present one as `present`, when that is not the last. */
export const daySheetRequest = v.strictObject({ version: count, sheet: daySheetShape });
export const daySheetAnswer = v.strictObject({ version: count });
/** Null while nobody has written one. */
export const daySheetView = v.nullable(daySheetRequest);
export type VersionedSheet = v.InferOutput<typeof daySheetRequest>;
