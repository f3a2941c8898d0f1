import { expect, test } from 'vitest';
import { reminders } from '../../shared/client/calendar.ts';
import { readFragment, readInviteLink, writeInviteLink } from '../../shared/client/invite-link.ts';

const link = 'AAECAwQFBgcICQoLDA0ODw';
const root = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

test('an invite link is read as it was written, also when pasted with blanks or without its origin', () => {
	const whole = writeInviteLink('https://letters.example', link, root);
	for (const typed of [whole, ` ${whole}\n`, `/l/${link}#${root}`, `letters.example/l/${link}#${root}`]) {
		expect(readInviteLink(typed)).toEqual({ link, root });
	}
});

test.each([
	['without its fragment', `https://letters.example/l/${link}`],
	['cut short', `https://letters.example/l/${link}#${root.slice(0, 42)}`],
	['with something after it', `https://letters.example/l/${link}#${root}x`],
	['of the mail', `https://letters.example/v#${root}`],
	['empty', ''],
])('a link %s is none', (_what, typed) => {
	expect(readInviteLink(typed)).toBeNull();
});

test('a fragment is the whole root or nothing', () => {
	expect(readFragment(`#${root}`)).toBe(root);
	expect(readFragment('')).toBeNull();
	expect(readFragment(`#${root.slice(1)}`)).toBeNull();
});

test('reminders say when, and not what of', () => {
	const file = reminders(['2027-04-01T12:00:00Z', '2027-04-03T12:00:00Z'], '2027-03-01T09:00:00Z');
	expect(file).toContain('DTSTART:20270401T120000Z\r\n');
	expect(file.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:Reminder 1', 'SUMMARY:Reminder 2']);
	expect(file).not.toMatch(/letter|sign|undersigned/i);
});
