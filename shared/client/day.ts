/** The sheet for the day of the release, as organizers save and read it. */
import * as v from 'valibot';
import { type DaySheet, daySheetAnswer, type VersionedSheet } from '../api/day.ts';
import type { Call } from './call.ts';
import { readDesk } from './organizer.ts';

/** Saves over that version. @returns the new one. @throws Refused `sheet-changed` */
export async function saveDaySheet(call: Call, version: number, sheet: DaySheet): Promise<number> {
	return v.parse(daySheetAnswer, await call('PUT', '/api/desk/day', { version, sheet })).version;
}

export async function readDaySheet(call: Call): Promise<VersionedSheet | null> {
	return (await readDesk(call)).day;
}
