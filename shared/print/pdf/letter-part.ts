/** The letter itself in a PDF: head, text, references; and each translation in the same way. */
import { directionOf, languageName, toWord } from '../../pages/languages.ts';
import type { LetterPageView, LetterText } from '../../pages/letter-view.ts';
import { ended, joinNames } from '../../pages/people.ts';
import { BROKEN } from '../../pages/seal.ts';
import { dateLine, isolated, kicker } from '../account-words.ts';
import { type Block, linkedSpans, readBlocks } from '../text-blocks.ts';
import type { Span } from '../type/clusters.ts';
import { BODY, type Setting, setText } from './set-text.ts';
import { COLUMN, MARGIN, PAPER, QUIET, type Sheet, WAX } from './sheet.ts';

export const SMALL: Setting = { ...BODY, size: 9.5, leading: 13.5, colour: QUIET };
const TITLE: Setting = { ...BODY, size: 27, leading: 32, width: COLUMN - 76 };
const TO: Setting = { ...BODY, size: 13, leading: 18, colour: QUIET, width: COLUMN - 76 };
const SUBTITLE: Setting = { ...BODY, size: 14, leading: 20 };
/** Between paragraphs. */
const GAP = 8.5;

const plain = (text: string, style: Span['style'] = 'text'): Span[] => [{ text, style }];

/** An element of one paragraph. */
export function paragraph(sheet: Sheet, type: string, spans: readonly Span[], setting: Setting): void {
	sheet.element(type, () => setText(sheet, spans, setting));
}

/** A heading that stays with what follows it. */
export function heading(sheet: Sheet, text: string, level: 1 | 2 | 3 = 2): void {
	sheet.y += 18;
	sheet.need(SUBTITLE.leading + 44);
	if (level < 3) sheet.bookmark(text);
	paragraph(sheet, `H${level}`, plain(text), SUBTITLE);
	sheet.y += 5;
}

export function drawHead(sheet: Sheet, view: LetterPageView): void {
	const { document } = view;
	seal(sheet, PAPER.width - MARGIN.right - 56, MARGIN.top - 4, 56);
	paragraph(sheet, 'P', plain(isolated(kicker(view))), { ...SMALL, width: TITLE.width });
	sheet.y += 6;
	sheet.element('H1', () => setText(sheet, plain(document.title), TITLE), { lang: document.language });
	if (document.addressees !== '') {
		sheet.y += 5;
		paragraph(sheet, 'P', plain(`${toWord(document.language)}${isolated(document.addressees)}`, 'italic'), TO);
	}
	sheet.y += 22;
}

/** Who organized it and when it came out: above the text, as the place and the date of a letter. */
export function drawDate(sheet: Sheet, view: LetterPageView): void {
	const organizers = joinNames(view.organizers.map(isolated));
	paragraph(sheet, 'P', plain(ended(`Organized by ${organizers}`)), SMALL);
	paragraph(sheet, 'P', plain(dateLine(view)), SMALL);
	sheet.y += 14;
}

export function drawText(sheet: Sheet, text: LetterText, place: string): void {
	const draw = () => {
		const rtl = directionOf(text.language) === 'rtl';
		drawBlocks(sheet, readBlocks(text.text, { count: text.references.length, place }), { ...BODY, rtl });
		if (text.references.length > 0) drawReferences(sheet, text.references, place, rtl);
	};
	sheet.element('Sect', draw, { lang: text.language });
}

export function drawTranslation(sheet: Sheet, text: LetterText, original: string, place: string): void {
	sheet.turn();
	sheet.bookmark(text.title);
	const note = `A translation into ${languageName(text.language)}, signed together with the letter in ${languageName(original)}.`;
	paragraph(sheet, 'P', plain(note), SMALL);
	sheet.y += 8;
	sheet.element('H2', () => setText(sheet, plain(text.title), { ...TITLE, size: 22, leading: 27, width: COLUMN }), {
		lang: text.language,
	});
	if (text.addressees !== '') {
		sheet.y += 5;
		sheet.element('P', () => setText(sheet, plain(text.addressees, 'italic'), { ...TO, width: COLUMN }), {
			lang: text.language,
		});
	}
	sheet.y += 18;
	drawText(sheet, text, place);
}

