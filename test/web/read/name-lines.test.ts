import { describe, expect, test } from 'vitest';
import { NameLines } from '../../../web/read/name-lines.ts';

const FILE = `Northwind\tContoso
 names-a.html
7\t0\tAnja Łuczak\tInżynier
12\t1\tアンナ\tエンジニア
 names-script-han.html
214\t0\t王小明\t
 index.html
3\t1\tأحمد الفارسي\tعالم 214
`;

function read(pieces: string[]): NameLines {
	const names = new NameLines();
	for (const piece of pieces) names.add(piece);
	return names;
}

const found = (words: string, names = read([FILE])) => names.find(words, 10).first.map(({ href }) => href);

describe('the index of names', () => {
	test.each([
		['luczak', ['names-a.html#n7']],
		['INZYNIER northwind', ['names-a.html#n7']],
		['王小', ['names-script-han.html#n214']],
		['احمد', ['#n3']],
		['ｱﾝﾅ', ['names-a.html#n12']],
		['contoso', ['names-a.html#n12', '#n3']],
		['214', ['names-script-han.html#n214', '#n3']],
		['#214', ['names-script-han.html#n214']],
		['No. 12', ['names-a.html#n12']],
		['number 7', ['names-a.html#n7']],
		['#21', []],
		['nobody', []],
		['  ', []],
	])('%s', (words, hrefs) => {
		expect(found(words)).toEqual(hrefs);
	});

	test('is the same however it is cut on its way', () => {
		for (let size = 1; size < 40; size++) {
			const pieces = FILE.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
			expect(found('contoso', read(pieces))).toEqual(['names-a.html#n12', '#n3']);
		}
	});

	test('says how many there are, and gives the first of them', () => {
		const { count, first } = read([FILE]).find('n', 1);
		expect(count).toBe(4);
		expect(first).toEqual([
			{ number: '7', name: 'Anja Łuczak', title: 'Inżynier', group: 'Northwind', href: 'names-a.html#n7' },
		]);
	});
});
