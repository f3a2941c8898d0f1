import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLongMember } from '../../../server/platform/long-member.ts';
import { utf8 } from '../../../shared/bytes.ts';

/** In pieces of `size` bytes. */
async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
	const bytes = utf8(text);
	for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(text: string, size: number) {
	const { before, long, rest } = await readLongMember(cut(text, size), 'long');
	const pieces: Uint8Array[] = [];
	for await (const piece of long ?? []) pieces.push(piece);
	return { before, long: long && Buffer.concat(pieces).toString(), rest: await rest() };
}

test('whatever stands around it and wherever it is cut, the long member comes as JSON.parse would read it', async () => {
	const members = fc.dictionary(
		fc.string({ unit: 'binary' }).filter((name) => name !== 'long' && name !== '__proto__'),
		fc.jsonValue(),
		{
			maxKeys: 4,
			noNullPrototype: true,
		},
	);
	const long = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'ł', '😀', '\u0001', 'a', '{"long":"') }),
	);
	await fc.assert(
		fc.asyncProperty(
			members,
			long,
			members,
			fc.integer({ min: 1, max: 40 }),
			fc.boolean(),
			async (ahead, text, after, size, plain) => {
				const later = Object.fromEntries(Object.entries(after).filter(([name]) => !(name in ahead)));
				let json = JSON.stringify({ ...ahead, long: text, ...later });
				// Another way to write the same: every character beyond ASCII as an escape.
				if (plain)
					json = json.replaceAll(/[^\0-\x7f]/g, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);
				const found = await read(json, size);
				// A half of a character alone is no text: as an encoder writes it.
				expect(found.long).toBe(Buffer.from(text).toString());
				expect(found.rest).toEqual(JSON.parse(JSON.stringify({ ...ahead, long: '', ...later })));
				// Names that are numbers come first in an object of JavaScript's, wherever they stood.
				expect(Object.keys(found.before as object).every((name) => name in ahead || name in later)).toBe(true);
			},
		),
		{ numRuns: 60 },
	);
});

test.each([
	['{"a":1,"long":null,"b":"long"}', { a: 1, long: null, b: 'long' }],
	['{"a":{"long":"in it"},"b":["long","x"]}', { a: { long: 'in it' }, b: ['long', 'x'] }],
	['[]', []],
])('%s has no long member: all of it comes at once', async (text, all) => {
	for (const size of [1, 7, 100]) expect(await read(text, size)).toEqual({ before: all, long: null, rest: all });
});

test.each([
	'',
	'{',
	'{"long":"',
	'{"long":"\\',
	'{"long":"\\u12"}',
	'{"long":"\\x"}',
	'{"long":"a\nb"}',
	'{"long":"a"',
	'{"long":"a"}}',
	'["long":"a"]',
	'{"a","long":"a"}',
])('%j is refused', async (text) => {
	for (const size of [1, 100]) await expect(read(text, size)).rejects.toMatchObject({ code: 'malformed-request' });
});

test('what stands beside it is bounded', async () => {
	await expect(read(JSON.stringify({ a: 'a'.repeat(300_000), long: '' }), 5_000)).rejects.toMatchObject({
		code: 'too-large',
	});
	await expect(read(JSON.stringify({ long: '', a: 'a'.repeat(300_000) }), 5_000)).rejects.toMatchObject({
		code: 'too-large',
	});
	expect((await read(JSON.stringify({ long: 'a'.repeat(3_000_000) }), 65_536)).long).toHaveLength(3_000_000);
});
