import { BOLD, makePdf, mm, type Pdf, REGULAR, SHEET } from './pdf-file.ts';
import { drawQrCode } from './qr-code.ts';

const STRIPS = 8;
const STRIP = { width: SHEET.width / STRIPS, height: 46 };

/** The fewest words that make somebody scan it safely. No company, nothing of the letter: whoever walks past learns nothing. */
const WORDS = {
	title: 'Read this on your own phone',
	warning: 'Not with a phone or computer from work, and not on the network there.',
	where: (host: string) => `Scanning opens a page at ${host}. To read it you need no account.`,
};

/** @param link the whole invite link. @param strips with strips to tear off, for whoever would rather scan it elsewhere */
export function makePoster(link: string, strips: boolean): Promise<Uint8Array<ArrayBuffer>> {
	return makePdf(WORDS.title, (pdf) => drawPoster(pdf, link, strips));
}

function drawPoster(pdf: Pdf, link: string, strips: boolean): void {
	const [top, code] = strips ? [20, 118] : [28, 140];
	centred(pdf, BOLD, 30, { y: top, text: WORDS.title });
	drawQrCode(pdf, link, { x: (SHEET.width - code) / 2, y: top + 28, side: code });
	const under = top + 28 + code + 16;
	centred(pdf, BOLD, 17, { y: under, text: WORDS.warning });
	centred(pdf, REGULAR, 14, { y: under + 22, text: WORDS.where(new URL(link).host) });
	if (strips) drawStrips(pdf, link);
}

function drawStrips(pdf: Pdf, link: string): void {
	const top = SHEET.height - STRIP.height;
	pdf.moveTo(0, mm(top)).lineTo(mm(SHEET.width), mm(top));
	for (let i = 1; i < STRIPS; i++)
		pdf.moveTo(mm(i * STRIP.width), mm(top)).lineTo(mm(i * STRIP.width), mm(SHEET.height));
	pdf.lineWidth(0.4).dash(3, { space: 3 }).stroke('#777777').undash();
	for (let i = 0; i < STRIPS; i++) drawStrip(pdf, link, { x: i * STRIP.width, y: top });
}

function drawStrip(pdf: Pdf, link: string, { x, y }: { x: number; y: number }): void {
	const side = 19;
	drawQrCode(pdf, link, { x: x + (STRIP.width - side) / 2, y: y + 5, side });
	const width = mm(STRIP.width - 4);
	pdf.font(BOLD).fontSize(8).fillColor('black');
	pdf.text('On your own phone', mm(x + 2), mm(y + 29), { width, align: 'center' });
}

function centred(pdf: Pdf, font: string, size: number, { y, text }: { y: number; text: string }): void {
	const margin = 22;
	pdf.font(font).fontSize(size).fillColor('black');
	pdf.text(text, mm(margin), mm(y), { width: mm(SHEET.width - 2 * margin), align: 'center' });
}
