import { expect, test } from 'vitest';
import { reminders } from '../../shared/client/calendar.ts';
import { readFragment, readInviteLink, writeInviteLink } from '../../shared/client/invite-link.ts';
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
});
