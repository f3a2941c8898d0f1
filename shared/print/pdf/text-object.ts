/**
 * Shaped glyphs as a PDF's text objects (ISO 32000-1, 9.4), in fonts that pdfkit embeds: only glyphs that are used. Written here, since readers take
 * a span's place and height from the font that is set when it ends, and pdfkit ends the text object before a span can end.
 */
import type PDFDocument from 'pdfkit';
import type { Face, PlacedGlyph } from '../type/face.ts';
import type { Run } from './runs.ts';

/** What of pdfkit 0.20.2 its types do not say. */
interface Inner {
	font(source: object | string, family: string): unknown;
	_font: EmbeddedFont;
	page: { fonts: Record<string, unknown> };
	addContent(operators: string): void;
}

interface EmbeddedFont {
	id: string;
	ref(): unknown;
	encode(text: string, features: string[]): [string[], unknown[]];
}

/** A face in this document: its font, and the codes that glyphs have in it, by their number in the face. A glyph keeps the code that it had first. */
interface Embedded {
	font: EmbeddedFont;
	codes: Map<number, string>;
}

export class TextObjects {
	readonly #inner: Inner;
	readonly #known = new Map<Face, Embedded>();
	#ready: readonly PlacedGlyph[] = [];

	constructor(doc: InstanceType<typeof PDFDocument>) {
		this.#inner = doc as unknown as Inner;
	}

	/** Runs of one line. */
	draw(runs: readonly Run[]): void {
		const operators = ['BT'];
		for (const run of runs) {
			const { font, codes } = this.#encode(run);
			operators.push(`/${font} ${number(run.size)} Tf`);
			if (run.actual !== null) operators.push(`/Span <</ActualText <${utf16(run.actual)}>>> BDC`);
			showing(run, codes, operators);
			if (run.actual !== null) operators.push('EMC');
		}
		operators.push('ET');
		this.#inner.addContent(operators.join('\n'));
	}

	/** A font's name on this page, and its codes for the glyphs. */
	#encode({ face, glyphs }: Run): { font: string; codes: Embedded['codes'] } {
		const { font, codes } = this.#embedded(face);
		if (glyphs.some(({ glyph }) => !codes.has(glyph.id))) {
			this.#ready = glyphs;
			const [given] = font.encode('', []);
			for (const [at, { glyph }] of glyphs.entries()) codes.set(glyph.id, given[at] ?? '0000');
		}
		this.#inner.page.fonts[font.id] ??= font.ref();
		return { font: font.id, codes };
	}

	#embedded(face: Face): Embedded {
		const known = this.#known.get(face);
		if (known !== undefined) return known;
		this.#inner.font(this.#source(face), face.id);
		const embedded = { font: this.#inner._font, codes: new Map<number, string>() };
		this.#known.set(face, embedded);
		return embedded;
	}

	/** pdfkit asks a font to lay out a text, and is given the glyphs that stand ready instead. */
	#source(face: Face): object {
		return Object.create(face.font, {
			layout: {
				value: () => ({
					glyphs: this.#ready.map(({ glyph, codePoints }) => ({
						id: glyph.id,
						advanceWidth: glyph.advanceWidth,
						codePoints,
					})),
					positions: this.#ready.map(() => ({})),
					advanceWidth: 0,
				}),
			},
		});
	}
}

/** Operators that show the glyphs: those on the baseline together, others each in its place. The page's y runs downwards, so text is set upside down. */
function showing({ face, glyphs, x, y, size }: Run, codes: Embedded['codes'], operators: string[]): void {
	let pen = 0;
	let from = 0;
	/** Codes in hexadecimal, and between them what the font's own width is too much, in thousandths. */
	let row = '';
	let open = false;
	const at = (dx: number, dy: number) => `1 0 0 -1 ${number(x + dx * size)} ${number(y - dy * size)} Tm`;
	const flush = () => {
		if (row !== '') operators.push(`${at(from, 0)} [${row}${open ? '>' : ''}] TJ`);
		row = '';
		open = false;
	};
	for (const placed of glyphs) {
		const code = codes.get(placed.glyph.id) ?? '0000';
		if (placed.x !== 0 || placed.y !== 0) {
			flush();
			operators.push(`${at(pen + placed.x, placed.y)} <${code}> Tj`);
		} else {
			if (row === '') from = pen;
			row += open ? code : `<${code}`;
			const less = placed.glyph.advanceWidth / face.em - placed.advance;
			open = Math.abs(less) < 1e-6;
			if (!open) row += `>${number(less * 1000)}`;
		}
		pen += placed.advance;
	}
	flush();
}

/** A text string (7.9.2.2) in hexadecimal: UTF-16, high byte first, after its mark. */
function utf16(text: string): string {
	let hex = 'feff';
	for (let i = 0; i < text.length; i++) hex += hexOf(text.charCodeAt(i));
	return hex;
}

/** By unit of UTF-16; filled as they come. */
const units: string[] = [];

function hexOf(unit: number): string {
	units[unit] ??= unit.toString(16).padStart(4, '0');
	return units[unit];
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000);
