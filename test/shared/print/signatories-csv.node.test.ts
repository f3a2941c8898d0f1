import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../shared/entry.ts';
import { letterView } from '../../../shared/pages/letter-view.ts';
import { signatoriesCsv } from '../../../shared/print/signatories-csv.ts';
import type { Release } from '../../../shared/release.ts';
import { fullLetter } from '../../support/full-letter.ts';

const { made } = await fullLetter();
const { release } = made;

/** RFC 4180, read by the letter. */
function parse(csv: string): string[][] {
	const rows: string[][] = [];
	for (const line of csv.match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? []) {
		const cells = line.slice(0, -2).match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? [];
		rows.push(cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)));
	}
	return rows;
}

/** The same release, every display replaced: a table verifies nothing. */
async function rowsOf(name: string, title = ''): Promise<string[][]> {
	const signatures = release.signatures.map((one) => {
		if (!('entry' in one) || one.entry.display === null) return one;
		const entry: Entry = { ...one.entry, display: { name, title } };
		return { digest: one.digest, entry };
	});
	const changed: Release = { ...release, signatures };
	return parse(signatoriesCsv(await letterView(changed, { isPublic: true }), changed));
}

test('a row for each signature, in the order and with the numbers of the release file', async () => {
	const [head, ...rows] = parse(signatoriesCsv(await letterView(release, { isPublic: true }), release));
	expect(head).toEqual(['number', 'shown', 'name', 'title', 'group', 'label']);
	expect(rows.map(([number]) => number)).toEqual(release.signatures.map((_, at) => String(at + 1)));
	for (const [at, signature] of release.signatures.entries()) {
		const [, shown, name, title, group, label] = rows[at] ?? [];
		expect(group).not.toBe('');
		if ('stub' in signature)
			expect([shown, name, title, label]).toEqual([signature.stub.strike ? 'struck' : 'withdrawn', '', '', '']);
		else {
			const { statement, display } = signature.entry;
			expect([shown, name, title, label]).toEqual([
				...[statement.shown, display?.name ?? '', display?.title ?? '', signature.entry.label ?? ''],
			]);
		}
	}
	expect(rows.map(([, shown]) => shown)).toEqual(expect.arrayContaining(['named', 'anonymous', 'withdrawn', 'struck']));
});

describe('no cell is a formula', () => {
	test.each([
		'=1+1',
		'=HYPERLINK("https://a.example","x")',
		"+cmd|' /C calc'!A0",
		'-2+3',
		'@SUM(1)',
		'＝1+1',
		'＋1',
		'－1',
		'＠SUM(1)',
		'−1',
		'﹢1',
		'\t=1',
		'\r=1',
		'\tx',
		' =1',
		'\u00a0=1',
		'\u3000＝1',
		'"=1',
		"'=1",
		'"" =1',
		'\u200b=1',
		'\ufeff=1',
		'“=1',
		'a\r\n=1',
	])('%j', async (attack) => {
		for (const rows of [await rowsOf(attack), await rowsOf('Ana', attack)]) {
			const cells = rows.flat().filter((cell) => cell.includes(attack));
			expect(cells.length).toBeGreaterThan(0);
			// The letter of a line that was typed into a cell stays in the cell.
			for (const cell of cells) expect(cell).toBe(/^a/.test(attack) ? attack : `'${attack}`);
		}
	});

	test.each([
		['Ana;=1+1', "Ana;'=1+1"],
		['=1;-2; @SUM(1)', "'=1;'-2;' @SUM(1)"],
		['a, b;"=1"', 'a, b;\'"=1"'],
	])('where a semicolon parts cells: %j', async (attack, cell) => {
		for (const rows of [await rowsOf(attack), await rowsOf('Ana', attack)]) expect(rows.flat()).toContain(cell);
	});

	test.each(['Engineer; R&D', 'Ana-María', "O'Neil", 'a=b', '王小明', '"Q" Ana', 'Jean - Luc', '3 + 4'])(
		'and %j stays as it is',
		async (name) => {
			expect((await rowsOf(name)).some((row) => row[2] === name)).toBe(true);
		},
	);
});

test('commas, quotation marks and line ends stay in their cell', async () => {
	const name = 'Silva, "Ana"\r\nMaria';
	const rows = await rowsOf(name, 'a,b');
	expect(rows).toHaveLength(release.signatures.length + 1);
	for (const row of rows) expect(row).toHaveLength(6);
	expect(rows.some((row) => row[2] === name && row[3] === 'a,b')).toBe(true);
});
