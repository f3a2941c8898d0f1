/** Times as organizers read and type them: in their own zone, with UTC and the zones of those who will read the letter beside it. */
import { writeTime } from '../../shared/document.ts';

const long = new Intl.DateTimeFormat('en-GB', {
	weekday: 'short',
	day: 'numeric',
	month: 'long',
	year: 'numeric',
	hour: '2-digit',
	minute: '2-digit',
});
const hour = new Intl.DateTimeFormat('en-GB', {
	weekday: 'short',
	day: 'numeric',
	month: 'short',
	hour: 'numeric',
	minute: '2-digit',
});
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function spellTime(time: string): string {
	return long.format(new Date(time));
}

/** Known to the hour only: "around Tue 3 Mar, 14:00". */
export function spellHour(time: string): string {
	return `around ${hour.format(new Date(time))}`;
}

/** "in 3 days", "in 12 minutes", "2 hours ago"; by the server's clock. */
export function until(time: string, now: string): string {
	const minutes = Math.round((Date.parse(time) - Date.parse(now)) / 60_000);
	if (Math.abs(minutes) < 90) return relative.format(minutes, 'minute');
	const hours = Math.round(minutes / 60);
	return Math.abs(hours) < 48 ? relative.format(hours, 'hour') : relative.format(Math.round(hours / 24), 'day');
}

/** "3 days", "20 hours": never more than it is. */
export function spellLength(milliseconds: number): string {
	const hours = Math.floor(milliseconds / 3_600_000);
	const [count, unit] = hours < 48 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** For `<input type="datetime-local">`: local time to the minute. */
export function toLocalInput(time: string | null): string {
	if (time === null) return '';
	const date = new Date(time);
	return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @returns null for what is not a time */
export function fromLocalInput(typed: string): string | null {
	const date = new Date(typed);
	return typed === '' || Number.isNaN(date.getTime()) ? null : writeTime(date);
}

const ZONES: [string, string][] = [
	['America/Los_Angeles', 'San Francisco'],
	['America/New_York', 'New York'],
	['UTC', 'UTC'],
	['Europe/London', 'London'],
	['Europe/Berlin', 'Berlin'],
	['Asia/Kolkata', 'Bengaluru'],
	['Asia/Tokyo', 'Tokyo'],
];

/** The same moment for people elsewhere: where, and how their clock reads. The first is this device's own. */
export function inZones(time: string): { where: string; reads: string }[] {
	const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const zones: [string, string][] = [
		[own, `Here (${own.replaceAll('_', ' ')})`],
		...ZONES.filter(([zone]) => zone !== own),
	];
	return zones.map(([timeZone, where]) => ({
		where,
		reads: new Intl.DateTimeFormat('en-GB', {
			timeZone,
			weekday: 'short',
			day: 'numeric',
			month: 'short',
			hour: '2-digit',
			minute: '2-digit',
		}).format(new Date(time)),
	}));
}
