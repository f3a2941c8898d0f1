/** The index of names (shared/pages/name-index.ts), read as it comes, and looked through at every keystroke. */
import { fold } from '../../shared/fold.ts';

export interface FoundName {
	number: string;
	name: string;
	title: string;
	group: string;
	/** To the name: on another page of the letter, or on this one. */
	href: string;
}

interface Line {
	text: string;
	folded: string;
	page: string;
}

/** On the letter's first page, which has other addresses too, a name is wherever one is. */
const HERE = 'index.html';

export class NameLines {
	#groups: string[] | null = null;
	#page = HERE;
	#rest = '';
	readonly #lines: Line[] = [];

	/** @param piece of the file, cut anywhere */
	add(piece: string): void {
		const lines = (this.#rest + piece).split('\n');
		this.#rest = lines.pop() ?? '';
		for (const line of lines) this.#addLine(line);
	}

	#addLine(text: string): void {
		if (this.#groups === null) this.#groups = text.split('\t');
		else if (text.startsWith(' ')) this.#page = text.slice(1);
		else {
			const [, group, ...shown] = text.split('\t');
			const folded = fold(`${shown.join('\t')}\t${this.#groups[Number(group)]}`);
			this.#lines.push({ text, folded, page: this.#page });
		}
	}

	/** Every word must be found, in name, title or group; a number is also that of the signature. @param most of those that are given back */
	find(words: string, most: number): { count: number; first: FoundName[] } {
		const wanted = fold(words).split(/\s+/).filter(Boolean);
		const first: FoundName[] = [];
		let count = 0;
		if (wanted.length === 0) return { count, first };
		const asked = numberIn(words);
		const number = asked === null ? null : `${asked}\t`;
		for (const line of this.#lines) {
			const numbered = number !== null && line.text.startsWith(number);
			if (!numbered && !holds(line.folded, wanted)) continue;
			count += 1;
			if (numbered) first.unshift(this.#found(line));
			else if (first.length < most) first.push(this.#found(line));
		}
		return { count, first: first.slice(0, most) };
	}

	#found({ text, page }: Line): FoundName {
		const [number = '', group, name = '', title = ''] = text.split('\t');
		const href = `${page === HERE ? '' : page}#n${number}`;
		return { number, name, title, group: this.#groups?.[Number(group)] ?? '', href };
	}
}

/** "61", "#61", "No. 61", "number 61": the number of a signature. Null where something else is looked for. */
export const numberIn = (words: string): string | null =>
	/^\s*(?:#|no\.?|number)?\s*(\d+)\s*$/iu.exec(words)?.[1] ?? null;

/** A loop: this runs a hundred thousand times at each keystroke. */
function holds(text: string, words: readonly string[]): boolean {
	for (const word of words) if (!text.includes(word)) return false;
	return true;
}
