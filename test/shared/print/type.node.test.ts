import { describe, expect, test } from 'vitest';
import { person } from '../../../server/command/demo/people.ts';
import '../../../server/published/fonts.ts';
import { faceFor } from '../../../shared/print/type/faces.ts';
import { breakLines } from '../../../shared/print/type/lines.ts';
import { typeText } from '../../../shared/print/type/words.ts';

const lines = (text: string, width: number) => breakLines(typeText([{ text, style: 'text' }]), width);
const said = (text: string, width: number) =>
	lines(text, width).map((line) => line.logical.map((piece) => piece.text).join(''));
const pieces = (text: string) => lines(text, 1000).flatMap((line) => line.pieces);

describe('shaping', () => {
	test('words from their pairs are as wide as words that are shaped whole', () => {
		const face = faceFor('text', 65);
		expect(face).not.toBeNull();
		for (let n = 0; face !== null && n < 300; n++) {
			for (const word of `${person(n).name} AVATAR To Te Wafer difficult ffi`.split(' ')) {
				if (!/^[A-Za-z]+$/.test(word)) continue;
				const whole = face.font.layout(word);
				const glyphs = face.shape(word, false);
				expect(glyphs.map(({ glyph }) => glyph.id)).toEqual(whole.glyphs.map(({ id }) => id));
				const width = glyphs.reduce((all, { advance }) => all + advance, 0);
				expect(width).toBeCloseTo(whole.advanceWidth / face.em, 9);
			}
		}
	});

	test('letters that share a glyph still say which they are', () => {
		const shaped = (text: string) =>
			pieces(text)
				.flatMap(({ glyphs }) => glyphs.flatMap(({ codePoints }) => codePoints))
				.filter((one) => one !== 0x20);
		expect(
			shaped('يی پبت')
				.map((one) => String.fromCodePoint(one))
				.reverse()
				.sort(),
		).toEqual(Array.from('يیپبت').sort());
	});

	test.each([
		['Łęcka', ['newsreader-latin-ext', 'newsreader-latin']],
		['Ελένη', ['noto-serif-greek']],
		['Олена', ['noto-serif-cyrillic']],
		['محمد', ['noto-naskh-arabic-arabic']],
		['שלום', ['noto-serif-hebrew-hebrew']],
		['शर्मा', ['noto-serif-devanagari-devanagari']],
	])('%s is set in the fonts that hold it', (text, faces) => {
		const used = pieces(text).map(({ face }) => face.id.replace(/-400-normal$/, ''));
		expect([...new Set(used)]).toEqual(faces);
		expect(pieces(text).some(({ boxed }) => boxed)).toBe(false);
	});

	test('a box for each character that no font holds, one for an emoji of several parts', () => {
		const boxes = pieces('አበበ');
		expect(boxes.every(({ boxed }) => boxed)).toBe(true);
		expect(boxes.flatMap(({ glyphs }) => glyphs)).toHaveLength(3);
		expect(pieces('👩‍👩‍👧').map(({ glyphs }) => glyphs.length)).toEqual([1]);
	});

	test('of 80 marks on a letter four are drawn, and all stay in the text', () => {
		const text = `a${'\u0301'.repeat(80)}`;
		const [piece] = pieces(text);
		expect(piece?.text).toBe(text);
		expect(piece?.glyphs.length).toBeLessThanOrEqual(6);
	});
});

describe('lines', () => {
	test('end at blanks, after hyphens between letters, between characters that need no blanks', () => {
		expect(said('one two three', 4)).toEqual(['one two', 'three']);
		expect(said('well-known', 3)).toEqual(['well-', 'known']);
		expect(said('costs -5', 3)).toEqual(['costs', '-5']);
		expect(said('我们拒绝', 2)).toEqual(['我们', '拒绝']);
	});

	test('never begin with a closing mark, nor end with an opening one', () => {
		expect(said('我们拒，绝', 3)).toEqual(['我们', '拒，绝']);
		expect(said('我们「拒', 3)).toEqual(['我们', '「拒']);
	});

	test('cut a word only where none could hold it', () => {
		expect(said('a Wwwwwwwwwwww b', 5).join('|').replaceAll('|', '').replaceAll(' ', '')).toBe('aWwwwwwwwwwwwb');
		for (const line of lines(`x ${'W'.repeat(300)} y`, 5)) expect(line.width).toBeLessThanOrEqual(5);
	});

	test('are in the order in which they are seen: words from the right, each of other scripts from the left', () => {
		const seen = (text: string) =>
			pieces(text)
				.map((piece) => piece.text)
				.join('');
		expect(seen('محمد الفارسي')).toBe('الفارسي محمد');
		expect(seen('عام 2026 Northwind')).toBe('Northwind 2026 عام');
		expect(seen('Nour نور')).toBe('Nour نور');
	});

	test('brackets open to the other side from right to left', () => {
		const glyphs = (text: string) =>
			pieces(text).flatMap((piece) => piece.glyphs.map(({ codePoints }) => codePoints[0]));
		expect(glyphs('(א)')).toEqual([0x28, 0x5d0, 0x29]);
	});

	test('nobody sets letters against their own direction', () => {
		expect(
			pieces('ab\u202ecd')
				.map((piece) => piece.text)
				.join(''),
		).toBe('abcd');
	});
});
