/** One font file and what is shaped with it. All measures are in ems: 1 is the size at which the text is set. */
import { create, type Font, type Glyph } from 'fontkit';

/** Shapes that are kept of each face, to be thrown away together: long lists of names repeat their words, but not for ever. */
const KEPT = 4_000;

/** A glyph in its place, from left to right. `codePoints` is what it stands for: [] for a part of the one before it or after it. */
export interface PlacedGlyph {
	glyph: Glyph;
	codePoints: readonly number[];
	/** How far the pen moves. */
	advance: number;
	/** From the pen, y upwards. */
	x: number;
	y: number;
}

export class Face {
	/** Unique, such as `newsreader-latin-400-normal`. */
	readonly id: string;
	readonly font: Font;
	/** The font's units in an em. */
	readonly em: number;
	readonly #shaper: Font;
	readonly #shapes = new Map<string, readonly PlacedGlyph[]>();
	/** Of two characters in a row; null where they make more or less than two glyphs that only move towards each other. */
	readonly #pairs = new Map<string, readonly PlacedGlyph[] | null>();

	/** @param bytes of an OpenType font */
	constructor(id: string, bytes: Uint8Array) {
		// Its types know Node's bytes only.
		const font = create(bytes as Parameters<typeof create>[0]);
		if (!('layout' in font)) throw new Error(`${id} holds several fonts`);
		this.font = font;
		this.em = font.unitsPerEm;
		// fontkit keeps one object for each glyph, with the characters for which it was used first; several letters share a glyph in some scripts.
		this.#shaper = Object.create(font, {
			getGlyph: {
				value: (id: number, codePoints: number[] = []) =>
					Object.create(font.getGlyph(id), { codePoints: { value: codePoints } }),
			},
		});
		this.id = id;
	}

	covers(codePoint: number): boolean {
		return this.font.hasGlyphForCodePoint(codePoint);
	}

	/** @param text of one direction, all of it covered, in logical order. @returns its glyphs from left to right */
	shape(text: string, rtl: boolean): readonly PlacedGlyph[] {
		const key = rtl ? `<${text}` : text;
		const known = this.#shapes.get(key);
		if (known !== undefined) return known;
		const shape = (rtl ? null : this.#pairwise(text)) ?? this.#layout(text, rtl);
		if (this.#shapes.size >= KEPT) this.#shapes.clear();
		this.#shapes.set(key, shape);
		return shape;
	}

	#layout(text: string, rtl: boolean): PlacedGlyph[] {
		const run = this.#shaper.layout(text, [], undefined, undefined, rtl ? 'rtl' : 'ltr');
		const { em } = this;
		return run.glyphs.map((glyph, i) => {
			const { xAdvance = 0, xOffset = 0, yOffset = 0 } = run.positions[i] ?? {};
			return { glyph, codePoints: glyph.codePoints, advance: xAdvance / em, x: xOffset / em, y: yOffset / em };
		});
	}

	/**
	 * Latin letters only stand closer to the next one (kerning looks at two at a time), so that a word follows from its pairs: thirty times
	 * as fast as shaping each. Null where something else happens, such as a ligature. That both ways agree: test/shared/print/type.node.test.ts.
	 */
	#pairwise(text: string): PlacedGlyph[] | null {
		if (text.length < 3 || !SIMPLE.test(text)) return null;
		const placed: PlacedGlyph[] = [];
		for (let i = 0; i + 1 < text.length; i++) {
			const pair = this.#pair(text.slice(i, i + 2));
			const [first, second] = pair ?? [];
			if (first === undefined || second === undefined) return null;
			placed.push(first);
			if (i + 2 === text.length) placed.push(second);
		}
		return placed;
	}

	#pair(two: string): readonly PlacedGlyph[] | null {
		const known = this.#pairs.get(two);
		if (known !== undefined) return known;
		const shape = this.#layout(two, false);
		const second = shape[1];
		const plain =
			shape.length === 2 &&
			second !== undefined &&
			shape.every(({ codePoints, x, y }) => codePoints.length === 1 && x === 0 && y === 0) &&
			second.advance === second.glyph.advanceWidth / this.em;
		const pair = plain ? shape : null;
		this.#pairs.set(two, pair);
		return pair;
	}
}

/** Letters and what stands between them in names and titles; no digits, which some fonts shape by their neighbours. */
const SIMPLE = /^[ A-Za-z\u00c0-\u024f\u1e00-\u1eff.,'’-]*$/;
