import fc from 'fast-check';
import { combine, split } from 'shamir-secret-sharing';
import { expect, test } from 'vitest';
import { concat, equal, randomBytes } from '../../shared/bytes.ts';
import { interpolate, splitSecret } from '../../shared/shamir.ts';
import { faultOf } from '../support/fault-of.ts';

/** [shares, threshold] */
const sharing = fc.integer({ min: 2, max: 20 }).chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 2, max: n })));

test('any M of N shares open, in any order', () => {
	fc.assert(
		fc.property(sharing, fc.infiniteStream(fc.nat()), ([n, m], order) => {
			const secret = randomBytes(32);
			const shares = splitSecret(secret, n, m);
			const chosen = shuffle(shares, order).slice(0, m);
			return equal(interpolate(chosen, 0), secret);
		}),
	);
});

test('any M say what every other share must be', () => {
	fc.assert(
		fc.property(sharing, fc.infiniteStream(fc.nat()), ([n, m], order) => {
			const shares = splitSecret(randomBytes(32), n, m);
			const chosen = shuffle(shares, order).slice(0, m);
			return shares.every((share, i) => equal(concat(interpolate(chosen, i + 1), new Uint8Array([i + 1])), share));
		}),
		{ numRuns: 30 },
	);
});

test('M - 1 shares fit every secret, so they tell nothing', () => {
	fc.assert(
		fc.property(sharing, ([n, m]) => {
			const shares = splitSecret(randomBytes(32), n, m).slice(0, m - 1);
			const guess = concat(randomBytes(32));
			// The polynomial through M - 1 shares and any guess at x = 0 exists: its value at the place of share M completes a sharing of the guess.
			const at = (x: number) => throughZero(guess, shares, x);
			const completed = [...shares, concat(at(m), new Uint8Array([m]))];
			return equal(interpolate(completed, 0), guess);
		}),
		{ numRuns: 30 },
	);
	// And taken for M, they give something else.
	const secret = randomBytes(32);
	expect(equal(interpolate(splitSecret(secret, 5, 4).slice(0, 3), 0), secret)).toBe(false);
});

test('another implementation opens these shares, and these open its', async () => {
	for (const [n, m] of [
		[2, 2],
		[3, 2],
		[5, 3],
		[20, 11],
	] as const) {
		const secret = randomBytes(32);
		const ours = splitSecret(secret, n, m).slice(n - m);
		expect(equal(await combine(ours), secret)).toBe(true);
		const theirs = (await split(secret, n, m)).slice(0, m).map((share) => Uint8Array.from(share));
		expect(equal(interpolate(theirs, 0), secret)).toBe(true);
	}
});

test('shares that are none are refused', async () => {
	const [a, b] = splitSecret(randomBytes(32), 3, 2);
	expect(await faultOf(() => interpolate([a!, a!], 0))).toBe('encoding');
	expect(await faultOf(() => interpolate([a!, b!.slice(1)], 0))).toBe('encoding');
	expect(await faultOf(() => interpolate([a!, b!.with(32, 0)], 0))).toBe('encoding');
	expect(await faultOf(() => splitSecret(randomBytes(32), 3, 1))).toBe('encoding');
	expect(await faultOf(() => splitSecret(randomBytes(32), 2, 3))).toBe('encoding');
});

function shuffle<T>(list: T[], order: Iterator<number>): T[] {
	return list
		.map((item) => ({ item, rank: Number(order.next().value) }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ item }) => item);
}

/** By linearity: the polynomial through the shares that is 0 at 0, scaled, is found from two sharings of known secrets. */
function throughZero(secret: Uint8Array<ArrayBuffer>, shares: Uint8Array<ArrayBuffer>[], x: number) {
	// Place 21 stands for x = 0 after moving every x by exclusive or, which keeps degrees: p(x) = q(x ^ 21).
	const moved = [concat(secret, new Uint8Array([21])), ...shares.map((share) => share.with(32, (share[32] ?? 0) ^ 21))];
	return interpolate(moved, x ^ 21);
}
