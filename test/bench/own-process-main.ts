import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';
import '../../server/published/fonts.ts';
import { shareCard } from '../../server/published/share-card.ts';
import { type LetterPageView, letterView } from '../../shared/pages/letter-view.ts';
import { letterPdf } from '../../shared/print/letter-pdf.ts';
import { letterText } from '../../shared/print/letter-text.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import { timed } from './figures.ts';
import type { Task } from './own-process.ts';

const blank =
	'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="1200" height="630" fill="#fff"/></svg>';

const tasks: Record<Task, (view: LetterPageView) => Promise<Uint8Array | string> | Uint8Array | string> = {
	pdf: letterPdf,
	text: letterText,
	card: shareCard,
	'blank-card': () => new Resvg(blank, { font: { loadSystemFonts: false } }).render().asPng(),
};

const [task = '', file = '', out = ''] = process.argv.slice(2);
const isTask = (name: string): name is Task => Object.hasOwn(tasks, name);
if (!isTask(task)) throw new Error(`There is no task ${task}.`);
const view = await letterView(await readReleaseFile(createReadStream(file)), { isPublic: true });
const took = await timed(async () => writeFile(out, await tasks[task](view)));
process.send?.(took, () => process.exit(0));
