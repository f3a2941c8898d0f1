/** A paragraph as words, each shaped: what a line is made of. All widths in ems of the paragraph's size. */
import { type Cluster, cutText, runsRight, type Span } from './clusters.ts';
import type { Face, PlacedGlyph } from './face.ts';
import type { Style } from './faces.ts';

/** Glyphs of one face in one direction, from left to right. */
export interface Piece {
	/** What it stands for, in logical order, as it was written. */
	text: string;
	face: Face;
	glyphs: readonly PlacedGlyph[];
	level: number;
	span: Span;
	width: number;
	/** A box for each character, because no font holds it. */
	boxed: boolean;
}

/** What is never parted, but where a line is too narrow for it. */
export interface Word {
	clusters: readonly Cluster[];
	pieces: readonly Piece[];
	/** Without the blank. */
	width: number;
	/** The blank after it, which a line's end swallows. */
	blank: Piece | null;
	/** A new line begins after it, whatever room there is. */
	ends: boolean;
}

export interface Typed {
	words: Word[];
	/** 1 where the whole runs from right to left. */
	level: number;
}

/** How much smaller a raised piece is. */
export const RAISED = 0.68;

/** Scripts that are written without blanks: a line may end between any two of their characters. */
const WIDE =
	/[\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;
const NOT_FIRST =
	/^[\u3001\u3002\uff0c\uff0e\u30fb\uff1a\uff1b\uff01\uff1f\u3009\u300b\u300d\u300f\u3011\uff09\uff3d\uff5d\u3015\u3017\u2019\u201d\u2026\u30fc\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7!),.:;?\]}]/;
const NOT_LAST = /[\u3008\u300a\u300c\u300e\u3010\uff08\uff3b\uff5b\u3014\u3016\u2018\u201c([{]$/;
const BLANK = /^[ \t\n]$/;
const HYPHEN = /^[-\u2010\u2013\u2014/]$/;

/** @param spans in logical order; "\n" ends a line */
export function typeText(spans: readonly Span[]): Typed {
	const [only] = spans;
	if (only !== undefined && spans.length === 1 && isPlain(only) && runsRight(only.text)) {
		return { words: (only.text.match(CHUNK) ?? []).flatMap((chunk) => typeChunk(chunk, only.style)), level: 0 };
	}
	const { clusters, level } = cutText(spans.map((span) => ({ ...span, text: span.text.replaceAll(OVERRIDES, '') })));
	return { words: toWords(clusters), level };
}

const isPlain = ({ link, raised, struck }: Span) => link === undefined && !raised && !struck;

/** They would set letters against their own direction: nobody writes so but to deceive. */
const OVERRIDES = /[\u202d\u202e]/g;

/** Up to a blank and with it. */
const CHUNK = /[^ \t\n]*[ \t\n]|[^ \t\n]+$/g;
/** Names and titles share most of their words. */
const chunks = new Map<string, Word[]>();
const KEPT = 4_000;

function typeChunk(text: string, style: Style): Word[] {
	const key = `${style} ${text}`;
	const known = chunks.get(key);
	if (known !== undefined) return known;
	const words = toWords(cutText([{ text, style }]).clusters);
	if (chunks.size >= KEPT) chunks.clear();
	chunks.set(key, words);
	return words;
}

function toWords(clusters: readonly Cluster[]): Word[] {
	const words: Word[] = [];
	let from = 0;
	for (let at = 0; at < clusters.length; at++) {
		const [here, next] = [clusters[at], clusters[at + 1]];
		if (here === undefined || (next !== undefined && !mayEnd(here, next, clusters[at - 1]))) continue;
		words.push(toWord(clusters.slice(from, at + 1)));
		from = at + 1;
	}
	return words;
}

function mayEnd(here: Cluster, next: Cluster, before: Cluster | undefined): boolean {
	if (BLANK.test(here.text)) return true;
	if (BLANK.test(next.text) || NOT_FIRST.test(next.text) || NOT_LAST.test(here.text) || next.span.raised) return false;
	// Between letters only: not after the minus of a number, nor within "--".
	if (HYPHEN.test(here.text)) return /[\p{L}\p{M}]$/u.test(before?.text ?? '') && /^\p{L}/u.test(next.text);
	return WIDE.test(here.text) || WIDE.test(next.text);
}

export function toWord(clusters: readonly Cluster[]): Word {
	const last = clusters.at(-1);
	const blank = last !== undefined && BLANK.test(last.text) ? last : null;
	const letters = blank === null ? clusters : clusters.slice(0, -1);
	const pieces = toPieces(letters);
	return {
		clusters: letters,
		pieces,
		width: pieces.reduce((all, piece) => all + piece.width, 0),
		blank: blank === null ? null : (toPieces([{ ...blank, text: ' ', printed: ' ' }])[0] ?? null),
		ends: blank?.text === '\n',
	};
}

/** Neighbours of one face, level and span, shaped together. */
function toPieces(clusters: readonly Cluster[]): Piece[] {
	const pieces: Piece[] = [];
	let run: Cluster[] = [];
	const flush = () => {
		const [first] = run;
		if (first?.face) pieces.push(shapePiece(run, first.face));
		else if (first) pieces.push(...unseen(pieces.pop(), run));
		run = [];
	};
	for (const cluster of clusters) {
		if (run[0] !== undefined && !sameRun(run[0], cluster)) flush();
		run.push(cluster);
		if (cluster.over === null) continue;
		flush();
		const { face, printed } = cluster.over;
		pieces.push(shapePiece([{ ...cluster, text: '', printed }], face));
	}
	flush();
	return pieces;
}

const sameRun = (a: Cluster, b: Cluster) =>
	a.face === b.face && a.level === b.level && a.span === b.span && a.boxed === b.boxed;

/** What shows nothing stays in the text of the piece before it. Without one before it, it is lost: nothing but it is in the word. */
function unseen(before: Piece | undefined, run: readonly Cluster[]): Piece[] {
	return before === undefined ? [] : [{ ...before, text: before.text + run.map(({ text }) => text).join('') }];
}

function shapePiece(run: readonly Cluster[], face: Face): Piece {
	const { level = 0, span = { text: '', style: 'text' }, boxed = false } = run[0] ?? {};
	const glyphs = face.shape(run.map(({ printed }) => printed).join(''), level % 2 === 1);
	const advance = glyphs.reduce((all, glyph) => all + glyph.advance, 0);
	return {
		...{ face, glyphs, level, span, boxed },
		text: run.map(({ text }) => text).join(''),
		width: advance * (span.raised ? RAISED : 1),
	};
}
