/** The sheet for the day: what it begins as, how two copies become one, how it moves with the minute of the release. Pure. */
import type { DaySheet } from '../../shared/api/day.ts';
import { b64u, newId } from '../../shared/bytes.ts';
import { writeTime } from '../../shared/document.ts';

export type DayRow = DaySheet['rows'][number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const BEGINS: readonly [after: number, what: string][] = [
	[-24 * HOUR, 'Ask the addressee for comment, and say until when you need it.'],
	[
		-3 * HOUR,
		'Look at the rehearsal once more: the page, the files, who was taken off. The last calm moment for a stop.',
	],
	[-30 * MINUTE, 'Everybody can be reached, on own phones and outside of the company’s network.'],
	[0, 'The letter goes out by itself. Nobody has to be online.'],
	[5 * MINUTE, 'Open the page without being logged in, recount it, and see whether it reached the addressees.'],
	[10 * MINUTE, 'Tell colleagues where it is, and where the page for those who are asked at work is.'],
	[15 * MINUTE, 'Call the journalists who had it under embargo.'],
	[3 * HOUR, 'Who was asked at work? Whose name has to come off?'],
	[24 * HOUR, 'Meet: the addressee’s reply, what the press wrote, an update under the letter.'],
];

/** The same for every organizer, ids too, so that two who begin at once begin the same one. @param releaseAt null where there is no minute yet */
export function beginSheet(releaseAt: string | null): DaySheet {
	const at = (after: number) => (releaseAt === null ? null : shifted(releaseAt, after));
	return {
		madeFor: releaseAt,
		speaks: '',
		askedAt: at(-24 * HOUR),
		asked: '',
		rows: BEGINS.map(([after, what], n) => ({ id: b64u(new Uint8Array(16).fill(n)), at: at(after), what, who: '' })),
	};
}

const shifted = (time: string, by: number): string => writeTime(new Date(Date.parse(time) + by));

/** By their time; what has none stands last, in the order in which it was written. */
export function inOrder(rows: readonly DayRow[]): DayRow[] {
	return rows.toSorted((a, b) => (a.at ?? '~').localeCompare(b.at ?? '~', 'en'));
}

/** Every time moves as the release did. */
export function movedTo(sheet: DaySheet, releaseAt: string): DaySheet {
	const by = sheet.madeFor === null ? 0 : Date.parse(releaseAt) - Date.parse(sheet.madeFor);
	const move = (time: string | null) => (time === null ? null : shifted(time, by));
	return {
		...sheet,
		madeFor: releaseAt,
		askedAt: move(sheet.askedAt),
		rows: sheet.rows.map((row) => ({ ...row, at: move(row.at) })),
	};
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What two made of one sheet, row by row. Nothing that somebody typed is lost: where both wrote differently in the same place both stand there, the other's
 * version in a row of its own.
 */
export function mergeSheets(base: DaySheet, mine: DaySheet, theirs: DaySheet): DaySheet {
	const rows: DayRow[] = [];
	const find = (sheet: DaySheet, id: string) => sheet.rows.find((row) => row.id === id);
	for (const row of theirs.rows) {
		const [before, own] = [find(base, row.id), find(mine, row.id)];
		if (own === undefined) {
			// I took it out; it stays out unless they have changed it.
			if (before === undefined || !same(before, row)) rows.push(row);
		} else if (same(own, before) || same(own, row)) rows.push(row);
		else if (same(row, before)) rows.push(own);
		else rows.push(own, { ...row, id: newId() });
	}
	for (const row of mine.rows) {
		if (find(theirs, row.id) !== undefined) continue;
		const before = find(base, row.id);
		if (before === undefined || !same(before, row)) rows.push(row);
	}
	const merged = { ...theirs, rows };
	for (const field of ['madeFor', 'askedAt'] as const) {
		if (mine[field] !== base[field]) merged[field] = mine[field];
	}
	for (const [field, name] of [
		['speaks', 'Who speaks'],
		['asked', 'Asking for comment'],
	] as const) {
		if (mine[field] === base[field]) continue;
		const lost = theirs[field] !== base[field] && theirs[field] !== mine[field] ? theirs[field] : '';
		if (lost !== '') rows.push({ id: newId(), at: null, what: lost, who: name });
		merged[field] = mine[field];
	}
	return merged;
}
