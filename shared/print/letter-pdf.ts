/**
 * The letter as a PDF: tagged, with its fonts inside, to be handed over on paper and to be kept. It is the letter as it was released, with what was
 * withdrawn or struck since gone: what organizers say under it later stands on the page only. The same bytes for the same view, on any machine
 * (test/shared/print/letter-pdf.node.test.ts).
 */
import { shownFingerprint } from '../charter.ts';
import { addressOf } from '../pages/letter-data.ts';
import type { LetterPageView } from '../pages/letter-view.ts';
import { spell } from '../pages/numbers.ts';
import { dateLine } from './account-words.ts';
import { drawAccount, drawNumbers, drawRecount } from './pdf/account-part.ts';
import { collect, type Doc, newDocument } from './pdf/collect.ts';
import { drawDate, drawHead, drawPress, drawText, drawTranslation, SMALL } from './pdf/letter-part.ts';
import { measure, type Setting, setLine } from './pdf/set-text.ts';
import { HAIRLINE, MARGIN, PAPER, Sheet } from './pdf/sheet.ts';
import { drawAnonymous, drawSignatories } from './pdf/signatories-part.ts';

/** @returns the file. About 1.5 MB for 4,000 names by name */
export function letterPdf(view: LetterPageView): Uint8Array<ArrayBuffer> {
	// Once without paper, to know how many pages there are; whether a square is printed somewhere, too.
	const counted = compose(view, null, { pages: 0 });
	const doc = documentOf(view);
	return collect(doc, () => compose(view, doc, { pages: counted.page }));
}

function documentOf(view: LetterPageView): Doc {
	const { document, totals, organizers } = view;
	const gone = totals.withdrawn + totals.struckAfter;
	const options = {
		...{
			size: 'A4',
			margin: 0,
			autoFirstPage: false,
			pdfVersion: '1.7' as const,
			tagged: true,
			displayTitle: true,
			lang: 'en',
		},
		// No font until one is needed: pdfkit's own is not embedded.
		font: '',
		info: {
			Title: document.title,
			Author: organizers.join(', '),
			// pdfkit derives the file's identifier from all of this: another one after every withdrawal.
			Subject: `An open letter with ${spell(totals.signatures)} signatures, ${spell(totals.named)} of them by name; withdrawn or struck since it was approved: ${spell(gone)}`,
			Keywords: `Fingerprint ${shownFingerprint(view.root)}`,
			Producer: 'Undersigned',
			Creator: 'Undersigned',
			CreationDate: new Date(view.releasedAt),
		},
	};
	return newDocument(options);
}

function compose(view: LetterPageView, doc: Doc | null, { pages }: { pages: number }): Sheet {
	const sheet = new Sheet(doc, (here) => drawFooter(here, view, pages));
	sheet.turn();
	sheet.element('Document', () => {
		drawHead(sheet, view);
		drawDate(sheet, view);
		const [original, ...translations] = view.texts;
		if (original !== undefined) drawText(sheet, original, 'reference');
		drawPress(sheet, view);
		drawAccount(sheet, view);
		drawSignatories(sheet, view);
		drawAnonymous(sheet, view);
		drawNumbers(sheet, view);
		drawRecount(sheet, view);
		for (const [at, text] of translations.entries()) {
			drawTranslation(sheet, text, view.document.language, `translation-${at + 1}-reference`);
		}
	});
	return sheet;
}

const FOOT: Setting = { ...SMALL, size: 7.5, leading: 10.5 };

/** On every page: which letter this is, and where it can be found, so that one page alone can be checked. */
function drawFooter(sheet: Sheet, view: LetterPageView, pages: number): void {
	const y = sheet.y;
	sheet.y = PAPER.height - 62;
	sheet.canvas
		?.moveTo(MARGIN.left, sheet.y - 6)
		.lineTo(PAPER.width - MARGIN.right, sheet.y - 6)
		.lineWidth(0.5)
		.stroke(HAIRLINE);
	const line = (text: string, setting = FOOT) => {
		for (const one of measure([{ text, style: 'text' }], setting).lines) setLine(sheet, one, false, setting);
		sheet.y += FOOT.leading;
	};
	const top = sheet.y;
	line(`Fingerprint ${shownFingerprint(view.root)}`);
	// On every page, since pages are handed on one by one.
	line(view.isPublic ? addressOf(view) : dateLine(view));
	sheet.y = top + FOOT.leading;
	line(`Page ${spell(sheet.page)} of ${spell(pages)}`, { ...FOOT, right: true });
	sheet.y = y;
}
