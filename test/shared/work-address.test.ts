import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWorkAddress } from '../../shared/work-address.ts';
import { faultOf } from '../support/fault-of.ts';

const groups = [
	{ id: 'ocean', proof: 'mailbox' as const, domains: ['oceanparcel.example', 'op.example'] },
	{ id: 'drivers', proof: 'voucher' as const, domains: [] },
	{ id: 'north', proof: 'mailbox' as const, domains: ['north.oceanparcel.example'] },
];
const read = (typed: string) => readWorkAddress(typed, groups);

/** Any code points, lone surrogates among them. */
const anyText = fc
	.array(fc.oneof(fc.nat({ max: 0x2fff }), fc.nat({ max: 0x10ffff })), { maxLength: 20 })
	.map((points) => String.fromCodePoint(...points));

describe('one mailbox has one normal form', () => {
	test.each([
		['kim.doe@oceanparcel.example', 'kim.doe@oceanparcel.example', 'ocean'],
		['Kim.Doe@OceanParcel.Example', 'kim.doe@oceanparcel.example', 'ocean'],
		['KIM.DOE@OP.EXAMPLE', 'kim.doe@op.example', 'ocean'],
		['kim.doe+letter@oceanparcel.example', 'kim.doe@oceanparcel.example', 'ocean'],
		['kim.doe+a+b+@oceanparcel.example', 'kim.doe@oceanparcel.example', 'ocean'],
		["o'neil_1-2@north.oceanparcel.example", "o'neil_1-2@north.oceanparcel.example", 'north'],
		[`${'a'.repeat(64)}@op.example`, `${'a'.repeat(64)}@op.example`, 'ocean'],
	])('%s', (typed, normalForm, group) => {
		expect(read(typed)).toEqual({ normalForm, group });
	});
});

describe('a hostile address is refused', () => {
	test.each([
		['quoted', '"kim doe"@oceanparcel.example', 'address-format'],
		['quoted with an @', '"kim@evil.example"@oceanparcel.example', 'address-format'],
		['a comment', 'kim(doe)@oceanparcel.example', 'address-format'],
		['a comment in the domain', 'kim@oceanparcel.example(evil.example)', 'address-format'],
		['an encoded word', '=?utf-8?q?kim=40evil.example=3E=00?=@oceanparcel.example', 'address-format'],
		['NUL', 'kim@evil.example\u0000@oceanparcel.example', 'address-format'],
		['NUL at the end', 'kim@oceanparcel.example\u0000', 'address-format'],
		['CRLF with Bcc', 'kim@oceanparcel.example\r\nBcc: eve@evil.example', 'address-format'],
		['CRLF with Bcc before', 'kim\r\nBcc: eve@oceanparcel.example', 'address-format'],
		['a line end', 'kim@oceanparcel.example\n', 'address-format'],
		['a tab', 'kim@oceanparcel.example\t', 'address-format'],
		['a blank', ' kim@oceanparcel.example', 'address-format'],
		['a list', 'kim@oceanparcel.example,eve@evil.example', 'address-format'],
		['a list of semicolons', 'eve@evil.example;kim@oceanparcel.example', 'address-format'],
		['a group', 'friends:kim@oceanparcel.example;', 'address-format'],
		['angle brackets', 'Kim <kim@oceanparcel.example>', 'address-format'],
		['angle brackets inside', 'eve@evil.example<kim@oceanparcel.example>', 'address-format'],
		['a source route', '@evil.example:kim@oceanparcel.example', 'address-format'],
		['a percent route', 'kim%evil.example@oceanparcel.example', 'address-format'],
		['a bang path', 'evil.example!kim@oceanparcel.example', 'address-format'],
		['an address literal', 'kim@[127.0.0.1]', 'address-format'],
		['a backslash', 'kim\\@evil.example@oceanparcel.example', 'address-format'],
		['Cyrillic о in the domain', 'kim@оceanparcel.example', 'address-not-ascii'],
		['Cyrillic о in the name', 'kim.dоe@oceanparcel.example', 'address-not-ascii'],
		['full-width letters', 'kim@ｏceanparcel.example', 'address-not-ascii'],
		['a full-width @', 'kim＠oceanparcel.example', 'address-not-ascii'],
		['an ideographic full stop', 'kim@oceanparcel。example', 'address-not-ascii'],
		['the Kelvin sign', '\u212aim@oceanparcel.example', 'address-not-ascii'],
		['a long s', 'ki\u017f@oceanparcel.example', 'address-not-ascii'],
		['a dotless i', 'k\u0131m@oceanparcel.example', 'address-not-ascii'],
		['a zero-width joiner', 'kim\u200d@oceanparcel.example', 'address-not-ascii'],
		['a soft hyphen', 'kim\u00ad@oceanparcel.example', 'address-not-ascii'],
		['a trailing dot', 'kim@oceanparcel.example.', 'address-domain'],
		['a sub-domain', 'kim@mail.oceanparcel.example', 'address-domain'],
		['a domain around it', 'kim@evil-oceanparcel.example', 'address-domain'],
		['a domain after it', 'kim@oceanparcel.example.evil.example', 'address-domain'],
		['a look-alike', 'kim@0ceanparcel.example', 'address-domain'],
		['a look-alike of rn', 'kim@oceanparceI.example', 'address-domain'],
		['punycode', 'kim@xn--ceanparcel-1ij.example', 'address-domain'],
		['no domain', 'kim@', 'address-format'],
		['no name', '@oceanparcel.example', 'address-format'],
		['nothing but a tag', '+tag@oceanparcel.example', 'address-format'],
		['nothing', '', 'address-format'],
		['65 characters before the @', `${'a'.repeat(65)}@oceanparcel.example`, 'address-format'],
		['very many characters', `${'a'.repeat(100_000)}@oceanparcel.example`, 'address-format'],
		['two dots', 'kim..doe@oceanparcel.example', 'address-format'],
		['a dot before', '.kim@oceanparcel.example', 'address-format'],
		['a dot before the tag', 'kim.+x@oceanparcel.example', 'address-format'],
		['a role', 'info@oceanparcel.example', 'address-role'],
		['a role in upper case', 'HR@oceanparcel.example', 'address-role'],
		['a role with a tag', 'security+kim@oceanparcel.example', 'address-role'],
		['everybody', 'all@oceanparcel.example', 'address-role'],
	])('%s', async (_, typed, code) => {
		expect(await faultOf(() => read(typed))).toBe(code);
	});

	test('a domain of a voucher group proves nothing', async () => {
		const vouchers = [{ id: 'v', proof: 'voucher' as const, domains: ['op.example'] }];
		expect(await faultOf(() => readWorkAddress('kim@op.example', vouchers))).toBe('address-domain');
	});
});

test('whatever is accepted is plain, of the domain, and its own normal form', () => {
	const character = fc.constantFrom(...'aK.+@-_\'" ,;<>()\\\r\n\u0000оK'.split(''));
	const typed = fc.oneof(
		fc.string({ unit: character, maxLength: 12 }).map((local) => `${local}@op.example`),
		anyText,
	);
	fc.assert(
		fc.property(typed, (typed) => {
			let normalForm: string;
			try {
				normalForm = read(typed).normalForm;
			} catch {
				return true;
			}
			return /^[a-z0-9._'-]{1,64}@op\.example$/.test(normalForm) && read(normalForm).normalForm === normalForm;
		}),
		{ numRuns: 300 },
	);
});
