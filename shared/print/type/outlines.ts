/** Lines as outlines in SVG: what draws them needs no font and shapes nothing. */
import type { Span } from './clusters.ts';
import { breakLines, type Line } from './lines.ts';
import { RAISED, typeText } from './words.ts';

export interface SetLines {
	lines: Line[];
	rtl: boolean;
}

/** @param width in the unit of `size` */
export function linesOf(spans: readonly Span[], size: number, width: number): SetLines {
	const typed = typeText(spans);
	return { lines: breakLines(typed, width / size), rtl: typed.level === 1 };
}

/** In at most so many lines; what does not fit is left out, and says so. */
export function fewLines(span: Span, size: number, width: number, most: number): SetLines {
	const whole = linesOf([span], size, width);
	if (whole.lines.length <= most) return whole;
	// Whole words; or characters, where the first word alone is too long.
	const words = span.text.split(' ');
	const [first = ''] = words;
	return shorten(words, ' ') ?? shorten(Array.from(first), '') ?? { ...whole, lines: whole.lines.slice(0, most) };

	function shorten(parts: readonly string[], joint: string): SetLines | null {
		let best: SetLines | null = null;
		let [low, high] = [1, parts.length - 1];
		while (low <= high) {
			const middle = (low + high) >> 1;
			const set = linesOf([{ ...span, text: `${parts.slice(0, middle).join(joint)}…` }], size, width);
			if (set.lines.length <= most) [best, low] = [set, middle + 1];
			else high = middle - 1;
		}
		return best;
	}
}

/** Paths with the line's left edge at x and its baseline at y. */
export function outlines(line: Line, x: number, y: number, size: number): string {
	const paths: string[] = [];
	let pen = x;
	for (const { face, glyphs, span } of line.pieces) {
		const height = span.raised ? size * RAISED : size;
		const scale = round(height / face.em);
		for (const glyph of glyphs) {
			const d = glyph.glyph.path.toSVG();
			const [left, base] = [round(pen + glyph.x * height), round(y - glyph.y * height)];
			if (d !== '') paths.push(`<path transform="translate(${left} ${base}) scale(${scale} ${-scale})" d="${d}"/>`);
			pen += glyph.advance * height;
		}
	}
	return paths.join('');
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;
