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
