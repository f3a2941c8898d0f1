import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../shared/bytes.ts';
import { newVoucher, readVoucher, showVoucher, voucherHash } from '../../shared/voucher.ts';
import { faultOf } from '../support/fault-of.ts';

test('vouchers differ and are read as they are shown', () => {
	const vouchers = Array.from({ length: 200 }, newVoucher);
	expect(new Set(vouchers).size).toBe(200);
	for (const voucher of vouchers) {
		expect(showVoucher(voucher)).toMatch(/^([0-9A-HJKMNP-TV-Z]{3}-){8}[0-9A-HJKMNP-TV-Z]{3}$/);
		expect(readVoucher(showVoucher(voucher))).toBe(voucher);
	}
});

test('the check character is the weighted sum modulo 31', () => {
	// Worked by hand: only position 26 is 1, so the sum is 26, which is T.
	expect(readVoucher(`${'0'.repeat(25)}1T`)).toBe(`${'0'.repeat(25)}1T`);
});

test('people write it in their own way', () => {
	expect(readVoucher(` ${'o'.repeat(25).replace(/(.{5})/g, '$1 - ')}lt\n`)).toBe(`${'0'.repeat(25)}1T`);
	expect(readVoucher(`${'O'.repeat(25)}iT`)).toBe(`${'0'.repeat(25)}1T`);
	// Dashes that a keyboard put in, a character that nobody sees, and full width.
	expect(readVoucher(`\u200b000–000—${'０'.repeat(19)}‑1Ｔ`)).toBe(`${'0'.repeat(25)}1T`);
});

describe('a mistake', () => {
	test('of one character is found, unless it is 0 for Z', async () => {
		const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: 25 }), fc.nat({ max: 31 }), async (at, other) => {
				const voucher = newVoucher();
				const [was, digit] = [voucher.charAt(at), alphabet.charAt(other)];
				if (was === digit || (was + digit).replace(/[0Z]/g, '') === '') return true;
				const wrong = voucher.slice(0, at) + digit + voucher.slice(at + 1);
				return (await faultOf(() => readVoucher(wrong))) === 'voucher-check';
			}),
		);
	});

	test.each(['', 'ABC', 'U'.repeat(27), '0'.repeat(28), `${'0'.repeat(25)}1\u0131`, `${'0'.repeat(26)}é`])(
		'%s has not the form',
		async (typed) => {
			expect(await faultOf(() => readVoucher(typed))).toBe('voucher-format');
		},
	);
});

test('the same voucher in another letter has another hash', async () => {
	const voucher = newVoucher();
	const [letter, other] = [newId(), newId()];
	expect(await voucherHash(voucher, letter)).toBe(await voucherHash(voucher, letter));
	expect(await voucherHash(voucher, letter)).not.toBe(await voucherHash(voucher, other));
});
