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
	_font: { id: string; ref(): unknown; encode(text: string, features: string[]): [string[], unknown[]] };
	page: { fonts: Record<string, unknown> };
	addContent(operators: string): void;
}

export class TextObjects {
	readonly #inner: Inner;
	readonly #known = new Set<Face>();
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
			operators.push(...showing(run, codes));
			if (run.actual !== null) operators.push('EMC');
		}
		operators.push('ET');
		this.#inner.addContent(operators.join('\n'));
	}

	/** A font's name on this page, and its codes for the glyphs. */
	#encode({ face, glyphs }: Run): { font: string; codes: string[] } {
		const inner = this.#inner;
		inner.font(this.#source(face), face.id);
		this.#ready = glyphs;
		const [codes] = inner._font.encode('', []);
		inner.page.fonts[inner._font.id] ??= inner._font.ref();
		return { font: inner._font.id, codes };
	}

	/** pdfkit asks a font to lay out a text, and is given the glyphs that stand ready instead. */
	#source(face: Face): object | string {
		if (this.#known.has(face)) return face.id;
		this.#known.add(face);
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
function* showing({ face, glyphs, x, y, size }: Run, codes: readonly string[]): Generator<string> {
	let pen = 0;
	let from = 0;
	let parts: string[] = [];
	const at = (dx: number, dy: number) => `1 0 0 -1 ${number(x + dx * size)} ${number(y - dy * size)} Tm`;
	for (const [i, glyph] of glyphs.entries()) {
		const code = codes[i] ?? '0000';
		if (glyph.x !== 0 || glyph.y !== 0) {
			if (parts.length > 0) yield `${at(from, 0)} [${parts.join('').replaceAll('><', '')}] TJ`;
			parts = [];
			yield `${at(pen + glyph.x, glyph.y)} <${code}> Tj`;
		} else {
			if (parts.length === 0) from = pen;
			// What the font's own width is too much, in thousandths.
			const less = glyph.glyph.advanceWidth / face.em - glyph.advance;
			parts.push(Math.abs(less) < 1e-6 ? `<${code}>` : `<${code}>${number(less * 1000)}`);
		}
		pen += glyph.advance;
	}
	if (parts.length > 0) yield `${at(from, 0)} [${parts.join('').replaceAll('><', '')}] TJ`;
}

/** A text string (7.9.2.2) in hexadecimal: UTF-16, high byte first, after its mark. */
function utf16(text: string): string {
	let hex = 'feff';
	for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0');
	return hex;
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000);
