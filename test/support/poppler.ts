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

export type Picture = { width: number; height: number /** Red, green, blue, row by row. */; data: Uint8Array };

/** A page as it would be printed. @param page from 1. @param dpi dots per inch */
export function pictureOf(pdf: Uint8Array, page: number, dpi: number): Picture {
	const only = ['-r', String(dpi), '-f', String(page), '-l', String(page), '-'];
	const { status, stdout, stderr } = spawnSync('pdftoppm', only, { input: pdf, maxBuffer: 2 ** 28 });
	if (status !== 0) throw new Error(`pdftoppm: ${stderr}`);
	// Binary PPM: P6, width and height, 255, then the bytes.
	const [head = '', width, height] = /^P6\s(\d+) (\d+)\s255\s/.exec(stdout.toString('latin1', 0, 64)) ?? [];
	return { width: Number(width), height: Number(height), data: stdout.subarray(head.length) };
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
