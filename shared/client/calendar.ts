/** A calendar file (RFC 5545) with titles that say nothing: calendars are synchronised, and employers' ones are read. */
import { newId } from '../bytes.ts';

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
