import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lettersOfSection, nameSections } from '../../../shared/pages/name-sections.ts';

const numbered = (names: string[]) => names.map((name, at) => ({ name, number: at + 1 }));
const labels = (names: string[], letters = 1, language = 'en') =>
	nameSections(numbered(names), language, letters).map(({ label, names }) => [label, names.map((one) => one.name)]);

describe('signatories by letter', () => {
	test('stand under the base letter of an alphabet, or under the script, and what begins with no letter last', () => {
		expect(
			labels([
				'Łucja',
				'Liam',
				'Ángel',
				'adam',
				'Żaneta',
				'王伟',
				'محمد',
				'أحمد',
				'Елена',
				'さくら',
				'김서연',
				'“Q” Smith',
				'42',
			]),
		).toEqual([
			['A', ['adam', 'Ángel']],
			['L', ['Liam', 'Łucja']],
			['Q', ['“Q” Smith']],
			['Z', ['Żaneta']],
			['Е', ['Елена']],
			['ا', ['أحمد']],
			['م', ['محمد']],
			['ㄱ', ['김서연']],
			['Kana', ['さくら']],
			['Han', ['王伟']],
			['#', ['42']],
		]);
	});

	test('with very many, two letters share a page, and Chinese names one by their first character', () => {
		expect(labels(['Maria', 'M. Smith', 'mateusz', '王伟', '王芳', '李娜', 'O'], 2).map(([label]) => label)).toEqual([
			'Ma',
			'Ms',
			'O',
			'李',
			'王',
		]);
	});

	test('have addresses of ASCII, another for each section', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 60 }),
				fc.integer({ min: 1, max: 3 }),
				(names, letters) => {
					const sections = nameSections(numbered(names), 'en', letters);
					const keys = sections.map(({ key }) => key);
					expect(new Set(keys).size).toBe(keys.length);
					for (const key of keys) expect(key).toMatch(/^[a-z0-9-]+$/);
					expect(sections.flatMap((section) => section.names)).toHaveLength(names.length);
				},
			),
		);
	});

	test('whoever withdraws leaves a gap: no other name moves to another page', () => {
		const name = fc.string({ unit: fc.constantFrom(...'aábłmoz Ü王李محд.1'), minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(fc.array(name, { minLength: 1, maxLength: 40 }), fc.nat(), (names, who) => {
				const all = numbered(names);
				const left = all.filter((_, at) => at !== who % all.length);
				const placed = (some: typeof all) =>
					nameSections(some, 'pl', 2).flatMap(({ key, names: here }) =>
						here.map(({ number }) => [key, number] as const),
					);
				const gone = all[who % all.length]!.number;
				expect(placed(left)).toEqual(placed(all).filter(([, number]) => number !== gone));
			}),
		);
	});

	test('are divided by how many were approved, which no withdrawal changes', () => {
		expect([1, 4_000, 10_000, 10_001, 100_000, 200_001].map(lettersOfSection)).toEqual([1, 1, 1, 2, 2, 3]);
	});

	test('a language that nobody registered sorts as English does', () => {
		expect(labels(['b', 'a'], 1, 'abcd').map(([label]) => label)).toEqual(['A', 'B']);
	});
});
