/**
 * Pages of paper, and what is drawn on them: everything stands either in the structure tree (ISO 32000-1, 14.7) or is an artifact. Without a
 * document it only counts pages, so that each can say how many there are.
 */
import type { Line } from '../type/lines.ts';
import type { Doc } from './collect.ts';
import { runsOf } from './runs.ts';
import { TextObjects } from './text-object.ts';

type Element = ReturnType<Doc['struct']>;
export interface ElementOptions {
	lang?: string;
	title?: string;
	actual?: string;
	scope?: 'Row' | 'Column';
}

/** A4, in points: the paper of most of the world, and of a size that prints on US Letter by a slight reduction. */
export const PAPER = { width: 595.28, height: 841.89 };
export const MARGIN = { left: 82, right: 82, top: 72, bottom: 96 };
export const COLUMN = PAPER.width - MARGIN.left - MARGIN.right;
export const BOTTOM = PAPER.height - MARGIN.bottom;

export const INK = '#1b1a17';
export const QUIET = '#55524b';
export const HAIRLINE = '#cfcabd';
export const WAX = '#9f1d22';

export class Sheet {
	readonly #doc: Doc | null;
	readonly #text: TextObjects | null;
	readonly #open: { type: string; element: Element }[] = [];
	/** Counts from 1; 0 before the first page. */
	page = 0;
	/** The upper edge of what comes next. */
	y = 0;
	/** Whether something was drawn for which no font has a shape. */
	boxed = false;
	/** Inside an artifact nothing is structure. */
	#decorating = false;
	readonly #footer: (sheet: Sheet) => void;

	/** @param doc null to count pages */
	constructor(doc: Doc | null, footer: (sheet: Sheet) => void) {
		this.#doc = doc;
		this.#text = doc && new TextObjects(doc);
		this.#footer = footer;
	}

	turn(): void {
		this.page++;
		this.y = MARGIN.top;
		if (this.#doc === null) return;
		this.#doc.addPage();
		this.artifact(() => this.#footer(this), 'Pagination');
	}

	/** A new page unless so many points are left on this one. */
	need(height: number): void {
		if (this.page === 0 || this.y + height > BOTTOM) this.turn();
	}

	/** An element of the structure tree around all that `fill` draws. */
	element(type: string, fill: () => void, options: ElementOptions = {}): void {
		if (this.#doc === null || this.#decorating) {
			fill();
			return;
		}
		const element = this.#doc.struct(type, options);
		const parent = this.#open.at(-1)?.element;
		if (parent === undefined) this.#doc.addStructure(element);
		else parent.add(element);
		this.#open.push({ type, element });
		fill();
		this.#open.pop();
		element.end();
	}

	/** What `draw` draws, all on this page, is content of the innermost element. */
	content(draw: () => void): void {
		const inner = this.#open.at(-1);
		if (this.#doc === null || inner === undefined || this.#decorating) {
			draw();
			return;
		}
		const content = this.#doc.markStructureContent(inner.type);
		draw();
		this.#doc.endMarkedContent();
		inner.element.add(content);
	}

	/** What readers skip: footers, rules, ornaments. */
	artifact(draw: () => void, type: 'Pagination' | 'Layout' = 'Layout'): void {
		if (this.#doc === null) return;
		this.#doc.markContent('Artifact', { type });
		this.#decorating = true;
		draw();
		this.#decorating = false;
		this.#doc.endMarkedContent();
	}

	/** For what the structure is not about: shapes. Null while counting. */
	get canvas(): Doc | null {
		return this.#doc;
	}

	/** Set glyphs of a line with its left edge at x and its baseline at y; inside `content` or `artifact`. */
	line(line: Line, at: { x: number; y: number; size: number; colour?: string; spell?: boolean }): void {
		const doc = this.#doc;
		if (line.pieces.some(({ boxed }) => boxed)) this.boxed = true;
		if (doc === null) return;
		doc.fillColor(at.colour ?? INK);
		const runs = runsOf(line.pieces, { ...at, spell: at.spell === true });
		this.#text?.draw(runs);
		for (const { struck, x, y, width, size } of runs) if (struck) doc.rect(x, y - size * 0.26, width, 0.6).fill();
	}

	/** Makes what stands there lead somewhere; inside an element `Link`. */
	link(
		box: { x: number; y: number; width: number; height: number },
		target: { url: string; says: string } | { name: string; says: string },
	): void {
		const doc = this.#doc;
		const structParent = this.#open.at(-1)?.element;
		if (doc === null || structParent === undefined) return;
		// A string object is a string to pdfkit, and a bare one a name.
		const options: object = { structParent, Contents: new String(target.says) };
		if ('url' in target) doc.link(box.x, box.y, box.width, box.height, target.url, options);
		else doc.goTo(box.x, box.y, box.width, box.height, target.name, options);
	}

	/** A place that links lead to: here. */
	destination(name: string): void {
		this.#doc?.addNamedDestination(name, 'XYZ', null, this.y, null);
	}

	/** A bookmark: here. */
	bookmark(title: string): void {
		this.#doc?.outline.addItem(title);
	}

	rule(y: number, from = MARGIN.left, to = PAPER.width - MARGIN.right, width = 0.6): void {
		this.artifact(() => this.#doc?.moveTo(from, y).lineTo(to, y).lineWidth(width).strokeColor(HAIRLINE).stroke());
	}

	/** Under a row of a table, here. */
	rowRule(): void {
		this.rule(this.y, MARGIN.left, MARGIN.left + COLUMN, 0.5);
	}
}
