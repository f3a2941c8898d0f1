/** Words put into lines, and each line into the order in which it is seen (UAX #9, rule L2). */
import { type Piece, type Typed, toWord, type Word } from './words.ts';

export interface Line {
	/** From left to right. */
	pieces: Piece[];
	/** The same in the order in which they are read. */
	logical: Piece[];
	/** In ems. */
	width: number;
}

/** @param width in ems, of each line; @param first what the first line has less */
export function breakLines(typed: Typed, width: number, first = 0): Line[] {
	const lines: Line[] = [];
	let line: Word[] = [];
	let used = first;
	const end = () => {
		lines.push(toLine(line));
		line = [];
		used = 0;
	};
	const put = (word: Word) => {
		if (line.length > 0 && used + word.width > width + 1e-9) end();
		line.push(word);
		used += word.width + (word.blank?.width ?? 0);
		if (word.ends) end();
	};
	for (const word of typed.words) {
		if (word.width > width) parts(word, width).forEach(put);
		else put(word);
	}
	if (line.length > 0 || lines.length === 0) end();
	return lines;
}

/** A word that no line can hold, cut wherever one is full. */
function parts(word: Word, width: number): Word[] {
	const cut: Word[] = [];
	let from = 0;
	let used = 0;
	for (const [at, cluster] of word.clusters.entries()) {
		const own = toWord([cluster]).width;
		if (at > from && used + own > width) {
			cut.push(toWord(word.clusters.slice(from, at)));
			[from, used] = [at, 0];
		}
		used += own;
	}
	return [...cut, { ...toWord(word.clusters.slice(from)), blank: word.blank, ends: word.ends }];
}

function toLine(words: readonly Word[]): Line {
	const logical: Piece[] = [];
	for (const [at, { pieces, blank }] of words.entries()) {
		logical.push(...pieces);
		if (at + 1 < words.length && blank !== null) logical.push(blank);
	}
	return { pieces: inSight(logical), logical, width: logical.reduce((all, piece) => all + piece.width, 0) };
}

/** Every stretch at a level or above it is turned around, from the highest level down to the lowest odd one. */
function inSight(logical: readonly Piece[]): Piece[] {
	const pieces = [...logical];
	const highest = pieces.reduce((most, { level }) => Math.max(most, level), 0);
	for (let level = highest; level > 0; level--) {
		for (let from = 0; from < pieces.length; from++) {
			if ((pieces[from]?.level ?? 0) < level) continue;
			let to = from;
			while ((pieces[to + 1]?.level ?? -1) >= level) to++;
			const turned = pieces.slice(from, to + 1).reverse();
			pieces.splice(from, turned.length, ...turned);
			from = to;
		}
	}
	return pieces;
}
