import { expect, test } from 'vitest';
import { SettableClock } from '../../../server/platform/clock.ts';
import { RateLimits } from '../../../server/platform/rate-limit.ts';

const allowance = { burst: 3, perMinute: 1 };
const client = { key: 'a', local: false };
const start = new Date('2027-01-01T00:00:00Z');

test('lets a burst through, then as many a minute as allowed', () => {
	const clock = new SettableClock(start);
	const limits = new RateLimits(clock);
	for (let spent = 0; spent < 3; spent++) limits.spend('codes', client, allowance);
	expect(() => limits.spend('codes', client, allowance)).toThrow(
		expect.objectContaining({ code: 'too-many-requests' }),
	);
	clock.advance(1);
	limits.spend('codes', client, allowance);
	expect(() => limits.spend('codes', client, allowance)).toThrow();
	clock.advance(60);
	for (let spent = 0; spent < 3; spent++) limits.spend('codes', client, allowance);
	expect(() => limits.spend('codes', client, allowance)).toThrow();
});

test('says when the next is there, to programs and to people', () => {
	const clock = new SettableClock(start);
	const limits = new RateLimits(clock);
	const refused = (rare: typeof allowance) => {
		try {
			for (let spent = 0; spent < 10; spent++) limits.spend('reports', client, rare);
		} catch (problem) {
			return problem;
		}
		return null;
	};
	const wait = (minutes: string) => expect.stringContaining(`Wait ${minutes} and try again.`);
	expect(refused(allowance)).toMatchObject({ retryAfter: 60, detail: wait('a minute') });
	const rare = { burst: 2, perMinute: 0.2 };
	expect(refused(rare)).toMatchObject({ retryAfter: 300, detail: wait('5 minutes') });
	clock.advance(2);
	expect(refused(rare)).toMatchObject({ retryAfter: 180, detail: wait('3 minutes') });
	clock.advance(4);
	expect(() => limits.spend('reports', client, rare)).not.toThrow();
});

test('counts each use and each client apart', () => {
	const limits = new RateLimits(new SettableClock(start));
	for (let spent = 0; spent < 3; spent++) limits.spend('codes', client, allowance);
	limits.spend('logins', client, allowance);
	limits.spend('codes', { key: 'b', local: false }, allowance);
});

test('a clock set back does not refill or block', () => {
	const clock = new SettableClock(start);
	const limits = new RateLimits(clock);
	limits.spend('codes', client, allowance);
	clock.set(new Date('2026-01-01T00:00:00Z'));
	limits.spend('codes', client, allowance);
	limits.spend('codes', client, allowance);
	expect(() => limits.spend('codes', client, allowance)).toThrow();
});

test('an exempt client is not counted', () => {
	const limits = new RateLimits(new SettableClock(start), ({ local }) => local);
	for (let spent = 0; spent < 10; spent++) limits.spend('codes', { key: 'c', local: true }, allowance);
});

test('a flood from ever new addresses is forgotten ten thousand at a time, the oldest first', () => {
	const limits = new RateLimits(new SettableClock(start));
	const flood = (from: number, to: number) => {
		for (let i = from; i < to; i++) limits.spend('codes', { key: `${i}`, local: false }, allowance);
	};
	for (let spent = 0; spent < 3; spent++) limits.spend('codes', client, allowance);
	flood(0, 99_999);
	expect(() => limits.spend('codes', client, allowance)).toThrow();
	flood(99_999, 100_000);
	limits.spend('codes', client, allowance);
	const begun = performance.now();
	flood(100_000, 105_000);
	// Without a sweep for each: those take milliseconds apiece.
	expect(performance.now() - begun).toBeLessThan(2_000);
});

test('what is swept each minute takes no count along that still says something', () => {
	const clock = new SettableClock(start);
	const limits = new RateLimits(clock);
	for (let spent = 0; spent < 3; spent++) limits.spend('codes', client, allowance);
	clock.advance(1);
	limits.spend('codes', client, allowance);
	expect(() => limits.spend('codes', client, allowance)).toThrow();
	clock.advance(30);
	// The first after a sweep counts like any other.
	for (let spent = 0; spent < 3; spent++) limits.spend('codes', client, allowance);
	expect(() => limits.spend('codes', client, allowance)).toThrow();
});
