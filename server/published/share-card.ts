import { Resvg } from '@resvg/resvg-js';
import type { LetterPageView } from '../../shared/pages/letter-view.ts';
import { CARD_PAPER, cardSvg } from '../../shared/print/card-svg.ts';
import './fonts.ts';

/** The picture that others show where somebody links to the letter, as a PNG. */
export async function shareCard(view: LetterPageView): Promise<Uint8Array> {
	const picture = new Resvg(cardSvg(view), { font: { loadSystemFonts: false }, background: CARD_PAPER });
	return new Uint8Array(picture.render().asPng());
}
