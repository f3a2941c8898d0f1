/** Text cut into what is set and moved as one: a letter with its marks, an emoji of several parts. */
import bidiFactory, { type Bidi } from 'bidi-js';
import type { Face } from './face.ts';
import { BOX, faceFor, facesFor, type Style } from './faces.ts';

/** A stretch of text in one style. Pieces of it know it by identity. */
export interface Span {
	text: string;
	style: Style;
	/** Smaller and higher, as the mark of a reference. */
	raised?: boolean;
	struck?: boolean;
	/** Where it leads: an address, or `#` and the name of a place in the same document. */
	link?: string;
}

export interface Cluster {
	/** As it was written. */
	text: string;
	span: Span;
	/** Unicode's embedding level (UAX #9): odd from right to left. */
	level: number;
	/** Sets its first character; null where no font does, and where nothing is to be seen. */
	face: Face | null;
	/** What `face` sets of it, and the marks that another one sets on it. */
	printed: string;
	over: { face: Face; printed: string } | null;
	/** No font holds it: a box is set. */
	boxed: boolean;
}

// Its types describe its other build.
const bidi = (bidiFactory as unknown as () => Bidi)();
/** Whatever may be set from right to left, or steers it. */
const RTL =
	/[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Takes no room and shows nothing, except that the joiners shape their neighbours. */
const UNSEEN = /^(?:[\p{Cf}\p{Cc}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5)$/u;
/** Hebrew, Arabic, Syriac and Thaana. */
const TURNED = /[\u0590-\u07bf]/;
const JOINER = /^[\u200c\u200d]$/;
const MARK = /\p{M}/u;
/** Nothing here needs more than a letter and what follows it. */
const PLAIN =
	/^[\u0020-\u007e\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2026\u2032\u2033\u20ac\u3001-\u30ff\u4e00-\u9fff]*$/;
/** More marks on a letter than this many stay in the text and are not drawn: they would cover other people's names. */
const MOST_MARKS = 4;

/** Whether it is set from left to right whatever stands beside it, and steers nothing. */
export const runsRight = (text: string): boolean => !RTL.test(text);

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function clustersOf(text: string): string[] {
	return PLAIN.test(text) ? Array.from(text) : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** @returns the clusters in logical order, and the level of the whole: 1 where it runs from right to left */
export function cutText(spans: readonly Span[]): { clusters: Cluster[]; level: number } {
	const text = spans.map((span) => span.text).join('');
	const levels = RTL.test(text) ? bidi.getEmbeddingLevels(text) : null;
	const clusters: Cluster[] = [];
	let at = 0;
	let last: Face | null = null;
	for (const span of spans) {
		for (const written of clustersOf(span.text)) {
			const level = levels?.levels[at] ?? 0;
			at += written.length;
			const cluster = setCluster(written, span, level, last);
			last = cluster.face ?? last;
			clusters.push(cluster);
		}
	}
	return { clusters, level: levels?.paragraphs[0]?.level ?? 0 };
}

/** Blanks are set in the face before them. */
function setCluster(text: string, span: Span, level: number, last: Face | null): Cluster {
	const blank = { text, span, level, over: null, boxed: false };
	if (text === ' ' && last?.covers(32) === true) {
		return { ...blank, face: last, printed: text };
	}
	const shown = mirrored(text, level);
	const key = `${span.style} ${shown}`;
	const known = chosen.get(key) ?? look(span.style, shown);
	if (chosen.size >= KEPT) chosen.clear();
	chosen.set(key, known);
	// Boxes look the same either way, and readers turn around only scripts that they know to run to the left.
	if (known !== 'unseen') return { ...blank, ...known, level: known.boxed && !TURNED.test(text) ? 0 : level };
	// A joiner, or nothing to be seen: it shapes what stands before it in its run.
	const face = JOINER.test(text) && last?.covers(codePoint(text)) === true ? last : null;
	return { ...blank, face, printed: face === null ? '' : text };
}

type Choice = Pick<Cluster, 'face' | 'printed' | 'over' | 'boxed'>;

/** How clusters are set, by style and what is printed of them; so many at once. */
const chosen = new Map<string, Choice | 'unseen'>();
const KEPT = 4_000;

function look(style: Style, text: string): Choice | 'unseen' {
	const characters = Array.from(text.normalize('NFC'));
	const seen = characters.filter((one) => !UNSEEN.test(one));
	return seen.length === 0 ? 'unseen' : choose(style, characters, seen);
}

/** @param seen those of `characters` that show; at least one */
function choose(style: Style, characters: string[], seen: string[]): Choice {
	const few = characters.slice(0, 1 + MOST_MARKS);
	const kept = characters.every((one) => MARK.test(one) || one === characters[0]) ? few : characters;
	const codePoints = kept.map(codePoint);
	let face: Face | null = null;
	for (const candidate of facesFor(style, codePoint(seen[0] ?? ''))) {
		face ??= candidate;
		if (codePoints.every((one) => candidate.covers(one) || UNSEEN.test(String.fromCodePoint(one)))) {
			face = candidate;
			break;
		}
	}
	// A flag, a family: drawn as one or not at all.
	const others = seen.slice(1).filter((one) => !MARK.test(one));
	if (face === null || others.some((one) => !face.covers(codePoint(one)))) {
		return { face: faceFor('text', codePoint(BOX)), printed: BOX, over: null, boxed: true };
	}
	const printed = kept.filter((one) => face.covers(codePoint(one))).join('');
	const left = kept.filter((one) => !face.covers(codePoint(one)) && !UNSEEN.test(one));
	return { face, printed, over: left.length === 0 ? null : overlay(style, left), boxed: false };
}

/** Marks that the letter's own face lacks, in the first face that holds the first of them. */
function overlay(style: Style, marks: string[]): Cluster['over'] {
	const face = faceFor(style, codePoint(marks[0] ?? ''));
	return face === null ? null : { face, printed: marks.filter((mark) => face.covers(codePoint(mark))).join('') };
}

/** A bracket that runs to the left opens to the other side; and back again. */
export const mirrored = (text: string, level: number): string =>
	level % 2 === 1 && text.length === 1 ? (bidi.getMirroredCharacter(text) ?? text) : text;

const codePoint = (character: string) => character.codePointAt(0) ?? 0;
