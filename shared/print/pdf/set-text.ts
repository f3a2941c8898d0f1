/** Paragraphs on a sheet: lines down the column and over the edge of the page, with links where they stand. */
import type { Span } from '../type/clusters.ts';
import { breakLines, type Line } from '../type/lines.ts';
import { typeText } from '../type/words.ts';
import { visible } from './runs.ts';
import { COLUMN, INK, MARGIN, type Sheet, WAX } from './sheet.ts';

export interface Setting {
	size: number;
	/** From baseline to baseline. */
	leading: number;
	x: number;
	width: number;
	colour: string;
	/** Every run says what it stands for: for names. */
	spell?: boolean;
	/** Against the right edge, whatever it says. */
	right?: boolean;
}

export const BODY: Setting = { size: 11.5, leading: 17, x: MARGIN.left, width: COLUMN, colour: INK };

export interface SetText {
	lines: Line[];
	/** Right to left. */
	rtl: boolean;
}

export function measure(spans: readonly Span[], { size, width }: Setting): SetText {
	const typed = typeText(spans);
	return { lines: breakLines(typed, width / size), rtl: typed.level === 1 };
}

/** Moves on by what it sets. Inside an element: the lines are its content. */
export function setText(sheet: Sheet, spans: readonly Span[], setting: Setting): void {
	const set = measure(spans, setting);
	for (const [at, line] of set.lines.entries()) {
		// No line of a paragraph stands alone at the foot of a page.
		sheet.need(setting.leading * (at === 0 && set.lines.length > 1 ? 2 : 1));
		setLine(sheet, line, set.rtl, setting);
		sheet.y += setting.leading;
	}
}

/** At the sheet's y, which it leaves. */
export function setLine(sheet: Sheet, line: Line, rtl: boolean, setting: Setting): void {
	const { size, leading, colour } = setting;
	const y = sheet.y + leading / 2 + size * 0.3;
	let x = setting.x + (rtl || setting.right === true ? setting.width - line.width * size : 0);
	for (const part of partsOf(line)) {
		const width = part.width * size;
		const at = {
			x,
			y,
			size,
			colour: part.target === null ? colour : colourOf(part.target, colour),
			spell: setting.spell === true,
		};
		const draw = () => drawPart(sheet, part, at);
		if (part.target === null) draw();
		else {
			const box = { x, y: sheet.y, width, height: leading };
			const { target } = part;
			sheet.element('Link', () => {
				draw();
				sheet.link(box, target);
			});
		}
		x += width;
	}
}

/** Where letters run to the left they are parted (runs.ts), and the structure holds the whole for those who have it read to them. */
function drawPart(sheet: Sheet, part: Line, at: Parameters<Sheet['line']>[1]): void {
	const draw = () => sheet.content(() => sheet.line(part, at));
	if (part.logical.every(({ level }) => level % 2 === 0)) draw();
	else sheet.element('Span', draw, { actual: visible(part.logical.map(({ text }) => text).join('')) });
}

type Target = { url: string; says: string } | { name: string; says: string };

const colourOf = (target: Target, colour: string) => ('name' in target ? WAX : colour);

/** Neighbours that lead to the same place. */
function partsOf(line: Line): (Line & { target: Target | null })[] {
	const parts: (Line & { target: Target | null; link: string | undefined })[] = [];
	for (const piece of line.pieces) {
		const { link, text } = piece.span;
		const last = parts.at(-1);
		if (last !== undefined && last.link === link) {
			last.pieces.push(piece);
			last.width += piece.width;
		} else
			parts.push({
				...{ pieces: [piece], logical: [], width: piece.width },
				link,
				target: link === undefined ? null : targetOf(link, text),
			});
	}
	for (const part of parts)
		part.logical = parts.length === 1 ? line.logical : line.logical.filter((piece) => part.pieces.includes(piece));
	return parts;
}

const targetOf = (link: string, text: string): Target =>
	link.startsWith('#') ? { name: link.slice(1), says: `Reference ${text}` } : { url: link, says: link };
