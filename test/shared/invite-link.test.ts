import { expect, test } from 'vitest';
import { comingDates, reminders } from '../../shared/client/calendar.ts';
import type { OpenedLetter } from '../../shared/client/held-letter.ts';
import { readFragment, readInviteLink, readMailSecret, writeInviteLink } from '../../shared/client/invite-link.ts';
import { newVoucher, readVoucher } from '../../shared/voucher.ts';

const link = 'AAECAwQFBgcICQoLDA0ODw';
const root = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

test('an invite link is read as it was written, also when pasted with blanks or without its origin', () => {
	const whole = writeInviteLink('https://letters.example', link, root);
	for (const typed of [whole, ` ${whole}\n`, `/l/${link}#${root}`, `letters.example/l/${link}#${root}`, `${whole}.`]) {
		expect(readInviteLink(typed)).toEqual({ link, root, voucher: null });
	}
});

test('the link on a card brings its voucher, whole or cut short, and is the same link', () => {
	const voucher = newVoucher();
	const whole = writeInviteLink('https://letters.example', link, root, voucher);
	expect(readInviteLink(whole)).toEqual({ link, root, voucher });
	expect(readVoucher(readFragment(new URL(whole).hash)?.voucher ?? '')).toBe(voucher);
	expect(readFragment(`#${root}.${voucher.slice(0, 9)}`)).toEqual({ root, voucher: voucher.slice(0, 9) });
	expect(new URL(whole).pathname).toBe(`/l/${link}`);
});

test.each([
	['without its fragment', `https://letters.example/l/${link}`],
	['cut short', `https://letters.example/l/${link}#${root.slice(0, 42)}`],
	['with something after it', `https://letters.example/l/${link}#${root}x`],
	['with something else than a voucher after it', `https://letters.example/l/${link}#${root}.?`],
	['of the mail', `https://letters.example/v#${root}`],
	['empty', ''],
])('a link %s is none', (_what, typed) => {
	expect(readInviteLink(typed)).toBeNull();
});

test('a fragment is the whole root or nothing', () => {
	expect(readFragment(`#${root}`)).toEqual({ root, voucher: null });
	expect(readFragment('')).toBeNull();
	expect(readFragment(`#${root.slice(1)}`)).toBeNull();
});

test('reminders say when, and not what of', () => {
	const file = reminders(['2027-04-01T12:00:00Z', '2027-04-03T12:00:00Z'], '2027-03-01T09:00:00Z');
	expect(file).toContain('DTSTART:20270401T120000Z\r\n');
	expect(file.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:Reminder 1', 'SUMMARY:Reminder 2']);
	expect(file).not.toMatch(/letter|sign|undersigned/i);
	// RFC 5545, sections 3.1, 3.6 and 3.6.1.
	expect(file.split('\r\n').every((line) => line.length <= 75 && !line.includes('\n'))).toBe(true);
	expect(file).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:.+\r\n/);
	expect(file).toMatch(/END:VCALENDAR\r\n$/);
	for (const field of ['UID', 'DTSTAMP', 'DTSTART']) expect(file.match(new RegExp(`^${field}:`, 'gm'))).toHaveLength(2);
});

test('a calendar gets what is still to come: the end of signing and last call, later the release', () => {
	const charter = { closesAt: '2027-04-01T12:00:00Z', lastCallHours: 48 };
	const dates = { lastCallUntil: '2027-04-03T12:00:00Z', releaseAt: '2027-05-01T09:00:00Z' };
	const starts = (state: string, now: string) =>
		[
			...comingDates({ standing: { charter }, view: { ...dates, state } } as OpenedLetter, new Date(now)).matchAll(
				/DTSTART:(\S+)/g,
			),
		].map(([, start]) => start);
	expect(starts('open', '2027-03-01T09:00:00Z')).toEqual(['20270401T120000Z', '20270403T120000Z']);
	expect(starts('open', '2027-04-02T09:00:00Z')).toEqual(['20270403T120000Z']);
	expect(starts('review', '2027-04-02T09:00:00Z')).toEqual(['20270403T120000Z']);
	expect(starts('scheduled', '2027-04-20T09:00:00Z')).toEqual(['20270501T090000Z']);
	for (const [state, now] of [
		['review', '2027-04-04T09:00:00Z'],
		['released', '2027-05-02T09:00:00Z'],
		['abandoned', '2027-03-01T09:00:00Z'],
	] as const) {
		expect(starts(state, now)).toEqual([]);
	}
});

test('the secret of the link in the mail is whole or none, whatever a mail program hangs on to it', () => {
	for (const after of ['', '.', '>', '%20', '&source=mail', ')']) expect(readMailSecret(`#${root}${after}`)).toBe(root);
	for (const cut of ['', '#', `#${root.slice(1)}`, `#${root}x`, `#x${root}`, root]) {
		expect(readMailSecret(cut)).toBeNull();
	}
});
