import { encodeQR } from 'qr';
import { mm, type Pdf } from './pdf-file.ts';

/** Where it stands on the sheet, and its side, without the margin of four modules that it needs all around (ISO/IEC 18004, 6.3.8); in millimetres. */
export type Square = { x: number; y: number; side: number };

/** Black on the white of the paper, in one path. Readable with up to 15 % of it dirty or torn. */
export function drawQrCode(pdf: Pdf, text: string, { x, y, side }: Square): void {
	// Without the one module of margin that the library insists on.
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 })
		.slice(1, -1)
		.map((row) => row.slice(1, -1));
	const module = mm(side) / rows.length;
	rows.forEach((row, i) => {
		for (const { from, length } of runs(row)) {
			pdf.rect(mm(x) + from * module, mm(y) + i * module, length * module, module);
		}
	});
	pdf.fill('black');
}

/** Neighbours in one rectangle, or hairlines show between them. */
function runs(row: readonly boolean[]): { from: number; length: number }[] {
	const found: { from: number; length: number }[] = [];
	row.forEach((dark, at) => {
		const last = found.at(-1);
		if (dark && last && last.from + last.length === at) last.length++;
		else if (dark) found.push({ from: at, length: 1 });
	});
	return found;
}
