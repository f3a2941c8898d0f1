/**
 * The files of a letter, made in the organizer's browser by the very code that makes them on the server: the same bytes, where nobody withdraws in between. Proven by
 * test/journey/rehearsal.test.ts. Loaded on first use: it brings along what sets type.
 */
import { fromUtf8 } from '../../../shared/bytes.ts';
import { letterView } from '../../../shared/pages/letter-view.ts';
import { cardSvg } from '../../../shared/print/card-svg.ts';
import { letterPdf } from '../../../shared/print/letter-pdf.ts';
import { letterText } from '../../../shared/print/letter-text.ts';
import { signatoriesCsv } from '../../../shared/print/signatories-csv.ts';
import { type FontFile, FontMissing, useFonts } from '../../../shared/print/type/faces.ts';
import { toOpenType, woffTables } from '../../../shared/print/type/woff.ts';
import type { Release } from '../../../shared/release.ts';

export interface PrintedLetter {
	pdf: Uint8Array<ArrayBuffer>;
	text: string;
	csv: string;
	/** SVG. */
	card: string;
}

/** A file of the fonts, by its path below their folder. */
export type ReadFontFile = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

const fonts = new Map<string, Uint8Array>();

/** `restored`: what the host will say of its records, as the page does. */
export type ToPrint = { release: Release; restored: boolean };

/** As everybody gets it from the release on: nothing in it says that it is not public yet. */
export async function printLetter({ release, restored }: ToPrint, read: ReadFontFile): Promise<PrintedLetter> {
	const view = { ...(await letterView(release, { isPublic: true })), restored };
	const ranges: Record<string, Record<string, string>> = JSON.parse(fromUtf8(await read('ranges.json')));
	useFonts({ ranges, font: ({ file }) => fonts.get(file) ?? null });
	return {
		pdf: await withFonts(() => letterPdf(view), read),
		text: letterText(view),
		csv: signatoriesCsv(view, release),
		card: await withFonts(() => cardSvg(view), read),
	};
}

/** Begins again with each font that turns out to be needed; a letter needs few. */
async function withFonts<T>(make: () => T, read: ReadFontFile): Promise<T> {
	for (;;) {
		try {
			return make();
		} catch (missing) {
			if (!(missing instanceof FontMissing)) throw missing;
			fonts.set(missing.font.file, await unpacked(missing.font, read));
		}
	}
}

async function unpacked({ name, file }: FontFile, read: ReadFontFile): Promise<Uint8Array> {
	const woff = await read(`${name}/${file}`);
	const tables = woffTables(woff).map(({ stored, packed }) => (packed ? inflated(stored) : stored));
	return toOpenType(woff, await Promise.all(tables));
}

/** RFC 1950. */
async function inflated(stored: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	const stream = new Blob([stored]).stream().pipeThrough(new DecompressionStream('deflate'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
