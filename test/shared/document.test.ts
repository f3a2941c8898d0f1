import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { b64u, utf8 } from '../../shared/bytes.ts';
import { encoded, integer, readDocument, text, time, writeDocument } from '../../shared/document.ts';
import { Fault } from '../../shared/fault.ts';
import { faultOf } from '../support/fault-of.ts';

const schema = v.strictObject({ a: text(0, 10), b: integer(0, Number.MAX_SAFE_INTEGER) });
const read = (source: string) => readDocument(schema, source, 'test', 100);

test('fields are written in the listed order', () => {
	expect(writeDocument(schema, { b: 1, a: 'x' })).toBe('{"a":"x","b":1}');
	expect(read('{"a":"x","b":1}')).toEqual({ a: 'x', b: 1 });
});

describe('one spelling', () => {
	test.each([
		['another order', '{"b":1,"a":"x"}'],
		['white space', '{"a": "x","b":1}'],
		['a line end', '{"a":"x","b":1}\n'],
		['a byte order mark', '\ufeff{"a":"x","b":1}'],
		['a field twice', '{"a":"y","a":"x","b":1}'],
		['one more field', '{"a":"x","b":1,"c":2}'],
		['a field of the prototype', '{"a":"x","b":1,"__proto__":{}}'],
		['a field named like a method', '{"a":"x","b":1,"toString":1}'],
		['a missing field', '{"a":"x"}'],
		['a needless escape', '{"a":"\\u0078","b":1}'],
		['an escaped solidus', '{"a":"\\/","b":1}'],
		['an escape in upper case', '{"a":"\\u001F","b":1}'],
		['a lone surrogate', '{"a":"\\ud800","b":1}'],
		['minus zero', '{"a":"x","b":-0}'],
		['a negative number', '{"a":"x","b":-1}'],
		['an exponent', '{"a":"x","b":1e0}'],
		['a fraction', '{"a":"x","b":1.5}'],
		['a fraction of zeros', '{"a":"x","b":1.0}'],
		['a number past 2^53', '{"a":"x","b":9007199254740993}'],
		['too many bytes in few characters', '{"a":"ééééé1","b":1}'],
		['another type', '{"a":1,"b":1}'],
		['no JSON', '{"a":'],
		['a list', '[]'],
		['null', 'null'],
	])('%s is refused', async (_, source) => {
		expect(await faultOf(() => read(source))).toMatch(/^document-(form|not-canonical)$/);
	});

	test('depth is no way to stop the reader', async () => {
		const deep = '['.repeat(50_000);
		expect(await faultOf(() => readDocument(schema, deep, 'test', 100_000))).toBe('document-form');
	});

	test('whatever is accepted is written the same', () => {
		const value = fc.record({ a: fc.string({ unit: 'grapheme', maxLength: 3 }), b: fc.nat() });
		fc.assert(
			fc.property(value, (value) => {
				if (utf8(value.a).length > 10) return true;
				return JSON.stringify(read(writeDocument(schema, value))) === JSON.stringify(value);
			}),
		);
	});
});

test('length counts bytes', async () => {
	const source = '{"a":"éé","b":1}';
	expect(await faultOf(() => readDocument(schema, source, 'test', utf8(source).length - 1))).toBe('document-too-long');
	expect(await faultOf(() => readDocument(schema, source, 'test', utf8(source).length))).toBe('none');
});

test('bytes are read as UTF-8', async () => {
	expect(readDocument(schema, utf8('{"a":"é","b":1}'), 'test', 100).a).toBe('é');
	expect(await faultOf(() => readDocument(schema, new Uint8Array([0x22, 0xff, 0x22]), 'test', 9))).toBe('encoding');
});

test('a fault names the place and never what was received', () => {
	try {
		read('{"a":"kim.doe@oceanparcel.example","b":1}');
		expect.unreachable();
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		expect(fault.place).toBe('test, a');
		expect(fault.message).not.toContain('kim');
	}
});

test('encoded bytes have one spelling and one length', () => {
	for (const length of [16, 32, 33, 64, 81, 384, 416, 2076]) {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: length - 1, maxLength: length + 1 }), (bytes) => {
				return v.is(encoded(length), b64u(bytes)) === (bytes.length === length);
			}),
			{ numRuns: 30 },
		);
	}
	expect(v.is(encoded(16), `${'A'.repeat(21)}B`)).toBe(false);
	expect(v.is(encoded(32), `${'A'.repeat(42)}B`)).toBe(false);
	expect(v.is(encoded(16), `${'A'.repeat(22)}\n`)).toBe(false);
});

test.each([
	['2027-02-28T23:59:59Z', true],
	['2028-02-29T00:00:00Z', true],
	['2027-02-29T00:00:00Z', false],
	['2027-13-01T00:00:00Z', false],
	['2027-01-01T24:00:00Z', false],
	['2027-01-01T00:00:60Z', false],
	['2027-01-01T00:00:00.000Z', false],
	['2027-01-01T00:00:00+00:00', false],
	['2027-01-01 00:00:00Z', false],
])('the time %s: %s', (source, good) => {
	expect(v.is(time, source)).toBe(good);
});
