/** What readers of PDF other than ours find in a file: poppler's tools, from Debian's poppler-utils. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Poppler puts them around what runs from right to left. */
const EMBEDDING = /[\u202a-\u202e]/g;

/** @throws Error where the tool has anything to complain about */
function run(tool: 'pdftotext' | 'pdfinfo', pdf: Uint8Array, args: readonly string[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
	try {
		const file = join(folder, 'letter.pdf');
		writeFileSync(file, pdf);
		const output = tool === 'pdftotext' ? [file, '-'] : [file];
		const { status, stdout, stderr } = spawnSync(tool, [...args, ...output], {
			encoding: 'utf8',
			maxBuffer: 2 ** 28,
		});
		if (status !== 0 || stderr !== '') throw new Error(`${tool}: ${stderr || `status ${status}`}`);
		return stdout;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** All of its text, in lines. */
export const textOf = (pdf: Uint8Array): string => run('pdftotext', pdf, ['-enc', 'UTF-8']).replaceAll(EMBEDDING, '');

/** `Title`, `Pages`, `Tagged` and so on. */
export function infoOf(pdf: Uint8Array): Map<string, string> {
	const lines = run('pdfinfo', pdf, ['-isodates']).split('\n');
	return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
}

/** Its structure as an indented list, with the text of each element. */
export const structureOf = (pdf: Uint8Array): string => run('pdfinfo', pdf, ['-struct-text']);

export const linksOf = (pdf: Uint8Array): string => run('pdfinfo', pdf, ['-url']);
