import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import { LIMITS } from '../../shared/limits.ts';
import { readMailing, writeMailing } from '../../shared/mailing.ts';
import { countByDomain, readRoster, rosterHash, tooFewOf } from '../../shared/roster.ts';
import { rosterMail } from '../../shared/roster-mail.ts';
import { newVoucher } from '../../shared/voucher.ts';

const seed = inject('seed');
const groups = [
	{
		id: newId(),
		name: 'Northwind',
		proof: 'mailbox' as const,
		domains: ['mail.northwind.example', 'northwind.example'],
	},
	{ id: newId(), name: 'Contoso', proof: 'mailbox' as const, domains: ['contoso.example'] },
];

describe('a list as people have it', () => {
	test('is read out of lines, tables and mail programs, each once, in order', () => {
		const { addresses, refused, without } = readRoster(
			[
				'Name;Mail;Room',
				'"Doe, Kim";"Kim.Doe@Northwind.example";"2.14"',
				"'o'brien@northwind.example'",
				"o'brien@northwind.example, Lee Roe <lee@contoso.example>",
				'\tzoë\tmailto:zoe+news@contoso.example\t\r',
				'',
			].join('\r\n'),
			groups,
		);
		expect(addresses).toEqual([
			'kim.doe@northwind.example',
			'lee@contoso.example',
			"o'brien@northwind.example",
			'zoe@contoso.example',
		]);
		expect(refused).toEqual([{ line: 4, typed: "o'brien@northwind.example", why: 'twice' }]);
		expect(without).toBe(1);
	});

	test.each([
		['someone@elsewhere.example', 'address-domain'],
		['hr@northwind.example', 'address-role'],
		['a..b@northwind.example', 'address-format'],
		['a@b@northwind.example', 'address-format'],
		['@northwind.example', 'address-format'],
		['kım@northwind.example', 'address-not-ascii'],
		['kim.doe@northwınd.example', 'address-not-ascii'],
	] as const)('%s is refused: %s', (typed, why) => {
		expect(readRoster(`a@northwind.example\n${typed}`, groups)).toEqual({
			...{ addresses: ['a@northwind.example'], without: 0 },
			refused: [{ line: 2, typed, why }],
		});
	});

	test('whatever is typed, what is taken reads as itself again, and nothing with an @ is lost without a word', () => {
		const piece = fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 12 }),
			fc.constantFrom(
				'kim@northwind.example',
				'KIM@northwind.example',
				'a+b@contoso.example',
				'x@y',
				';',
				'\n',
				'"',
				'<',
			),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
				const read = readRoster(pieces.join(' '), groups);
				expect(readRoster(read.addresses.join('\n'), groups)).toEqual({
					addresses: read.addresses,
					refused: [],
					without: 0,
				});
				const found = pieces
					.join(' ')
					.split(/[\s,;<>"()[\]|]+/)
					.filter((one) => one.includes('@'));
				expect(read.addresses.length + read.refused.length).toBe(found.length);
			}),
			{ seed },
		);
	});

	test('of a group there are none, or enough', () => {
		const some = (count: number, domain: string) => Array.from({ length: count }, (_, i) => `a${i}@${domain}`);
		const { rosterLeast } = LIMITS;
		const few = (addresses: string[]) => tooFewOf(countByDomain(addresses), groups);
		expect(few(some(rosterLeast, 'northwind.example'))).toBeNull();
		expect(few([...some(rosterLeast, 'northwind.example'), 'one@contoso.example'])).toBe('Contoso');
		expect(few([...some(5, 'northwind.example'), ...some(5, 'mail.northwind.example')])).toBeNull();
		expect(few(some(rosterLeast - 1, 'northwind.example'))).toBe('Northwind');
	});
});

test('what is approved depends on every address, on their number and on the salt, and has one spelling', async () => {
	const salt = b64u(randomBytes(32));
	const list = await rosterHash(salt, ['a@b.example', 'c@b.example']);
	for (const other of [
		rosterHash(salt, ['a@b.example', 'd@b.example']),
		rosterHash(salt, ['a@b.examplec@b.example']),
		rosterHash(b64u(randomBytes(32)), ['a@b.example', 'c@b.example']),
	])
		expect(await other).not.toBe(list);
	const mailing = { mailing: newId(), note: 'by hand', domains: [{ domain: 'b.example', count: 2 }], list };
	expect(readMailing(writeMailing(mailing))).toEqual(mailing);
	for (const note of ['', ' \n', 'x'.repeat(501)]) expect(() => writeMailing({ ...mailing, note })).toThrow();
	expect(() => readMailing(`${writeMailing(mailing)} `)).toThrow();
});

test('the mail names its code and where to type it, and no letter', () => {
	const code = newVoucher();
	const { subject, text } = rosterMail('https://letters.example', code);
	expect(text.replaceAll('-', '')).toContain(code);
	expect(text.match(/https?:\/\/\S+/g)).toEqual(['https://letters.example/']);
	expect(`${subject}${text}`).not.toMatch(/undersigned|letter\b|<|#/i);
	expect(subject).toMatch(/^[\x20-\x7e]+$/);
});
