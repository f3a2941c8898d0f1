/** A calendar file (RFC 5545) with titles that say nothing: calendars are synchronised, and employers' ones are read. */
import { newId } from '../bytes.ts';
import type { Charter } from '../charter.ts';
import { writeTime } from '../document.ts';

/** When signing ends, and when last call does. */
export function datesOf({ closesAt, lastCallHours }: Charter, now: Date): string {
	const lastCall = new Date(Date.parse(closesAt) + lastCallHours * 3_600_000);
	return reminders([closesAt, writeTime(lastCall)], writeTime(now));
}

/** @param moments UTC instants, `YYYY-MM-DDTHH:MM:SSZ`. @param now likewise */
export function reminders(moments: string[], now: string): string {
	const events = moments.map((moment, i) => [
		'BEGIN:VEVENT',
		`UID:${newId()}`,
		`DTSTAMP:${compact(now)}`,
		`DTSTART:${compact(moment)}`,
		`SUMMARY:Reminder ${i + 1}`,
		'CLASS:PRIVATE',
		'END:VEVENT',
	]);
	const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//reminders//EN', ...events.flat(), 'END:VCALENDAR'];
	return lines.map((line) => `${line}\r\n`).join('');
}

const compact = (instant: string) => instant.replace(/[-:]/g, '');
