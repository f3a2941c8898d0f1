/**
 * A PDF that is made in this browser: what it prints is in nobody else's hands, and a link on it has the root that this browser checked. Fetched by
 * drawing.ts when it is first needed.
 */
import type PDFDocument from 'pdfkit';

export type Pdf = InstanceType<typeof PDFDocument>;

/** PDF counts in points. @param length in millimetres */
export const mm = (length: number): number => (length * 72) / 25.4;

/** A4, in millimetres. */
export const SHEET = { width: 210, height: 297 };

export const REGULAR = 'Helvetica';
export const BOLD = 'Helvetica-Bold';

type Pdfkit = { default: typeof PDFDocument; registerStdFonts?: (...fonts: { name: string }[]) => void };

async function loadPdfkit(): Promise<typeof PDFDocument> {
	const pdfkit: Pdfkit = await import('pdfkit');
	// In a browser it brings no metrics of its own; elsewhere it does.
	if (pdfkit.registerStdFonts) {
		const regular = await import('pdfkit/standard-fonts/Helvetica');
		const bold = await import('pdfkit/standard-fonts/HelveticaBold');
		pdfkit.registerStdFonts(regular.default, bold.default);
	}
	return pdfkit.default;
}

/**
 * One sheet of A4, and as many more as `draw` adds. Says nothing of who made it, where or when.
 * @param title of the document, for whoever cannot see it
 */
export async function makePdf(title: string, draw: (pdf: Pdf) => void): Promise<Uint8Array<ArrayBuffer>> {
	const Document = await loadPdfkit();
	const info = { Title: title, Producer: 'PDF', Creator: 'PDF', CreationDate: new Date(0) };
	const pdf = new Document({ size: 'A4', margin: 0, lang: 'en', displayTitle: true, pdfVersion: '1.7', info });
	const chunks: Uint8Array[] = [];
	const ended = new Promise<void>((resolve, reject) => {
		pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
		pdf.on('end', resolve);
		pdf.on('error', reject);
	});
	draw(pdf);
	pdf.end();
	await ended;
	return new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer());
}
