/** A calendar file (RFC 5545) with titles that say nothing: calendars are synchronised, and employers' ones are read. */

import type { LetterView } from '../api/signing.ts';
import { newId } from '../bytes.ts';
import type { Charter } from '../charter.ts';
import { writeTime } from '../document.ts';
import { msg, str } from '../locales/say.ts';
import { spell } from '../pages/numbers.ts';
import type { OpenedLetter } from './held-letter.ts';

/** The dates of a letter that are still to come, as far as they are known: when signing ends and last call, then the release. Empty without any. */
export function comingDates({ standing, view }: OpenedLetter, now: Date): string {
	const moments = standing ? datesOf(standing.charter, view) : [];
	const coming = moments.filter((moment) => moment !== null).filter((moment) => Date.parse(moment) > now.getTime());
	return coming.length === 0 ? '' : reminders(coming, writeTime(now));
}

function datesOf({ closesAt, lastCallHours }: Charter, view: LetterView): (string | null)[] {
	const lastCall = new Date(Date.parse(closesAt) + lastCallHours * 3_600_000);
	switch (view.state) {
		case 'open':
			return [closesAt, writeTime(lastCall)];
		case 'review':
			return [view.lastCallUntil];
		case 'scheduled':
			return [view.releaseAt];
		default:
			return [];
	}
}

/** @param moments UTC instants, `YYYY-MM-DDTHH:MM:SSZ`. @param now likewise */
export function reminders(moments: string[], now: string): string {
	const events = moments.map((moment, i) => [
		'BEGIN:VEVENT',
		`UID:${newId()}`,
		`DTSTAMP:${compact(now)}`,
		`DTSTART:${compact(moment)}`,
		`SUMMARY:${escaped(msg(str`Reminder ${spell(i + 1)}`))}`,
		'CLASS:PRIVATE',
		'END:VEVENT',
	]);
	const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//reminders//EN', ...events.flat(), 'END:VCALENDAR'];
	return lines.map((line) => `${line}\r\n`).join('');
}

/** TEXT (section 3.3.11). */
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&');

const compact = (instant: string) => instant.replace(/[-:]/g, '');
