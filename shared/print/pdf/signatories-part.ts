/** Signatories in three columns, and those who sign anonymously. */
import type { LetterPageView, NamedSignatory } from '../../pages/letter-view.ts';
import { spell } from '../../pages/numbers.ts';
import { anonymousHeading } from '../../pages/signatories.ts';
import { besideName, cellName, isolated } from '../account-words.ts';
import { heading, paragraph, SMALL } from './letter-part.ts';
import { BODY, measure, type SetText, type Setting, setLine, setText } from './set-text.ts';
import { BOTTOM, COLUMN, INK, MARGIN, QUIET, type Sheet } from './sheet.ts';

const COLUMNS = 3;
const GUTTER = 16;
const WIDTH = (COLUMN - GUTTER * (COLUMNS - 1)) / COLUMNS;
const NAME: Setting = { size: 10, leading: 13, x: MARGIN.left, width: WIDTH, colour: INK, spell: true };
const BESIDE: Setting = { size: 8.5, leading: 11, x: MARGIN.left, width: WIDTH, colour: QUIET, spell: true };
/** Below each. */
const GAP = 5;

interface Entry {
	name: SetText;
	beside: SetText | null;
	height: number;
}

export function drawSignatories(sheet: Sheet, view: LetterPageView): void {
	heading(sheet, 'Signatories');
	if (view.named.length === 0) {
		const none = view.totals.signatures === 0 ? 'Nobody has signed.' : 'Nobody signed by name.';
		paragraph(sheet, 'P', [{ text: none, style: 'text' }], SMALL);
		return;
	}
	const note = 'Titles are as their signers wrote them. Each signature has a number in the release file.';
	paragraph(sheet, 'P', [{ text: note, style: 'text' }], SMALL);
	sheet.y += 8;
	sheet.element('L', () => drawColumns(sheet, view));
}

/** As many as a page holds, page after page; the last ones in columns of one height. */
function drawColumns(sheet: Sheet, view: LetterPageView): void {
	// Measured a page ahead only: a hundred thousand names are never in memory as glyphs.
	const waiting: Entry[] = [];
	let taken = 0;
	while (taken < view.named.length || waiting.length > 0) {
		const room = BOTTOM - sheet.y;
		const most = Math.ceil((room * COLUMNS) / (NAME.leading + GAP)) + COLUMNS;
		while (waiting.length < most) {
			const next = view.named[taken];
			if (next === undefined) break;
			waiting.push(entryOf(view, next));
			taken++;
		}
		const all = taken === view.named.length && held(waiting, room) === waiting.length;
		const height = all ? lowest(waiting, room) : room;
		const columns = fill(waiting, height);
		if (columns[0]?.length === 0) {
			// Longer than what is left of this page; a whole one holds any name.
			sheet.turn();
			continue;
		}
		drawPage(sheet, columns);
		waiting.splice(
			0,
			columns.reduce((sum, column) => sum + column.length, 0),
		);
	}
}

function entryOf(view: LetterPageView, signatory: NamedSignatory): Entry {
	const name = measure([{ text: signatory.name, style: 'text' }], NAME);
	const parts = besideName(view, signatory);
	const beside = parts.length === 0 ? null : measureBeside(parts.map(isolated).join(', '));
	const height = name.lines.length * NAME.leading + (beside?.lines.length ?? 0) * BESIDE.leading + GAP;
	return { name, beside, height };
}

/** Very many have the same title. */
const besides = new Map<string, SetText>();
const KEPT = 4_000;

function measureBeside(text: string): SetText {
	const set = besides.get(text) ?? measure([{ text, style: 'italic' }], BESIDE);
	if (besides.size >= KEPT) besides.clear();
	besides.set(text, set);
	return set;
}

/** The entries from the first one on, column by column, none higher than `height`. */
function fill(entries: readonly Entry[], height: number): Entry[][] {
	const columns: Entry[][] = [];
	let at = 0;
	for (let column = 0; column < COLUMNS; column++) {
		const here: Entry[] = [];
		for (let used = 0; at < entries.length; at++) {
			const entry = entries[at];
			if (entry === undefined || used + entry.height - GAP > height) break;
			used += entry.height;
			here.push(entry);
		}
		columns.push(here);
	}
	return columns;
}

const held = (entries: readonly Entry[], height: number) => fill(entries, height).flat().length;

/** The least height at which the columns hold all, to a point. */
function lowest(entries: readonly Entry[], room: number): number {
	let [low, high] = [0, room];
	while (high - low > 1) {
		const middle = (low + high) / 2;
		if (held(entries, middle) === entries.length) high = middle;
		else low = middle;
	}
	return high;
}

function drawPage(sheet: Sheet, columns: readonly Entry[][]): void {
	const top = sheet.y;
	let bottom = top;
	for (const [at, column] of columns.entries()) {
		const x = MARGIN.left + at * (WIDTH + GUTTER);
		sheet.y = top;
		for (const entry of column) {
			drawEntry(sheet, entry, x);
			bottom = Math.max(bottom, sheet.y);
		}
	}
	sheet.y = bottom;
}

function drawEntry(sheet: Sheet, { name, beside }: Entry, x: number): void {
	const draw = (set: SetText, setting: Setting) => {
		for (const line of set.lines) {
			// To the left in every script: names are a column, not each a paragraph.
			setLine(sheet, line, false, { ...setting, x });
			sheet.y += setting.leading;
		}
	};
	sheet.element('LI', () =>
		sheet.element('LBody', () => {
			draw(name, NAME);
			if (beside !== null) draw(beside, BESIDE);
		}),
	);
	sheet.y += GAP;
}

export function drawAnonymous(sheet: Sheet, view: LetterPageView): void {
	if (view.totals.anonymous === 0) return;
	heading(sheet, anonymousHeading(view));
	const left: Setting = { ...BODY, size: 10, leading: 16, width: COLUMN - 70 };
	sheet.element('L', () => {
		for (const cell of view.anonymous) {
			const set = measure([{ text: cellName(view, cell), style: 'text' }], left);
			sheet.need(set.lines.length * left.leading + 4);
			const top = sheet.y;
			sheet.element('LI', () =>
				sheet.element('LBody', () => {
					setText(sheet, [{ text: cellName(view, cell), style: 'text' }], left);
					const bottom = sheet.y;
					sheet.y = top;
					setText(sheet, [{ text: spell(cell.count), style: 'text' }], {
						...{ ...left, x: MARGIN.left + COLUMN - 60, width: 60, right: true },
					});
					sheet.y = bottom;
				}),
			);
			sheet.y += 2;
			sheet.rowRule();
			sheet.y += 2;
		}
	});
}
