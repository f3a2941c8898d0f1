import { describe, expect, test } from 'vitest';
import { acceptedCodings } from '../../../server/published/accepted-coding.ts';
import { askedRange } from '../../../server/published/byte-range.ts';

// The examples of RFC 9110, section 12.5.3, and what browsers and command lines send.
test.each([
	[undefined, ['identity']],
	['', ['identity']],
	['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
	['compress, gzip', ['gzip', 'identity']],
	['compress;q=0.5, gzip;q=1.0', ['gzip', 'identity']],
	['gzip;q=1.0, identity; q=0.5, *;q=0', ['gzip', 'identity']],
	['*', ['br', 'gzip', 'identity']],
	['br;q=0.5, GZIP', ['gzip', 'br', 'identity']],
	['br;q=0, gzip;q=0.001', ['gzip', 'identity']],
	['identity, br;q=0.9', ['identity', 'br']],
	['x-gzip', ['gzip', 'identity']],
	['br;q=2, gzip;level=9', ['identity']],
	['identity;q=0', ['identity']],
])('Accept-Encoding: %s', (header, codings) => {
	expect(acceptedCodings(header)).toEqual(codings);
});

describe('Range', () => {
	const asked = (range: string | undefined, length = 10_000, ifRange?: string) =>
		askedRange({ range, ifRange }, '"etag"', length);

	// The examples of RFC 9110, section 14.1.2, of a file of 10,000 bytes.
	test.each([
		['bytes=0-499', { first: 0, last: 499 }],
		['bytes=500-999', { first: 500, last: 999 }],
		['bytes=-500', { first: 9_500, last: 9_999 }],
		['bytes=9500-', { first: 9_500, last: 9_999 }],
		['bytes=9999-20000', { first: 9_999, last: 9_999 }],
		['bytes=-20000', { first: 0, last: 9_999 }],
		['bytes=10000-', 'unsatisfiable'],
		['bytes=-0', 'unsatisfiable'],
		['bytes=500-499', null],
		['bytes=-', null],
		['bytes=a-b', null],
		['bytes=0-0,-1', null],
		['lines=0-1', null],
		[undefined, null],
	])('%s', (range, expected) => {
		expect(asked(range)).toEqual(expected);
	});

	test('of an empty file there is none', () => {
		expect(asked('bytes=0-', 0)).toBe('unsatisfiable');
	});

	test('is passed over unless If-Range names exactly this version', () => {
		expect(asked('bytes=0-1', 10, '"etag"')).toEqual({ first: 0, last: 1 });
		for (const other of ['"other"', 'W/"etag"', 'Mon, 01 Mar 2027 09:00:00 GMT']) {
			expect(asked('bytes=0-1', 10, other)).toBeNull();
		}
	});
});
