/**
 * Shamir's secret sharing over GF(2^8), byte by byte ("How to share a secret", Communications of the ACM 22(11), 1979). Ours, since
 * x has to be the organizer's place: only so can whoever opened a secret say what every other share must be
 * (docs/protocol.md, section 6). Compatible with other implementations that put x last: test/shared/shamir.test.ts.
 */
import { type Bytes, concat, randomBytes } from './bytes.ts';
import { Fault } from './fault.ts';

/** Product modulo x^8 + x^4 + x^3 + x + 1 (0x11b), without branches or tables that depend on secrets. */
function multiply(a: number, b: number): number {
	let product = 0;
	for (let bit = 7; bit >= 0; bit--) {
		product = (product << 1) ^ (-(product >> 7) & 0x11b);
		product ^= -((b >> bit) & 1) & a;
	}
	return product;
}

/** a^254; x-bytes are public and never 0. */
function invert(a: number): number {
	let power = a;
	for (let i = 0; i < 6; i++) power = multiply(multiply(power, power), a);
	return multiply(power, power);
}

/**
 * @param count shares, for x from 1
 * @param threshold how many open it, at least 2
 * @returns each the y-bytes, then x
 */
export function splitSecret(secret: Bytes, count: number, threshold: number): Bytes[] {
	if (threshold < 2 || threshold > count || count > 255) throw new Fault('encoding', 'threshold', 'No such sharing.');
	// coefficients[0] is the secret, one random polynomial for each of its bytes.
	const coefficients = [secret, ...Array.from({ length: threshold - 1 }, () => randomBytes(secret.length))];
	return Array.from({ length: count }, (_, i) => {
		const x = i + 1;
		const y = new Uint8Array(secret.length);
		for (const coefficient of coefficients.toReversed()) {
			for (let at = 0; at < y.length; at++) y[at] = multiply(y[at] ?? 0, x) ^ (coefficient[at] ?? 0);
		}
		return concat(y, new Uint8Array([x]));
	});
}

/**
 * The value at `x` of the one polynomial of degree below `shares.length` through all the shares; the secret is at 0.
 * Wrong shares give a wrong value silently: the caller authenticates it.
 * @throws Fault `encoding` where two shares have one x, or lengths differ
 */
export function interpolate(shares: Bytes[], x: number): Bytes {
	const xs = shares.map((share) => share.at(-1) ?? 0);
	const length = (shares[0]?.length ?? 1) - 1;
	if (new Set(xs).size !== xs.length || xs.includes(0) || shares.some((share) => share.length !== length + 1)) {
		throw new Fault('encoding', 'shares', 'These are not shares of one secret.');
	}
	const y = new Uint8Array(length);
	shares.forEach((share, i) => {
		const own = xs[i] ?? 0;
		// Lagrange's basis polynomial at x; subtraction in this field is exclusive or.
		let basis = 1;
		for (const other of xs) if (other !== own) basis = multiply(basis, multiply(x ^ other, invert(own ^ other)));
		addProduct(y, share, basis);
	});
	return y;
}

/** y + share × factor, four bytes at a time. Whether a bit of `factor` counts is decided by x-bytes alone, which are public; of the secret bytes nothing is. */
function addProduct(y: Bytes, share: Bytes, factor: number): void {
	for (let at = 0; at < y.length; at += 4) {
		let word =
			(share[at] ?? 0) | ((share[at + 1] ?? 0) << 8) | ((share[at + 2] ?? 0) << 16) | ((share[at + 3] ?? 0) << 24);
		let sum = 0;
		for (let bits = factor; bits !== 0; bits >>= 1) {
			if (bits & 1) sum ^= word;
			// Each byte times x, modulo the polynomial where its highest bit was set.
			word = ((word & 0x7f7f7f7f) << 1) ^ (((word >>> 7) & 0x01010101) * 0x1b);
		}
		for (let byte = 0; byte < 4; byte++) y[at + byte] = (y[at + byte] ?? 0) ^ (sum >>> (8 * byte));
	}
}
