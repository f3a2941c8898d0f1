import type { Bench } from './bench.ts';
import { card } from './rows/card.ts';
import { firstPage } from './rows/first-page.ts';
import { memory } from './rows/memory.ts';
import { opening } from './rows/opening.ts';
import { pdf } from './rows/pdf.ts';
import { recountChromium } from './rows/recount-chromium.ts';
import { recountCommand } from './rows/recount-command.ts';
import { release } from './rows/release.ts';
import { signer } from './rows/signer.ts';
import { start } from './rows/start.ts';
import { tick } from './rows/tick.ts';

/** All of them, in the order in which they run: the short ones first. */
export const benches: readonly Bench[] = [
	pdf,
	card,
	start,
	signer,
	opening,
	recountCommand,
	tick,
	release,
	memory,
	firstPage,
	recountChromium,
];
