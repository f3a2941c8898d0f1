import { expect, test } from 'vitest';
import { LONG, readLongStrings } from '../../../server/platform/long-strings.ts';

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
	const bytes = Buffer.from(text);
	for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const read = (text: string, size: number) => readLongStrings(cut(text, size), (bytes) => Buffer.from(bytes), 3 * LONG);

const long = 'ab'.repeat(LONG);

test('long strings are kept as bytes, all else is JSON, however it is cut', async () => {
	const said = { 'a"b': [1, 'x\\', { c: '"\u00e9\n', d: null }], long, 'second\\"': [long.slice(2)] };
	for (const size of [1, 2, 7, 65_536, 10 ** 7]) {
		const { whole, long: kept } = await read(JSON.stringify(said), size);
		expect(whole).toEqual({ ...said, long: { long: 0 }, 'second\\"': [{ long: 1 }] });
		expect(kept.map((bytes) => Buffer.from(bytes).toString())).toEqual([long, long.slice(2)]);
	}
	// The longest that is not long.
	expect((await read(JSON.stringify(['a'.repeat(LONG - 1)]), 1000)).long).toEqual([]);
});

test('what is no JSON is refused, and so is too much that is not long', async () => {
	for (const text of ['', '{', '{"a":"', `{"a":"${long}`, `{"a":"${long}"`, `["${long}" "${long}"]`]) {
		await expect(read(text, 5_000)).rejects.toMatchObject({ code: 'malformed-request' });
	}
	await expect(read(`[${'1,'.repeat(3 * 2 ** 20)}1]`, 65_536)).rejects.toMatchObject({ code: 'too-large' });
	await expect(read(JSON.stringify(Array(100).fill('a'.repeat(60_000))), 65_536)).rejects.toMatchObject({
		code: 'too-large',
	});
	await expect(read(JSON.stringify([long + long]), 65_536)).rejects.toMatchObject({ code: 'too-large' });
});

test('a million strings of nothing take no more memory than they have bytes', async () => {
	const before = process.memoryUsage().rss;
	await read(`[${'"",'.repeat(1.3 * 2 ** 20)}""]`, 65_536);
	expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
});
