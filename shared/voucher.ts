/** Vouchers and roster codes: 130 random bits in Crockford's base 32, and a check character (docs/protocol.md, section 4). */

import { b64u, hash, randomBytes, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { msg, str } from './locales/say.ts';
import { spell } from './pages/numbers.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function checkCharacter(digits: string): string {
	const sum = Array.from(digits).reduce((sum, digit, i) => sum + (i + 1) * ALPHABET.indexOf(digit), 0);
	return ALPHABET.charAt(sum % 31);
}

/** @returns the normal form: 27 characters without groups */
export function newVoucher(): string {
	// 256 is a multiple of 32, so the low five bits of a random byte are a random digit.
	const digits = Array.from(randomBytes(LIMITS.voucherDigits), (byte) => ALPHABET.charAt(byte & 31)).join('');
	return digits + checkCharacter(digits);
}

/** What keyboards and mail programs make of hyphens and blanks, and characters that nobody sees. */
const PARTING = /[\s\p{Pd}\p{Cf}]/gu;
const HALF_WIDTH = 0xfee0;

/**
 * Reads what was typed, without regard to case, blanks, dashes and width; O is 0, and I and L are 1.
 * @returns the normal form
 * @throws Fault `voucher-format`, `voucher-check`
 */
export function readVoucher(typed: string): string {
	const letters = typed
		.replace(PARTING, '')
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - HALF_WIDTH));
	// ASCII before upper-casing: `ı` and `ſ` would become I and S.
	if (!/^[A-Za-z0-9]*$/.test(letters))
		throw new Fault('voucher-format', 'voucher', msg('A voucher has only letters and digits.'));
	const voucher = letters.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
	if (voucher.length !== LIMITS.voucherDigits + 1 || Array.from(voucher).some((digit) => !ALPHABET.includes(digit))) {
		throw new Fault(
			'voucher-format',
			'voucher',
			msg(str`A voucher has ${spell(LIMITS.voucherDigits + 1)} letters and digits, and no U.`),
		);
	}
	const digits = voucher.slice(0, LIMITS.voucherDigits);
	if (checkCharacter(digits) !== voucher.slice(LIMITS.voucherDigits)) {
		throw new Fault('voucher-check', 'voucher', msg('A character of this voucher is wrong, or two are swapped.'));
	}
	return voucher;
}

/** In nine groups of three. @param voucher normal form */
export function showVoucher(voucher: string): string {
	return (voucher.match(/.{1,3}/g) ?? []).join('-');
}

/** As the server stores it. @param voucher normal form. @param letter id. @returns b64u of 32 bytes */
export async function voucherHash(voucher: string, letter: string): Promise<string> {
	return b64u(await hash('undersigned/voucher/1', utf8(letter), utf8(voucher)));
}
