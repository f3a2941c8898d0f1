/** A process of its own that makes a letter's files and says their SHA-256: with the time zone and language that it is started in. */
import { createHash } from 'node:crypto';
import '../../../server/published/fonts.ts';
import { shareCard } from '../../../server/published/share-card.ts';
import { letterPdf } from '../../../shared/print/letter-pdf.ts';
import { letterText } from '../../../shared/print/letter-text.ts';
import { aView } from '../../support/a-view.ts';

const view = aView(60);
for (const file of [await letterPdf(view), letterText(view), await shareCard(view)]) {
	console.log(createHash('sha256').update(file).digest('hex'));
}
