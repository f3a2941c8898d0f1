import { showVoucher } from '../../../shared/voucher.ts';
import { BOLD, makePdf, mm, type Pdf, REGULAR, SHEET } from './pdf-file.ts';
import { drawQrCode } from './qr-code.ts';

/** `link`: the invite link with this voucher in it. `voucher`: in its normal form. */
export type Card = { link: string; voucher: string };

const COLUMNS = 2;
const ROWS = 4;
const SIZE = { width: SHEET.width / COLUMNS, height: SHEET.height / ROWS };
const CODE = 37;

/** No company, nothing of the letter: a card that is lost tells its finder as little as it can. */
const WORDS = {
	title: 'Cards',
	heading: 'For you alone',
	sentence: 'Scan this with your own phone, not with one from work: it works once, for one person.',
};

/** Eight to a sheet, with lines to cut along. */
export function makeVoucherCards(cards: readonly Card[]): Promise<Uint8Array<ArrayBuffer>> {
	return makePdf(WORDS.title, (pdf) => {
		cards.forEach((card, i) => {
			const place = i % (COLUMNS * ROWS);
			if (place === 0) {
				if (i > 0) pdf.addPage();
				drawCutLines(pdf);
			}
			drawCard(pdf, card, {
				x: (place % COLUMNS) * SIZE.width,
				y: Math.floor(place / COLUMNS) * SIZE.height,
			});
		});
	});
}

function drawCard(pdf: Pdf, { link, voucher }: Card, { x, y }: { x: number; y: number }): void {
	drawQrCode(pdf, link, { x: x + 9, y: y + 9, side: CODE });
	const words = { x: mm(x + 9 + CODE + 7), width: mm(SIZE.width - CODE - 24) };
	pdf
		.fillColor('black')
		.font(BOLD)
		.fontSize(13)
		.text(WORDS.heading, words.x, mm(y + 9), words);
	pdf
		.font(REGULAR)
		.fontSize(10.5)
		.text(WORDS.sentence, words.x, mm(y + 17), { width: words.width, lineGap: 1.5 });
	// Under the code, in two lines that are read out easily.
	const groups = showVoucher(voucher).split('-');
	pdf.font(BOLD).fontSize(12.5);
	[groups.slice(0, 5), groups.slice(5)].forEach((line, i) => {
		const more = i === 0 ? '-' : '';
		pdf.text(line.join('-') + more, mm(x + 9), mm(y + 9 + CODE + 8 + i * 6), {
			characterSpacing: 0.6,
			lineBreak: false,
		});
	});
}

function drawCutLines(pdf: Pdf): void {
	for (let column = 1; column < COLUMNS; column++) {
		pdf.moveTo(mm(column * SIZE.width), 0).lineTo(mm(column * SIZE.width), mm(SHEET.height));
	}
	for (let row = 1; row < ROWS; row++)
		pdf.moveTo(0, mm(row * SIZE.height)).lineTo(mm(SHEET.width), mm(row * SIZE.height));
	pdf.lineWidth(0.4).dash(3, { space: 3 }).stroke('#777777').undash();
}