export function drawPress(sheet: Sheet, { press }: LetterPageView): void {
	sheet.y += 18;
	sheet.need(BODY.leading * 2);
	const spans: Span[] = [{ text: 'For the press: ', style: 'strong' }, ...linkedSpans(press)];
	paragraph(sheet, 'P', spans, { ...BODY, size: 10.5, leading: 15 });
}

function drawBlocks(sheet: Sheet, blocks: readonly Block[], setting: Directed): void {
	for (const [at, block] of blocks.entries()) {
		if (at > 0) sheet.y += GAP;
		drawBlock(sheet, block, setting);
	}
}

function drawBlock(sheet: Sheet, block: Block, setting: Directed): void {
	if (block.kind === 'paragraph') paragraph(sheet, 'P', block.spans, setting);
	else if (block.kind === 'heading') {
		sheet.y += 6;
		sheet.need(70);
		// The letter's title is the only first heading; the parts after the text are the second ones.
		const size = block.level === 2 ? 13.5 : 12;
		const spans = block.spans.map((span): Span => ({ ...span, style: 'strong' }));
		paragraph(sheet, `H${block.level}`, spans, { ...setting, size, leading: 18 });
	} else if (block.kind === 'quote') {
		sheet.element('BlockQuote', () => drawBlocks(sheet, block.blocks, { ...narrower(setting, 20), colour: QUIET }));
	} else if (block.kind === 'list') drawList(sheet, block, setting);
	else {
		sheet.need(14);
		sheet.rule(sheet.y + 6, setting.x, setting.x + setting.width / 3);
		sheet.y += 12;
	}
}

/** Set in a text that runs to the right, or to the left: then what is indented is so from the right. */
type Directed = Setting & { rtl: boolean };

/** However deep it stands, a few words have room. */
function narrower(setting: Directed, by: number): Directed {
	const width = Math.max(setting.width - by, 120);
	return { ...setting, width, x: setting.rtl ? setting.x : setting.x + setting.width - width };
}

/** The number of an item, or its dot, beside what it says; the item begins at the same height. */
function drawLabel(sheet: Sheet, label: string, setting: Directed): void {
	const { y } = sheet;
	sheet.element('Lbl', () => setText(sheet, plain(label), { ...setting, right: setting.rtl }));
	sheet.y = y;
}

function drawList(sheet: Sheet, list: Extract<Block, { kind: 'list' }>, setting: Directed): void {
	const inner = narrower(setting, 22);
	sheet.element('L', () => {
		for (const [at, item] of list.items.entries()) {
			if (at > 0) sheet.y += GAP / 2;
			sheet.need(setting.leading * 2);
			const label = list.start === null ? '•' : `${list.start + at}.`;
			sheet.element('LI', () => {
				drawLabel(sheet, label, narrower(setting, 4));
				sheet.element('LBody', () => drawBlocks(sheet, item, inner));
			});
		}
	});
}

function drawReferences(sheet: Sheet, references: readonly string[], place: string, rtl: boolean): void {
	const small = { ...SMALL, rtl };
	sheet.y += 18;
	sheet.need(40);
	const from = rtl ? MARGIN.left + COLUMN * 0.6 : MARGIN.left;
	sheet.rule(sheet.y, from, from + COLUMN * 0.4);
	sheet.y += 8;
	sheet.element('L', () => {
		for (const [at, reference] of references.entries()) {
			sheet.need(SMALL.leading);
			sheet.destination(`${place}-${at + 1}`);
			sheet.element('LI', () => {
				drawLabel(sheet, `${at + 1}.`, small);
				sheet.element('LBody', () => paragraph(sheet, 'P', linkedSpans(reference), narrower(small, 20)));
			});
		}
	});
}

/** The one ornament, broken: an artifact, since the page says in words that the letter is released. */
function seal(sheet: Sheet, x: number, y: number, size: number): void {
	sheet.artifact(() => {
		const doc = sheet.canvas;
		if (doc === null) return;
		doc
			.save()
			.translate(x, y)
			.scale(size / 112);
		for (const half of BROKEN.halves) doc.path(half).fill(WAX);
		doc.translate(BROKEN.crack.x, BROKEN.crack.y).path(BROKEN.crack.path);
		doc.lineWidth(BROKEN.crack.width).lineJoin('round').stroke('#ffffff').restore();
	});
}
