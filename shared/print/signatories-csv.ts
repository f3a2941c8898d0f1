/**
 * The signatures as a table (RFC 4180): UTF-8, lines ended by CRLF, a row for each in the order and with the numbers of the release file. A cell
 * that a spreadsheet would take for a formula begins with an apostrophe, and so does what follows a semicolon (docs/files.md, test/shared/print/signatories-csv.node.test.ts).
 */
import { readCharter } from '../charter.ts';
import type { LetterPageView } from '../pages/letter-view.ts';
import type { ReleaseContent, SignatureContent } from '../release.ts';

const HEADER = ['number', 'shown', 'name', 'title', 'group', 'label'];

/**
 * What a spreadsheet may read as the beginning of a formula: = + - @, their fullwidth twins, which some take for them, tab and line ends; also
 * after blanks, quotation marks and what shows nothing, which some leave out first. Where commas part decimals, spreadsheets part cells at semicolons.
 */
const FORMULA =
	/(?<=^|;)(?=[\s"'`\u2018\u2019\u201c\u201d\p{Cf}\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b\t\r\n])/gu;

export function signatoriesCsv(view: LetterPageView, release: ReleaseContent): string {
	const charter = readCharter(release.chain.charters.at(-1) ?? '');
	const names = new Map(charter.groups.map(({ id }, at) => [id, view.groups[at]?.name ?? '']));
	const rows = release.signatures.map((signature, at) => rowOf(signature, at + 1, names));
	return [HEADER, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** `shown` is "named", "anonymous", "withdrawn" or "struck"; nothing is left of the last two but their group. */
function rowOf(signature: SignatureContent, number: number, groups: ReadonlyMap<string, string>): string[] {
	if ('stub' in signature) {
		const { stub } = signature;
		return [
			String(number),
			stub.withdrawal === null ? 'struck' : 'withdrawn',
			'',
			'',
			groups.get(stub.group) ?? '',
			'',
		];
	}
	const { statement, display, label } = signature.entry;
	return [
		...[String(number), statement.shown, display?.name ?? '', display?.title ?? ''],
		...[groups.get(statement.group) ?? '', label ?? ''],
	];
}

/** Quoted where it must be. */
function cell(text: string): string {
	const safe = text.replaceAll(FORMULA, "'");
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
