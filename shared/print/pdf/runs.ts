/** What is drawn at once: pieces of a line joined, or parted where their text could not be found again otherwise. */

import { clustersOf, mirrored } from '../type/clusters.ts';
import type { Face, PlacedGlyph } from '../type/face.ts';
import { type Piece, RAISED } from '../type/words.ts';

export interface Run {
	face: Face;
	glyphs: readonly PlacedGlyph[];
	/** Points; y is the baseline. */
	x: number;
	y: number;
	size: number;
	width: number;
	/** What it stands for, where its glyphs do not say it by themselves; null where they do. */
	actual: string | null;
	boxed: boolean;
	struck: boolean;
}

interface Place {
	x: number;
	y: number;
	size: number;
	/** Every run says what it stands for. */
	spell: boolean;
}

/** What belongs to the letter before it: marks, and joiners. */
const MARK = /^[\p{M}\u200c\u200d]/u;
const STEERS = /[\n\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * From left to right. Those that run to the right are joined and say their text as a whole. Those that run to the left are parted into
 * letters: readers of PDF turn around what they find from right to left, whole words as well as what a span says that it stands for
 * (poppler does: test/shared/print/letter-pdf.node.test.ts), so only single letters come out in their order everywhere.
 */
export function runsOf(pieces: readonly Piece[], place: Place): Run[] {
	const runs: Run[] = [];
	let { x } = place;
	let joined: Piece[] = [];
	const flush = () => {
		const [first] = joined;
		if (first === undefined) return;
		const glyphs = joined.flatMap((piece) => piece.glyphs);
		const text = visible(joined.map((piece) => piece.text).join(''));
		const actual = place.spell || !spells(glyphs, text) ? text : null;
		const run = { ...sized(first, place), glyphs, x, actual, width: place.size * widthOf(joined) };
		runs.push(run);
		x += run.width;
		joined = [];
	};
	for (const piece of pieces) {
		const [first] = joined;
		if (first !== undefined && !joins(first, piece)) flush();
		if (piece.level % 2 === 0) {
			joined.push(piece);
			continue;
		}
		for (const letter of lettersOf(piece)) {
			const { size, ...rest } = sized(piece, place);
			const width = letter.width * size;
			runs.push({ ...rest, size, ...letter, x, width });
			x += width;
		}
	}
	flush();
	return runs;
}

const joins = (a: Piece, b: Piece) =>
	b.level % 2 === 0 &&
	a.face === b.face &&
	a.boxed === b.boxed &&
	a.span.raised === b.span.raised &&
	a.span.struck === b.span.struck;

const widthOf = (pieces: readonly Piece[]) => pieces.reduce((all, piece) => all + piece.width, 0);

function sized({ face, span, boxed }: Piece, { y, size }: Place) {
	const raised = span.raised === true;
	const height = raised ? { size: size * RAISED, y: y - size * 0.36 } : { size, y };
	return { face, boxed, struck: span.struck === true, ...height };
}

/** Whether the glyphs, one after the other, stand for just this text. */
function spells(glyphs: readonly PlacedGlyph[], text: string): boolean {
	return glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join('') === text;
}

/** Without what steers the order of letters on paper: the text is in its own order. */
export const visible = (text: string): string => text.replaceAll(STEERS, '');

/** Each letter of a piece that runs to the left, from left to right. */
function lettersOf(piece: Piece): Letter[] {
	const letters = groupsOf(piece);
	// What shows nothing has no glyph: the letters as they were written hold it. A ligature stands for several of them.
	const written = clustersOf(visible(piece.text)).reverse();
	const same = written.length === letters.length;
	return letters.flatMap((glyphs, at) => slots(piece.face, glyphs, same ? (written[at] ?? '') : spelled(glyphs)));
}

/** Marks and dots come before the letter that they belong to, since the whole is turned around. */
function groupsOf({ glyphs }: Piece): PlacedGlyph[][] {
	const groups: PlacedGlyph[][] = [[]];
	for (const glyph of glyphs) {
		groups.at(-1)?.push(glyph);
		const text = String.fromCodePoint(...glyph.codePoints);
		// fontkit sets a joiner as a blank without width.
		const joiner = text === ' ' && glyph.advance === 0;
		if (text !== '' && !joiner && !MARK.test(text)) groups.push([]);
	}
	return groups.filter((group) => group.length > 0);
}

const spelled = (glyphs: readonly PlacedGlyph[]): string => {
	const text = String.fromCodePoint(...glyphs.toReversed().flatMap(({ codePoints }) => codePoints));
	return mirrored(text, 1).normalize('NFC');
};

interface Letter {
	glyphs: readonly PlacedGlyph[];
	actual: string;
	/** Ems. */
	width: number;
}

/** More characters than these in one letter's place are not told apart. */
const MOST_SLOTS = 3;

/**
 * A reader finds a span from where its first glyph stands to where its last one ends, so blanks mark the ends. What has several characters (a letter
 * with a vowel sign) takes as many spans side by side, the last character first, and all that is seen of it stands in the last one.
 */
function slots(face: Face, glyphs: readonly PlacedGlyph[], text: string): Letter[] {
	const width = glyphs.reduce((all, glyph) => all + glyph.advance, 0);
	const blank = face.shape(' ', false)[0];
	const characters = Array.from(text).reverse();
	const seen = glyphs.length > 1 || characters.length > 1;
	if (!seen || blank === undefined) return [{ glyphs, actual: text, width }];
	const named = characters.length > MOST_SLOTS ? [text] : characters;
	const slot = width / named.length;
	const at = (x: number): PlacedGlyph => ({ ...blank, codePoints: [32], advance: 0, x, y: 0 });
	return named.map((actual, i) => {
		const last = i === named.length - 1;
		let pen = -i * slot;
		const shown = last
			? glyphs.map((glyph) => {
					const placed = { ...glyph, advance: 0, x: pen + glyph.x };
					pen += glyph.advance;
					return placed;
				})
			: [];
		return { glyphs: [at(0), ...shown, at(slot - blank.advance)], actual, width: slot };
	});
}
